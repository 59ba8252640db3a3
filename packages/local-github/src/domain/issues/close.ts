import type { Closer, Id, Issue } from '../../state/model.js';
import { type Write, row } from '../context.js';
import { addTimeline, touch } from '../timeline.js';
import { tell } from './tell.js';

export type CloseReason = 'completed' | 'not_planned' | 'duplicate';

/**
 * Closes an issue or pull request inside another operation's effect, as the actor; nothing if it is closed already. A
 * pull request has no reason: pass null.
 */
export function closeIssueInside(
  write: Write,
  issueId: Id,
  how: { readonly reason: CloseReason | null; readonly closer: Closer | null },
): void {
  const issue = row(write.state.issues, issueId);
  if (issue.state === 'closed') return;
  const stateReason: Issue['stateReason'] = issue.pullId === null ? how.reason : null;
  issue.state = 'closed';
  issue.stateReason = stateReason;
  issue.closedById = write.actorId;
  issue.closedAt = write.now;
  addTimeline(write, issueId, { kind: 'closed', stateReason, closer: how.closer });
  touch(write, issueId);
  tell(write, issue, 'closed');
}

/** Reopens an issue or pull request inside another operation's effect, as the actor; nothing if it is open already. */
export function reopenIssueInside(write: Write, issueId: Id): void {
  const issue = row(write.state.issues, issueId);
  if (issue.state === 'open') return;
  issue.state = 'open';
  issue.stateReason = issue.pullId === null ? 'reopened' : null;
  issue.closedById = null;
  issue.closedAt = null;
  addTimeline(write, issueId, { kind: 'reopened' });
  touch(write, issueId);
  tell(write, issue, 'reopened');
}
