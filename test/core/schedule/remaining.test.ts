import { describe, expect, test } from '@jest/globals';

import { type Stage, type StagedJob, remainingHours } from '../../../src/core/schedule/remaining.js';
import type { PhasePlan } from '../../../src/core/schedule/schedule.js';
import type { Until } from '../../../src/core/settings/lists.js';

function job(number: number, hours: number, stage: Stage, ...waitsFor: number[]): StagedJob {
  const effort = { low: hours, high: hours };
  return { node: `#${number}`, effort, stage, waitsFor: waitsFor.map((each) => `#${each}`) };
}

const left = (jobs: readonly StagedJob[], plans: readonly PhasePlan[] = [], met: readonly Until[] = []) =>
  remainingHours(jobs, plans, (until) => met.includes(until)).high;

describe('without phases', () => {
  test('all of the longest path is left before the work', () => {
    expect(left([job(1, 3, 'waiting'), job(2, 4, 'waiting', 1)])).toBe(7);
  });

  test('an effort is left until its issue is ready for review', () => {
    expect(left([job(1, 3, 'begun'), job(2, 4, 'waiting', 1)])).toBe(7);
    expect(left([job(1, 3, 'implemented'), job(2, 4, 'waiting', 1)])).toBe(4);
    expect(left([job(1, 3, 'over'), job(2, 4, 'implemented', 1)])).toBe(0);
  });

  test('nothing is left where all is over, or nothing is there', () => {
    expect(left([job(1, 3, 'over')])).toBe(0);
    expect(left([])).toBe(0);
  });
});

describe('a phase', () => {
  const phase = (name: string, hours: number | 'effort'): PhasePlan => ({
    name,
    duration: hours === 'effort' ? hours : { low: hours, high: hours },
    mode: 'parallel',
  });
  const PLANS = [phase('Design', 1), phase('Work', 'effort'), phase('Testing', 5), phase('Review', 2)];

  test('before the work is left until any issue has begun', () => {
    expect(left([job(1, 3, 'waiting'), job(2, 4, 'waiting')], PLANS)).toBe(12);
    expect(left([job(1, 3, 'begun'), job(2, 4, 'waiting')], PLANS)).toBe(11);
  });

  test('behind it is left until all are over', () => {
    expect(left([job(1, 3, 'implemented'), job(2, 4, 'over')], PLANS)).toBe(7);
    expect(left([job(1, 3, 'over'), job(2, 4, 'over')], PLANS)).toBe(0);
  });

  test('is not left once it is over itself', () => {
    const [design, working, testing, review] = PLANS as [PhasePlan, PhasePlan, PhasePlan, PhasePlan];
    const plans = [
      design,
      { ...working, until: 'implemented' },
      { ...testing, until: 'checks' },
      review,
    ] as const;
    const jobs = [job(1, 3, 'implemented'), job(2, 4, 'over')];
    expect(left(jobs, plans, ['implemented'])).toBe(7);
    expect(left(jobs, plans, ['implemented', 'checks'])).toBe(2);
    // Its effort is nobody's plan.
    expect(left([job(1, 3, 'begun')], [{ ...testing, until: 'checks' }], ['checks'])).toBe(0);
  });

  test('is left whole where none of them is the work', () => {
    expect(left([job(1, 3, 'implemented')], [phase('Testing', 5)])).toBe(5);
  });
});
