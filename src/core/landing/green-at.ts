import { type Check, type Pull, type PullDetail, type Time, valueOr } from '../model/index.js';
import { isOwnCheck } from '../settings/config-check.js';
import type { Settings } from '../settings/schema.js';
import { thatCount } from './checks.js';
import { isOwnMerge, updatedAt } from './slot.js';

/**
 * When the last of the checks that count passed; null where not all have, where there are none, and where GitHub does not
 * say. On a head that has landed a check may begin again, or another one begin, since the base has the same commit. So what
 * ended after the landing is left out; where nothing else is left it had passed when that landed, at the latest.
 *
 * @param required names that the base requires
 * @param landed null while the head has not
 */
export function greenAt(
  { checks }: PullDetail,
  required: readonly string[],
  settings: Settings,
  landed: Time | null,
): Time | null {
  const counting = thatCount(valueOr(checks, []), required, settings);
  if (landed === null) return passedAt(counting);
  const inTime = counting.filter(({ at }) => at !== undefined && at <= landed);
  return inTime.length === 0 && counting.length > 0 ? landed : passedAt(inTime);
}

/**
 * When the work became green that the app has brought up to date since; `not green` where it was not by then, or there was
 * no update. Null where nobody can tell: of several updates in a row only the checks before the last are read.
 *
 * @param required names that the base requires
 */
export function greenBefore(
  pull: Pull,
  detail: PullDetail,
  required: readonly string[],
  settings: Settings,
): Time | null | 'not green' {
  const updated = updatedAt(pull);
  if (updated === null) return 'not green';
  if (detail.earlierChecks.kind === 'unreadable' || wasUpdatedTwice(pull, detail)) return null;
  const counting = thatCount(detail.earlierChecks.value, required, settings);
  const asked = [...required, ...settings.merge.checks].filter((name) => !isOwnCheck(name, settings));
  const isWhole = asked.every((name) => counting.some((check) => check.name === name));
  if (!isWhole || counting.length === 0 || counting.some(({ state }) => state !== 'passed'))
    return 'not green';
  const at = passedAt(counting);
  return at !== null && at > updated ? 'not green' : at;
}

/** True if the head that the app brought up to date had come from such an update, too. */
function wasUpdatedTwice({ head }: Pull, { commits, forcePushes }: PullDetail): boolean {
  const push = forcePushes.findLast(({ after }) => after === head.sha);
  const below = valueOr(commits, []).at(-2);
  const before = push === undefined ? below : push.replaced;
  const sha = push === undefined ? below?.sha : push.before;
  const isRebased = forcePushes.some(({ after, actor }) => after === sha && actor?.kind === 'me');
  return isRebased || (before !== undefined && isOwnMerge(before));
}

/** When the last of these passed. */
function passedAt(checks: readonly Check[]): Time | null {
  return newest(checks.map(({ state, at }) => (state === 'passed' ? (at ?? null) : null)));
}

/** The newest of these moments; null where one is not known, or where there are none. */
export function newest(times: readonly (Time | null)[]): Time | null {
  const known = times.filter((time) => time !== null);
  return known.length === 0 || known.length < times.length ? null : Math.max(...known);
}
