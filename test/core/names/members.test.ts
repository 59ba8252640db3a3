import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import {
  branchOf,
  issueOfBranch,
  shortSha,
  taskPathOf,
  titleOf,
  worktreeOf,
} from '../../../src/core/names/members.js';
import { defaultSettings } from '../../../src/core/settings/schema.js';
import { hostileText } from '../text/hostile.js';

const settings = defaultSettings();

test('an issue’s names are made of its number', () => {
  expect(branchOf(settings, 8)).toBe('feature/issue-8');
  expect(worktreeOf(settings, 8, 'main')).toBe('main-issue-8');
  expect(worktreeOf(settings, 8, 'release/1.0')).toBe('release-1.0-issue-8');
  expect(taskPathOf(settings, 8)).toBe('.agents/subagent_issue_8.md');
  expect(shortSha('3f2c1abdeadbeef')).toBe('3f2c1ab');
});

test('the issue is found again from its branch', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2 ** 31 }), (number) => {
      for (const branch of ['feature/issue-{number}', '{number}', 'a{number}b', '{number}0', '1{number}']) {
        expect(issueOfBranch(branch, branchOf({ branch }, number))).toBe(number);
      }
    }),
  );
});

test.each([
  'feature/issue-',
  'feature/issue-08',
  'feature/issue-8x',
  'feature/issue-8/x',
  'Feature/issue-8',
  'x/feature/issue-8',
  'feature/issue-１',
  'feature/issue-99999999999',
  'feature/issue-{number}',
  '',
])('%j is the branch of no issue', (branch) => {
  expect(issueOfBranch('feature/issue-{number}', branch)).toBeUndefined();
});

test('a branch shorter than the text around the number is the branch of no issue', () => {
  expect(issueOfBranch('aa{number}aa', 'aaa')).toBeUndefined();
});

test.each([
  ['Distributed Lock & Deduplication', 'Fix: Issue #8 - Distributed Lock & Deduplication'],
  ['**Bold** `code` | pipe', 'Fix: Issue #8 - **Bold** `code` | pipe'],
  ['Lock 👩‍👩‍👧‍👦\nand more', 'Fix: Issue #8 - Lock 👩‍👩‍👧‍👦 and more'],
  ['fixes #3 for @ada', 'Fix: Issue #8 - fixes #\u200b3 for @\u200bada'],
  ['{number} {base} $& $1', 'Fix: Issue #8 - {number} {base} $& $1'],
  ['\u200b', 'Fix: Issue #8 -'],
])('the issue %j has the pull request title %j', (title, expected) => {
  expect(titleOf(settings, { number: 8, title }, 'main')).toBe(expected);
});

test('a title of 256 characters is cut, and what the template says is not', () => {
  const long = titleOf(
    { title: '{title} (issue #{number} on {base})' },
    { number: 8, title: 'x'.repeat(256) },
    'main',
  );
  expect(long).toHaveLength(256);
  expect(long).toMatch(/^x+… \(issue #8 on main\)$/);
});

test('whatever the issue is called, the title is one line of at most 256 characters that closes nothing', () => {
  fc.assert(
    fc.property(hostileText, (title) => {
      const made = titleOf(settings, { number: 8, title }, 'main');
      expect(made.length).toBeLessThanOrEqual(256);
      expect(made).toMatch(/^Fix: Issue #8 -/);
      expect(made.slice('Fix: Issue #8 -'.length)).not.toMatch(/[\n\r]|[@#][\w-]/);
    }),
    { numRuns: 1_000 },
  );
});
