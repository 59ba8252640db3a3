import { expect, test } from '@jest/globals';
import { read } from '../../../src/core/model/index.js';
import { DEPLOY, ownGate } from '../../support/snapshot.js';
import {
  MINUTE,
  NOW,
  aSnapshot,
  aTracker,
  aWorkedPull,
  anIssue,
  judge,
  sha,
} from '../../support/view-builder.js';

const issues = [1, 2].map((number) => anIssue(number, { labels: [DEPLOY, 'subagent:merge'] }));

/** Who lands next, if the landing of #1 on this base was begun so long ago, and #2 can land or not. */
function next(minutes: number, base = sha('base'), draft = false): string {
  const pulls = issues.map((issue) => {
    const reviews = read([
      { author: 'grace', state: 'approved' as const, commit: sha(`work ${issue.number}`), at: NOW },
    ]);
    return aWorkedPull(20 + issue.number, issue, { draft: draft && issue.number === 2, detail: { reviews } });
  });
  const begun = ownGate(base, { startedAt: NOW - minutes * MINUTE });
  const [first, ...others] = pulls;
  const all = first === undefined ? [] : [{ ...first, ownChecks: read([begun]) }, ...others];
  const { step } = judge(aSnapshot({ issues, pulls: all, trackers: [aTracker()] })).progress;
  return step.kind === 'none' ? 'none' : `${step.kind} #${step.member.number}`;
}

test('one whose landing is refused lets the others go first once its slot is over', () => {
  expect(next(59)).toBe('land #1');
  expect(next(60)).toBe('land #2');
});

test('it is tried again when nothing else can land, or when the base has moved', () => {
  expect(next(60, sha('base'), true)).toBe('land #1');
  expect(next(60, sha('an older base'))).toBe('land #1');
});
