import type { Access } from '../../access/access.js';
import type { Id, Issue, Repository, TimelineData } from '../../state/model.js';
import { type Context, type Write, actor, demand, effect, present, row } from '../context.js';
import { GitHubError, unprocessable } from '../errors.js';
import { ensureLabel, labelNamed } from '../labels.js';
import { addTimeline } from '../timeline.js';

/** No app may: the stricter reading. */
const TRANSFER: Access = { role: 'write', app: [] };

/**
 * Moves an issue to another repository of the same owner, for people with write in both
 * (https://docs.github.com/en/issues/tracking-your-work-with-issues/administering-issues/transferring-an-issue-to-another-repository).
 * It gets a new number and a new id there, and keeps its text, comments, reactions, history and dependencies; labels and
 * assignees stay as far as the other repository has them. Its old number is not given again: REST redirects the issue
 * itself, everything else finds nothing. That comments keep their ids, and dependencies their ends, nobody has seen live.
 */
export function transferIssue(
  context: Context,
  issue: Issue,
  target: Repository,
  createLabels: boolean,
): Issue {
  actor(context);
  const source = row(present(context).state.repositories, issue.repositoryId);
  demand(context, source, TRANSFER);
  demand(context, target, TRANSFER);
  if (target.parentId !== null) {
    throw new GitHubError(410, 'UNPROCESSABLE', 'Issues has been disabled in this repository.');
  }
  if (source.id === target.id || source.ownerId !== target.ownerId || (source.private && !target.private)) {
    throw unprocessable('The issue cannot be transferred to this repository.');
  }
  const id = effect(context, (write) => {
    const moved = insertMoved(write, issue, target, createLabels);
    rename(write, issue.id, moved);
    write.state.moved[issue.id] = moved;
    delete write.state.issues[issue.id];
    const from = row(write.state.repositories, source.id);
    from.pinned = from.pinned.filter((pin) => pin.issueId !== issue.id);
    addTimeline(write, moved, { kind: 'transferred', fromRepositoryId: source.id });
    write.emit(source.id, { name: 'issues', action: 'transferred', issueId: issue.id, issue, toId: moved });
    write.emit(target.id, { name: 'issues', action: 'opened', issueId: moved, from: issue });
    return moved;
  });
  return row(present(context).state.issues, id);
}

function insertMoved(write: Write, issue: Issue, target: Repository, createLabels: boolean): Id {
  const repository = row(write.state.repositories, target.id);
  const labelIds = issue.labelIds.flatMap((labelId) => {
    const { name } = row(write.state.labels, labelId);
    if (createLabels) return [ensureLabel(write, target.id, name).id];
    return labelNamed(write.state.labels, repository, name)?.id ?? [];
  });
  const id = write.newId();
  const number = repository.nextNumber;
  repository.nextNumber += 1;
  repository.numbers[number] = id;
  write.state.issues[id] = structuredClone({
    ...issue,
    id,
    repositoryId: target.id,
    number,
    labelIds,
    assigneeIds: issue.assigneeIds.filter((one) => (target.roles[one] ?? 'none') !== 'none'),
    updatedAt: write.now,
  }) as never;
  return id;
}

/** Lets everything that names the issue name it by its new id. */
function rename({ state }: Write, before: Id, after: Id): void {
  for (const table of [state.comments, state.timeline]) {
    for (const one of Object.values(table)) if (one.issueId === before) one.issueId = after;
  }
  for (const table of [state.reactions, state.edits]) {
    for (const one of Object.values(table)) if (one.subjectId === before) one.subjectId = after;
  }
  for (const edge of Object.values(state.dependencies)) {
    if (edge.blockedId === before) edge.blockedId = after;
    if (edge.blockingId === before) edge.blockingId = after;
  }
  for (const event of Object.values(state.timeline)) event.what = renamed(event.what, before, after);
}

function renamed(what: TimelineData, before: Id, after: Id): TimelineData {
  if ('blockingId' in what && what.blockingId === before) return { ...what, blockingId: after };
  if ('blockedId' in what && what.blockedId === before) return { ...what, blockedId: after };
  return what;
}
