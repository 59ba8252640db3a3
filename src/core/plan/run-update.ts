import type { Action } from '../actions/action.js';
import { updatedAt } from '../landing/slot.js';
import type { Member } from '../membership/member.js';
import type { Comment, Pull, PullDetail } from '../model/index.js';
import { codeSpan } from '../text/code.js';
import { LATER, type Ran, type Run, notNow } from './run.js';
import { eachMember } from './run-targets.js';
import { updateOf } from './update-branch.js';

/**
 * Brings branches up to date with their base now, whoever is landing. Such an update takes nobody's slot: no gate records
 * it as a landing. A comment that was cut off before its 👍 moves nothing the second time.
 */
export function update(run: Run): Ran {
  return eachMember(run, (member) => updateOne(run, member));
}

function updateOne(run: Run, { number, pull }: Member): readonly Action[] | Ran {
  const { comment, view } = run;
  const refuse = (because: string) => notNow(run, number, because);
  if (pull === null || pull.state !== 'open') return refuse('it has no open pull request');
  if (pull.detail.kind === 'unreadable' || pull.queued.kind === 'unreadable') return LATER;
  if (run.earlier.some((action) => action.kind === 'update branch' && action.pull.id === pull.id)) return [];
  if (isUpdatedSince(pull, pull.detail.value, comment)) return [];
  const base = codeSpan(pull.base);
  const { behindBy, mergeable } = pull.detail.value;
  if (behindBy === 0) return refuse(`its branch has all of ${base} already`);
  if (pull.queued.value !== null) {
    return refuse('its pull request is in the merge queue, which a push would take it out of');
  }
  if (mergeable === 'conflicting') {
    return refuse(`it conflicts with ${base}. Its subagent rebases onto that, or merges it, and pushes`);
  }
  const action = updateOf(pull, view);
  return action === null ? LATER : [action];
}

/**
 * Whether the app has brought the branch up to date after a comment, also if somebody has pushed on top since. GitHub
 * counts whole seconds: an update in the very second of the comment has all that was there when it was written.
 */
function isUpdatedSince(pull: Pull, { forcePushes }: PullDetail, { createdAt }: Comment): boolean {
  const rebased = forcePushes.filter(({ actor }) => actor?.kind === 'me').map(({ at }) => at);
  return Math.max(updatedAt(pull) ?? -Infinity, ...rebased) >= createdAt;
}
