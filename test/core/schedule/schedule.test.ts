import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';

import { type Job, type PhasePlan, scheduleOf } from '../../../src/core/schedule/schedule.js';

const node = (number: number) => `#${number}`;
const NONE = { low: 0, high: 0 };

function job(number: number, low: number, high: number, ...waitsFor: number[]): Job {
  return { node: node(number), effort: { low, high }, waitsFor: waitsFor.map(node) };
}

const WORK: PhasePlan = { name: 'Implementation', duration: 'effort', mode: 'parallel' };

describe('without phases', () => {
  test('issues that wait for nothing are done at the same time', () => {
    expect(scheduleOf([job(8, 5, 6), job(6, 6, 8), job(5, 8, 10), job(4, 5, 6)], [])).toMatchObject({
      total: { low: 8, high: 10 },
      unknown: [],
    });
  });

  test('an issue begins when the last one that it waits for is done', () => {
    const { total, phases } = scheduleOf([job(1, 1, 2), job(2, 4, 4), job(3, 1, 1, 1, 2)], []);
    expect(total).toEqual({ low: 5, high: 5 });
    expect(phases[0]?.jobs.at(-1)).toEqual({
      node: node(3),
      start: { low: 4, high: 4 },
      end: { low: 5, high: 5 },
    });
  });

  test('the longest path by the low estimates may be another than by the high ones', () => {
    const { total } = scheduleOf([job(1, 3, 3), job(2, 1, 9), job(3, 1, 1, 1), job(4, 1, 1, 2)], []);
    expect(total).toEqual({ low: 4, high: 10 });
  });

  test('an issue without an effort takes no time, and is named', () => {
    const unknown: Job = { node: node(2), effort: null, waitsFor: [node(1)] };
    expect(scheduleOf([job(1, 2, 3), unknown, job(3, 1, 1, 2)], [])).toMatchObject({
      total: { low: 3, high: 4 },
      unknown: [node(2)],
    });
  });

  test('an issue on a cycle, or one of another deployment, is not waited for', () => {
    expect(scheduleOf([job(1, 1, 1, 2), job(2, 1, 1, 1, 99)], []).total).toEqual({ low: 2, high: 2 });
  });

  test('nothing to do takes no time', () => {
    expect(scheduleOf([], []).total).toEqual({ low: 0, high: 0 });
  });
});

describe('phases', () => {
  const jobs = [job(8, 5, 6), job(6, 6, 8), job(5, 8, 10), job(4, 5, 6)];

  test('follow one another, and a duration of their own counts once for all issues', () => {
    const plans: readonly PhasePlan[] = [
      { name: 'Design review', duration: { low: 0.5, high: 0.5 }, mode: 'together' },
      WORK,
      { name: 'Testing', duration: { low: 4, high: 6 }, mode: 'parallel' },
      { name: 'Integration testing', duration: { low: 3, high: 4 }, mode: 'sequential' },
      { name: 'Review and merge', duration: { low: 2, high: 3 }, mode: 'together' },
    ];
    const { phases, total } = scheduleOf(jobs, plans);
    expect(phases.map(({ plan, end }) => [plan.name, end.low, end.high])).toEqual([
      ['Design review', 0.5, 0.5],
      ['Implementation', 8.5, 10.5],
      ['Testing', 12.5, 16.5],
      ['Integration testing', 15.5, 20.5],
      ['Review and merge', 17.5, 23.5],
    ]);
    expect(total).toEqual({ low: 17.5, high: 23.5 });
  });

  test.each([
    ['together', { low: 8, high: 10 }],
    ['parallel', { low: 8, high: 10 }],
    ['sequential', { low: 24, high: 30 }],
  ] as const)('efforts %s', (mode, total) => {
    expect(scheduleOf(jobs, [{ ...WORK, mode }]).total).toEqual(total);
  });

  test('efforts together wait for no dependency', () => {
    const chain = [job(1, 2, 2), job(2, 3, 3, 1)];
    expect(scheduleOf(chain, [{ ...WORK, mode: 'together' }]).total).toEqual({ low: 3, high: 3 });
    expect(scheduleOf(chain, [WORK]).total).toEqual({ low: 5, high: 5 });
  });

  test('where no phase takes as long as the efforts, an unknown one is missing nowhere', () => {
    const plan: PhasePlan = { name: 'Testing', duration: { low: 1, high: 1 }, mode: 'parallel' };
    expect(scheduleOf([{ node: node(1), effort: null, waitsFor: [] }], [plan]).unknown).toEqual([]);
  });
});

/** Jobs in merge order: each waits only for earlier ones. */
const anyJobs = fc
  .array(
    fc.record({
      low: fc.integer({ min: 0, max: 50 }),
      more: fc.integer({ min: 0, max: 50 }),
      waits: fc.array(fc.nat(), { maxLength: 4 }),
    }),
    { minLength: 1, maxLength: 40, size: 'max' },
  )
  .map((all) =>
    all.map(({ low, more, waits }, index) =>
      job(index + 1, low, low + more, ...(index === 0 ? [] : waits.map((each) => (each % index) + 1))),
    ),
  );

/** The longest path from an issue on, by trying all of them. */
function longest(jobs: readonly Job[], side: 'low' | 'high'): number {
  const known = new Map<string, number>();
  for (const { node: own, effort, waitsFor } of jobs) {
    known.set(own, (effort?.[side] ?? 0) + Math.max(0, ...waitsFor.map((each) => known.get(each) ?? 0)));
  }
  return Math.max(...known.values());
}

describe('of any deployment', () => {
  test('the total is the longest path by the low and by the high estimates', () => {
    fc.assert(
      fc.property(anyJobs, (jobs) => {
        expect(scheduleOf(jobs, []).total).toEqual({
          low: longest(jobs, 'low'),
          high: longest(jobs, 'high'),
        });
      }),
      { numRuns: 1000 },
    );
  });

  test('nothing begins before what it waits for has ended, and nothing ends before it begins', () => {
    fc.assert(
      fc.property(anyJobs, (jobs) => {
        const spans = new Map(scheduleOf(jobs, []).phases[0]?.jobs.map((span) => [span.node, span]));
        const early = (['low', 'high'] as const).flatMap((side) =>
          jobs.filter(({ node: own, waitsFor }) => {
            const { start, end } = spans.get(own) ?? { start: NONE, end: NONE };
            const ready = Math.max(0, ...waitsFor.map((each) => spans.get(each)?.end[side] ?? Infinity));
            return start[side] < ready || end[side] < start[side];
          }),
        );
        expect(early).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });
});
