import { describe, expect, test } from '@jest/globals';
import { type PullDetail, type Review, read } from '../../../src/core/model/index.js';
import { planOf } from '../plan/support.js';
import { DEPLOY } from '../../support/snapshot.js';
import {
  HOUR,
  ME,
  MINUTE,
  NOW,
  aSnapshot,
  aTracker,
  aWorkedPull,
  anIssue,
  judge,
  sha,
} from '../../support/view-builder.js';

const issues = [1, 2, 3].map((number) => anIssue(number, { labels: [DEPLOY, 'subagent:merge'] }));
const BEHIND: Partial<PullDetail> = { behindBy: 1, lacks: read([sha('base')]) };
const PENDING: Partial<PullDetail> = { checks: read([{ name: 'build', app: 15_368, state: 'pending' }]) };

function approved(number: number): Partial<PullDetail> {
  const review: Review = {
    author: 'grace',
    state: 'approved',
    commit: sha(`work ${number}`),
    at: NOW - HOUR,
  };
  return { reviews: read([review]) };
}

/** Its present head was made so many times over by the app's updates to land it, the last of them then. */
function updated(number: number, at = NOW - MINUTE, times = 1): Partial<PullDetail> {
  const name = (index: number) => (index === times ? `work ${number}` : `updated ${number} ${index}`);
  const landing = `v1 0 landing:${sha('earlier base')} pull:${number + 20}`;
  return {
    forcePushes: Array.from({ length: times }, (_, index) => ({
      actor: ME,
      before: sha(name(index)),
      after: sha(name(index + 1)),
      at: at - times + index + 1,
    })),
    earlierChecks: read([
      { name: 'merge-order', app: 1, state: 'passed', externalId: landing },
      { name: 'build', app: 15_368, state: 'passed' },
    ]),
  };
}

/** Of a base that wants heads up to date, and dismisses approvals at each push. */
function world(...details: readonly Partial<PullDetail>[]) {
  const pulls = issues
    .slice(0, details.length)
    .map((issue, index) => aWorkedPull(issue.number + 20, issue, { detail: details[index] ?? {} }));
  const rules = { requiredChecks: ['build'], approvals: 1, strict: true, dismissStale: true };
  return aSnapshot({ issues: issues.slice(0, details.length), pulls, trackers: [aTracker()], rules });
}

function next(...details: readonly Partial<PullDetail>[]): string {
  const { step, slot } = judge(world(...details)).progress;
  const holder = slot === null ? '' : `, #${slot.member.number} has the slot`;
  return `${step.kind === 'none' ? 'nothing' : `${step.kind} #${step.member.number}`}${holder}`;
}

describe('one that was brought up to date, and waits for nothing but its review', () => {
  test('lets those go ahead that are ready, also while GitHub works out anew whether it conflicts', () => {
    expect(next(updated(1), approved(2))).toBe('land #2');
    expect(next({ ...updated(1), mergeable: 'unknown' }, approved(2))).toBe('land #2');
    expect(next(updated(1), { ...approved(2), ...BEHIND })).toBe('update #2');
  });

  test('has the slot while its checks run, and lands once it is approved', () => {
    expect(next({ ...updated(1), ...PENDING }, approved(2))).toBe('nothing, #1 has the slot');
    expect(next({ ...updated(1), ...approved(1) }, approved(2))).toBe('land #1, #1 has the slot');
  });

  test('is the only one that is updated for its review, until the time of a slot is over', () => {
    expect(next(updated(1), BEHIND)).toBe('nothing');
    expect(next({ ...updated(1), ...BEHIND }, BEHIND)).toBe('update #1');
    expect(next(updated(1, NOW - 59 * MINUTE), BEHIND)).toBe('nothing');
    expect(next(updated(1, NOW - HOUR), BEHIND)).toBe('update #2');
    expect(planOf(world(updated(1), BEHIND)).lookAt).toBe(NOW - MINUTE + HOUR);
  });

  test('keeps the slot from nobody who went ahead', () => {
    const ahead = { ...updated(2), ...PENDING };
    expect(next(updated(1, NOW - 20 * MINUTE), ahead, approved(3))).toBe('nothing, #2 has the slot');
  });

  test('is shown as in review, and as landing with what it waits for while its checks run', () => {
    const shown = (detail: Partial<PullDetail>) => {
      const standing = judge(world(detail)).progress.standings[0];
      return [standing?.state, ...(standing?.because ?? []).map(({ kind }) => kind)];
    };
    expect(shown(updated(1))).toEqual(['in review', 'approvals']);
    expect(shown({ ...updated(1), ...PENDING })).toEqual(['landing', 'pending checks', 'approvals']);
  });

  test('is not brought up to date again after three lost races, before somebody has approved it', () => {
    expect(next({ ...updated(1, NOW - MINUTE, 2), ...BEHIND })).toBe('update #1');
    expect(next({ ...updated(1, NOW - MINUTE, 3), ...BEHIND })).toBe('nothing');
    expect(next({ ...updated(1, NOW - MINUTE, 3), ...BEHIND, ...approved(1) })).toBe('update #1');
  });
});
