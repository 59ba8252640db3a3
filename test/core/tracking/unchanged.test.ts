import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { Snapshot } from '../../../src/core/model/index.js';
import { type Plan, plan } from '../../../src/core/plan/plan.js';
import { renderSummary } from '../../../src/core/tracking/summary.js';
import { renderTracker } from '../../../src/core/tracking/tracker.js';
import {
  HOUR,
  NOW,
  aPull,
  aSnapshot,
  aTracker,
  aWorkedPull,
  anIssue,
  digest,
  judge,
} from '../../support/view-builder.js';
import { shuffled } from '../../support/shuffled.js';
import { blockedBy } from '../../support/snapshot.js';
import { busy } from './busy.js';
import { complete, halfWay, issueOf, justDeployed, FACTS } from './reference.js';

function planOf(snapshot: Snapshot): Plan {
  return plan({ snapshot, now: NOW, digest, appVersion: '0.1.0', refusals: [], refused: new Set() });
}

/** Everything that would be done, in its order. */
function planned(snapshot: Snapshot): string {
  return JSON.stringify(
    planOf(snapshot),
    (_, value: unknown) => (value instanceof Map ? [...value] : value),
    1,
  );
}

function rendered(snapshot: Snapshot, now = NOW): string {
  const { view, progress } = judge(snapshot, now);
  const { title, body } = renderTracker(view, progress, '0.1.0');
  return [title, body, renderSummary(view, progress)].join('\n');
}

/** Two cycles of one length through the same issues, and two notes on one shared piece of code. */
function tangled(): Snapshot {
  const note = (text: string) => `### Shares\n\nscanner.py -- ${text}`;
  const labels = ['deploy-subagent', 'shares:scanner.py'];
  const issues = [
    anIssue(1, { labels, body: note('first'), blockedBy: blockedBy(2, 3, 4) }),
    anIssue(2, { labels, body: note('second'), blockedBy: blockedBy(1) }),
    anIssue(3, { labels, blockedBy: blockedBy(1) }),
    anIssue(4, { labels, blockedBy: blockedBy(1, 4) }),
  ];
  return aSnapshot({ issues, pulls: issues.map((issue) => aPull(issue.number + 20, issue)) });
}

/** Shuffles what it is given, each time otherwise, and compares what comes of it. */
function expectSame(make: () => Snapshot, see: (snapshot: Snapshot) => string, numRuns: number): void {
  const expected = see(make());
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      expect(see(shuffled(make(), seed))).toBe(expected);
    }),
    { numRuns },
  );
}

describe('the same state gives the same bytes', () => {
  test.each([
    ['just deployed', justDeployed],
    ['half way', halfWay],
    ['complete', complete],
    ['tangled', tangled],
  ])('with every list shuffled: %s', (_, make) => {
    expectSame(make, rendered, 25);
  });

  test.each([
    ['in the middle of its work', () => busy(30), 6, 'rest'],
    ['with commands to answer', () => busy(30, null), 6, 'homes'],
    ['too large for its body', () => busy(120), 2, 'rest'],
  ] as const)(
    'and the same plan, with every list of a large deployment shuffled: %s',
    (_, make, runs, filled) => {
      expect(planOf(make())[filled].length).toBeGreaterThan(10);
      expectSame(make, (snapshot) => `${rendered(snapshot)}\n${planned(snapshot)}`, runs);
    },
  );

  test('an hour later, where nothing has crossed a limit', () => {
    expect(rendered(halfWay(), NOW + HOUR)).toBe(rendered(halfWay(), NOW));
  });

  test('while GitHub works out whether it conflicts', () => {
    const issue = issueOf(FACTS[0]!);
    const inReview = (mergeable: 'mergeable' | 'unknown') =>
      aSnapshot({
        issues: [issue],
        trackers: [aTracker()],
        rules: { approvals: 0 },
        pulls: [aWorkedPull(21, issue, { detail: { mergeable } })],
      });
    expect(rendered(inReview('unknown'))).toBe(rendered(inReview('mergeable')));
    expect(rendered(inReview('mergeable'))).toContain('✔️ approved');
  });
});
