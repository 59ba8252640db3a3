import type { Id, Issue } from '../../state/model.js';
import { type Context, type Write, actor, demand, effect, present, row } from '../context.js';
import { notFound } from '../errors.js';

/**
 * Deletes an issue for good, with its comments, its history and its dependencies on either side: administrators only
 * (https://docs.github.com/en/issues/tracking-your-work-with-issues/administering-issues/deleting-an-issue). Its number is
 * not given again. What other issues tell of it stays in their timelines, without the issue; nobody has seen that live.
 * No app may: the stricter reading. 404 for a pull request.
 */
export function deleteIssue(context: Context, issue: Issue): void {
  actor(context);
  const repository = row(present(context).state.repositories, issue.repositoryId);
  demand(context, repository, { role: 'admin', app: [] });
  if (issue.pullId !== null) throw notFound();
  effect(context, (write) => {
    const { state } = write;
    const texts = new Set([issue.id, ...issue.commentIds]);
    drop(state.reactions, ({ subjectId }) => texts.has(subjectId));
    drop(state.edits, ({ subjectId }) => texts.has(subjectId));
    drop(state.dependencies, (edge) => edge.blockedId === issue.id || edge.blockingId === issue.id);
    for (const id of issue.commentIds) delete state.comments[id];
    for (const id of issue.eventIds) delete state.timeline[id];
    delete state.issues[issue.id];
    unpin(write, issue);
    write.emit(issue.repositoryId, { name: 'issues', action: 'deleted', issueId: issue.id, issue });
  });
}

function unpin(write: Write, issue: Issue): void {
  const repository = row(write.state.repositories, issue.repositoryId);
  repository.pinned = repository.pinned.filter((pin) => pin.issueId !== issue.id);
}

function drop<Row extends { readonly id: Id }>(table: Record<Id, Row>, isGone: (one: Row) => boolean): void {
  for (const one of Object.values(table)) if (isGone(one)) delete table[one.id];
}
