import type { HourRange } from '../settings/duration.js';
import type { Until } from '../settings/lists.js';
import { type Job, type PhasePlan, scheduleOf } from './schedule.js';

/** How far an issue's work has come. `implemented`: ready for review, or further. */
export type Stage = 'waiting' | 'begun' | 'implemented' | 'over';

export interface StagedJob extends Job {
  readonly stage: Stage;
}

const NOTHING: HourRange = { low: 0, high: 0 };

/**
 * What is left on the longest path, in hours. The effort of an issue is left until it is implemented, as a whole: nobody
 * tells how much of it is done. A phase before the work is left until any issue has begun, one behind it until all are over,
 * and none of them longer than it takes itself.
 *
 * @param jobs in merge order
 * @param isMet whether what ends a phase is so
 */
export function remainingHours(
  jobs: readonly StagedJob[],
  plans: readonly PhasePlan[],
  isMet: (until: Until) => boolean,
): HourRange {
  if (jobs.every(({ stage }) => stage === 'over')) return NOTHING;
  const work = plans.findIndex(({ duration }) => duration === 'effort');
  const hasBegun = jobs.some(({ stage }) => stage !== 'waiting');
  const ahead = hasBegun && work > 0 ? plans.slice(work) : plans;
  const left = ahead.filter(({ until }) => until === undefined || !isMet(until));
  // Without any plan the efforts alone would make the schedule.
  if (left.length === 0 && plans.length > 0) return NOTHING;
  const open = jobs.map((job) =>
    job.stage === 'implemented' || job.stage === 'over' ? { ...job, effort: NOTHING } : job,
  );
  return scheduleOf(open, left).total;
}
