import { expect, test } from '@jest/globals';
import { answerStatus } from '../../../src/core/view/status.js';
import { blockedBy } from '../../support/snapshot.js';
import { aMergedPull, aPull, aSnapshot, aTracker, anIssue, judge } from '../../support/view-builder.js';

const five = anIssue(5);
const six = anIssue(6, { blockedBy: blockedBy(5) });
const eight = anIssue(8, { blockedBy: blockedBy(6) });
const nine = anIssue(9, { blockedBy: blockedBy(5, 8) });

function waitsOf(number: number, isFiveMerged = false) {
  const issues = [five, six, eight, nine];
  const pulls = issues.map((issue) => aPull(20 + issue.number, issue));
  if (isFiveMerged) pulls[0] = aMergedPull(25, five);
  const { view, progress } = judge(aSnapshot({ issues, pulls, trackers: [aTracker()] }));
  return /waits for (.*)/.exec(answerStatus('ada', [number], view, progress))?.[1];
}

test('the status says what an issue waits for, and what it waits for through that', () => {
  expect(waitsOf(5)).toBe('nothing');
  expect(waitsOf(6)).toBe('#5');
  expect(waitsOf(8)).toBe('#6, and through it for #5');
  expect(waitsOf(9)).toBe('#5, #8, and through them for #6');
  expect(waitsOf(8, true)).toBe('#6');
  expect(waitsOf(6, true)).toBe('nothing');
});

test('the status names so many that it is still an answer', () => {
  const issues = Array.from({ length: 200 }, (_, index) =>
    anIssue(index + 1, index === 0 ? {} : { blockedBy: blockedBy(index) }),
  );
  const pulls = issues.map((issue) => aPull(1_000 + issue.number, issue));
  const { view, progress } = judge(aSnapshot({ issues, pulls }));
  const answer = answerStatus('ada', [200], view, progress);
  expect(answer).toMatch(/waits for #199, and through it for #1, #2, .*, #20 and 178 more\n/);
});

test('the status says so of an issue that is not deployed', () => {
  const { view, progress } = judge(aSnapshot());
  expect(answerStatus('ada', [7], view, progress)).toContain('- #7: not part of the deployment');
  expect(answerStatus('ada', [], view, progress)).toContain('Nothing is deployed.');
});
