import type { Issue } from '../../state/model.js';
import { type Context, actor, demand, effect, present, row } from '../context.js';
import { unprocessable } from '../errors.js';
import { addTimeline } from '../timeline.js';
import { writing } from './access.js';

/** GitHub's limit (https://docs.github.com/en/issues/tracking-your-work-with-issues/administering-issues/pinning-an-issue-to-your-repository). */
const PIN_LIMIT = 3;

/** Pins an issue to its repository, from write up; nothing if it is pinned. 422 for a fourth, and for a pull request. */
export function pinIssue(context: Context, issue: Issue): void {
  actor(context);
  const repository = row(present(context).state.repositories, issue.repositoryId);
  demand(context, repository, writing(issue, 'write'));
  if (issue.pullId !== null) throw unprocessable('Only issues can be pinned.');
  if (repository.pinned.some((pin) => pin.issueId === issue.id)) return;
  if (repository.pinned.length >= PIN_LIMIT) {
    throw unprocessable(`A repository can have at most ${PIN_LIMIT} pinned issues.`);
  }
  effect(context, (write) => {
    row(write.state.repositories, issue.repositoryId).pinned.push({
      issueId: issue.id,
      byId: write.actorId,
    });
    addTimeline(write, issue.id, { kind: 'pinned' });
    write.emit(issue.repositoryId, { name: 'issues', action: 'pinned', issueId: issue.id });
  });
}

/** Unpins an issue, from write up; nothing if it is not pinned. */
export function unpinIssue(context: Context, issue: Issue): void {
  actor(context);
  const repository = row(present(context).state.repositories, issue.repositoryId);
  demand(context, repository, writing(issue, 'write'));
  if (!repository.pinned.some((pin) => pin.issueId === issue.id)) return;
  effect(context, (write) => {
    const draft = row(write.state.repositories, issue.repositoryId);
    draft.pinned = draft.pinned.filter((pin) => pin.issueId !== issue.id);
    addTimeline(write, issue.id, { kind: 'unpinned' });
    write.emit(issue.repositoryId, { name: 'issues', action: 'unpinned', issueId: issue.id });
  });
}
