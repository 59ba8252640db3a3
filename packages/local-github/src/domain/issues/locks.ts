import type { Issue } from '../../state/model.js';
import { type Context, actor, demand, effect, present, row } from '../context.js';
import { addTimeline, touch } from '../timeline.js';
import { writing } from './access.js';
import { tell } from './tell.js';

export type LockReason = 'off-topic' | 'too heated' | 'resolved' | 'spam';

/** Locks a conversation, from write up; nothing if it is locked already. */
export function lockIssue(context: Context, issue: Issue, reason: LockReason | null = null): void {
  setLocked(context, issue, true, reason);
}

/** Unlocks a conversation, from write up; nothing if it is open to all. */
export function unlockIssue(context: Context, issue: Issue): void {
  setLocked(context, issue, false, null);
}

function setLocked(context: Context, issue: Issue, locked: boolean, reason: LockReason | null): void {
  actor(context);
  demand(context, row(present(context).state.repositories, issue.repositoryId), writing(issue, 'write'));
  if (issue.locked === locked) return;
  const kind = locked ? 'locked' : 'unlocked';
  effect(context, (write) => {
    const draft = row(write.state.issues, issue.id);
    draft.locked = locked;
    draft.lockReason = reason;
    addTimeline(write, issue.id, { kind });
    touch(write, issue.id);
    tell(write, issue, kind);
  });
}
