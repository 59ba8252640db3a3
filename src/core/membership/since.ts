import type { Time, Tracker } from '../model/index.js';
import { type Member, isOver } from './member.js';

/**
 * When the deployment began, as far back as what has landed counts; null while there is none. A tracking issue that
 * somebody deleted is made anew, which must not forget what has landed since the work that is still open was begun.
 *
 * @param begun when each piece of work that is still open was begun
 */
export function sinceOf(tracker: Pick<Tracker, 'createdAt'> | null, begun: readonly Time[]): Time | null {
  const times = tracker === null ? begun : [...begun, tracker.createdAt];
  return times.length === 0 ? null : times.reduce((one, other) => Math.min(one, other));
}

/**
 * When the app began the work on each issue that is not over. An approval alone may be much older than the deployment:
 * one of an issue that was closed before an earlier one ended, and opened again. So may be a pull request that was
 * opened again.
 */
export function begunAt(judged: readonly Member[]): readonly Time[] {
  return judged.flatMap((member) => {
    const { approval, pull } = member;
    if (isOver(member) || approval.kind !== 'given') return [];
    if (pull?.state !== 'open' || pull.author?.kind !== 'me') return [];
    return [Math.max(approval.since, pull.createdAt)];
  });
}
