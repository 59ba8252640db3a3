import { expect, test } from '@jest/globals';
import { renderDependencies } from '../../../src/core/tracking/dependencies.js';
import { blockedBy } from '../../support/snapshot.js';
import { aMergedPull, aPull, aSnapshot, aTracker, anIssue, judge } from '../../support/view-builder.js';

/** Issues of which each waits for the one before it; so many of the first are merged. */
function chain(length: number, merged = 0, detail: 'all' | 'none' = 'all') {
  const issues = Array.from({ length }, (_, index) =>
    anIssue(index + 1, index === 0 ? {} : { blockedBy: blockedBy(index) }),
  );
  const pulls = issues.map((issue) =>
    issue.number <= merged ? aMergedPull(1_000 + issue.number, issue) : aPull(1_000 + issue.number, issue),
  );
  const { view } = judge(aSnapshot({ issues, pulls, trackers: [aTracker()] }));
  return renderDependencies(view, detail).match(/^Longest chain: .*$/m)?.[0];
}

test('the longest chain is told below the diagram, as long as it says more than an edge does', () => {
  const three = 'Longest chain: [#3](../issues/3) → [#2](../issues/2) → [#1](../issues/1)';
  expect(chain(3)).toBe(three);
  expect(chain(3, 0, 'none')).toBe(three);
  expect(chain(3, 1)).toBeUndefined();
  expect(chain(2)).toBeUndefined();
});

test('of a very long chain both ends are named', () => {
  const told = chain(500);
  expect(told).toContain('[#496](../issues/496) → 490 more → [#5](../issues/5)');
  expect(told).toMatch(/^Longest chain: \[#500\].*\[#1\]\(\.\.\/issues\/1\)$/);
});
