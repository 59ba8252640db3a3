import { landedAt } from '../landing/slot.js';
import type { Member } from '../membership/member.js';
import type { Time } from '../model/index.js';
import type { Settings } from '../settings/schema.js';

/**
 * How long GitHub may take to close an issue by the keyword in its pull request (ms). It does so in the background: seconds
 * after the merge, which a snapshot that is read at once does not show.
 */
const CLOSED_WITHIN = 60_000;

/**
 * When the app closes the issue of what has landed, if GitHub has not: that closes issues by keyword only for its default
 * branch, and not where the body has lost the keyword. null if the issue is closed, or if somebody has reopened it.
 *
 * One that GitHub does not mark as merged is closed without waiting for the mark, and no later than its pull request is over:
 * with its branch the record of the landing goes, and then the closed issue alone says that it has landed.
 */
export function closesAt(member: Member, settings: Settings): Time | null {
  const { outcome, issue, pull } = member;
  if (outcome.kind !== 'merged' || issue.state !== 'open' || issue.stateReason === 'reopened') return null;
  const closedAt = pull?.closedAt ?? null;
  if (pull?.state === 'closed') return closedAt ?? 0;
  return (closedAt ?? landedAt(member, settings) ?? 0) + CLOSED_WITHIN;
}
