import type { Member } from '../membership/member.js';
import { type Time, valueOr } from '../model/index.js';
import { sameWork } from './approvals.js';
import { isOwnMerge } from './slot.js';

/** After so many lost races a landing comes last, keeps the base from nobody, and is told to people. */
export const MAX_RACES = 3;

/**
 * How often the base moved before a member could land on it: the app has brought the same work up to date, and it has to
 * do so again. Counted from GitHub, so that a restart changes nothing; whoever pushes, or asks anew for it to land, begins
 * at none. What was made before somebody asked was for a command.
 *
 * @param isBehind whether it has to be brought up to date once more
 */
export function lostRaces({ pull, merge }: Member, isBehind: boolean): number {
  if (pull === null || pull.detail.kind === 'unreadable') return 0;
  const detail = pull.detail.value;
  const commits = valueOr(detail.commits, []);
  // Asked of every member at each look, and nearly none was ever updated.
  if (detail.forcePushes.length === 0 && !commits.some(isOwnMerge)) return 0;
  const heads = sameWork(pull.head.sha, detail);
  const asked: Time = merge.kind === 'on' ? (merge.event?.at ?? 0) : 0;
  const rebased = detail.forcePushes.filter(
    ({ actor, after, at }) => actor?.kind === 'me' && heads.has(after) && at >= asked,
  );
  const merged = commits.filter(
    (commit) => heads.has(commit.sha) && isOwnMerge(commit) && commit.committedAt >= asked,
  );
  const updates = rebased.length + merged.length;
  return isBehind ? updates : Math.max(0, updates - 1);
}
