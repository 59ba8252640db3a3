import { type PullDetail, type Time, valueOr } from '../model/index.js';
import type { Settings } from '../settings/schema.js';
import { thatCount } from './checks.js';

/**
 * When the last of the checks that count passed; null where not all have, where there are none, and where GitHub does not
 * say. On a head that has landed a check may run again, since the base has the same commit: it counts as passed when that
 * landed, at the latest.
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
  const times = thatCount(valueOr(checks, []), required, settings).map(({ state, at }) => {
    if (landed !== null && (at === undefined || at > landed)) return landed;
    return state === 'passed' ? (at ?? null) : null;
  });
  return newest(times);
}

/** The newest of these moments; null where one is not known, or where there are none. */
export function newest(times: readonly (Time | null)[]): Time | null {
  const known = times.filter((time) => time !== null);
  return known.length === 0 || known.length < times.length ? null : Math.max(...known);
}
