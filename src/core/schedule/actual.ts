import type { Time } from '../model/index.js';
import type { Until } from '../settings/lists.js';
import type { PhasePlan } from './schedule.js';

const HOUR = 3_600_000;

/** What has been taken, in hours on the clock, rounded to halves; null for what is not over, or what nobody can tell. */
export interface Actual {
  /** Of each phase, in the order of the plans. */
  readonly phases: readonly (number | null)[];
  readonly total: number | null;
}

/**
 * What phases took: from the end of the last one before it that is over, or from the beginning of the deployment, to the
 * moment that ends it. One that was over before that has taken nothing. The total is known once the last phase is over,
 * and all others that have an end.
 *
 * @param began null where nobody knows
 * @param metAt when an item came to be so for all issues; null while it is not, and where nobody can tell
 */
export function actualHours(
  plans: readonly PhasePlan[],
  began: Time | null,
  metAt: (until: Until) => Time | null,
): Actual {
  if (began === null) return { phases: plans.map(() => null), total: null };
  let last = began;
  const phases = plans.map(({ until }) => {
    const end = until === undefined ? null : metAt(until);
    if (end === null) return null;
    const from = last;
    last = Math.max(last, end);
    return hoursOf(last - from);
  });
  const isOver = plans.every(({ until }, index) => until === undefined || phases[index] !== null);
  const hasEnd = plans.at(-1)?.until !== undefined;
  return { phases, total: isOver && hasEnd ? hoursOf(last - began) : null };
}

function hoursOf(time: number): number {
  return Math.round((time / HOUR) * 2) / 2;
}
