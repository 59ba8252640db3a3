import { describe, expect, test } from '@jest/globals';

import { actualHours } from '../../../src/core/schedule/actual.js';
import type { PhasePlan } from '../../../src/core/schedule/schedule.js';
import type { Until } from '../../../src/core/settings/lists.js';

const HOUR = 3_600_000;
const BEGAN = Date.parse('2026-01-05T10:00:00Z');

function phase(name: string, until?: Until): PhasePlan {
  return { name, duration: 'effort', mode: 'parallel', ...(until && { until }) };
}

const PLANS = [
  phase('Design review'),
  phase('Implementation', 'implemented'),
  phase('Testing', 'checks'),
  phase('Integration testing'),
  phase('Review and merge', 'merged'),
];

/** The items were met so many hours after the deployment began; those that are not named are not met. */
function after(hours: Partial<Record<Until, number>>, plans = PLANS, began: number | null = BEGAN) {
  return actualHours(plans, began, (until) => {
    const count = hours[until];
    return count === undefined ? null : BEGAN + count * HOUR;
  });
}

describe('the hours that a phase took', () => {
  test('are those since the last phase before it that is over, or since the beginning', () => {
    expect(after({ implemented: 9, checks: 13.5, merged: 16 })).toEqual({
      phases: [null, 9, 4.5, null, 2.5],
      total: 16,
    });
  });

  test('are not known while it is not over, and those of the next count from the last that is', () => {
    expect(after({ implemented: 9 })).toEqual({ phases: [null, 9, null, null, null], total: null });
    expect(after({ implemented: 9, merged: 16 })).toEqual({
      phases: [null, 9, null, null, 7],
      total: null,
    });
  });

  test('are given in halves, as the plan is', () => {
    expect(after({ implemented: 8.74 }).phases[1]).toBe(8.5);
    expect(after({ implemented: 8.75 }).phases[1]).toBe(9);
    expect(after({ implemented: 0.1 }).phases[1]).toBe(0);
  });

  test('are none for one that was over before the one before it, which takes nothing from the next', () => {
    expect(after({ implemented: 9, checks: 8, merged: 10 })).toEqual({
      phases: [null, 9, 0, null, 1],
      total: 10,
    });
  });

  test('are not known where nobody says when a phase is over, nor when the deployment began', () => {
    expect(after({ merged: 9 }, [phase('All')])).toEqual({ phases: [null], total: null });
    expect(after({ implemented: 9, checks: 13, merged: 16 }, PLANS, null)).toEqual({
      phases: [null, null, null, null, null],
      total: null,
    });
  });

  test('make a total only with the last phase', () => {
    const plans = [...PLANS.slice(0, 3), phase('Watching')];
    expect(after({ implemented: 9, checks: 13 }, plans)).toEqual({ phases: [null, 9, 4, null], total: null });
  });

  test('are none at all without phases', () => {
    expect(after({}, [])).toEqual({ phases: [], total: null });
  });
});
