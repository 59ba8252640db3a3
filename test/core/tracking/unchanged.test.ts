import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { type BlockedBy, type Issue, type Snapshot, read } from '../../../src/core/model/index.js';
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
  judge,
} from '../../support/view-builder.js';
import { complete, halfWay, issueOf, justDeployed, FACTS } from './reference.js';

function rendered(snapshot: Snapshot, now = NOW): string {
  const { view, progress } = judge(snapshot, now);
  const { title, body } = renderTracker(view, progress, '0.1.0');
  return [title, body, renderSummary(view, progress)].join('\n');
}

/** The same value with every list in another order, except those whose order means something. */
function shuffled<T>(value: T, next: () => number): T {
  const ordered = new Set([
    'commits',
    'labelEvents',
    'edits',
    'forcePushes',
    'recent',
    'mergeMethods',
    'ownChecks',
  ]);
  const visit = (part: unknown, key: string): unknown => {
    if (Array.isArray(part)) {
      const items = part.map((item) => visit(item, ''));
      return ordered.has(key) ? items : items.sort(() => next() - 0.5);
    }
    if (typeof part !== 'object' || part === null) return part;
    const entries = Object.entries(part).map(([name, inner]) => [
      name,
      visit(inner, name === 'value' ? key : name),
    ]);
    return Object.fromEntries(entries.sort(() => next() - 0.5));
  };
  return visit(value, '') as T;
}

function blockedBy(...numbers: readonly number[]): Issue['blockedBy'] {
  return read(
    numbers.map((number): BlockedBy => ({
      id: `issue-${number}`,
      databaseId: 1_000 + number,
      number,
      repository: 'acme/market',
      state: 'open',
      stateReason: null,
      closed: read(null),
    })),
  );
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

describe('the same state gives the same bytes', () => {
  test.each([
    ['just deployed', justDeployed],
    ['half way', halfWay],
    ['complete', complete],
    ['tangled', tangled],
  ])('with every list shuffled: %s', (_, make) => {
    const expected = rendered(make());
    fc.assert(
      fc.property(fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), (stream) => {
        const next = () => Number(stream.next().value);
        expect(rendered(shuffled(make(), next))).toBe(expected);
      }),
      { numRuns: 50 },
    );
  });

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
