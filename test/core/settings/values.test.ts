import { describe, expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import * as fc from 'fast-check';
import { parseDuration, parseHours } from '../../../src/core/settings/duration.js';
import { branchProblem, pathProblem, writtenPathProblem } from '../../../src/core/settings/ref-name.js';
import { nearest } from '../../../src/core/text/nearest.js';

test.each([
  ['60s', 60_000],
  ['60m', 3_600_000],
  ['30min', 1_800_000],
  ['24h', 86_400_000],
  ['1.5 h', 5_400_000],
  ['2 Days', 172_800_000],
  ['0s', 0],
  ['', undefined],
  ['60', undefined],
  ['h', undefined],
  ['-1h', undefined],
  ['1h30m', undefined],
  ['1e3s', undefined],
  ['5-6h', undefined],
])('the duration %j is %j ms', (text, milliseconds) => {
  expect(parseDuration(text)).toBe(milliseconds);
});

test.each([
  ['5-6h', 5, 6],
  ['8-10 hours', 8, 10],
  ['5–6 h', 5, 6],
  ['30min-1h', 0.5, 1],
  ['30min', 0.5, 0.5],
  ['1.5 h', 1.5, 1.5],
  ['2d', 16, 16],
])('%j is %j to %j hours', (text, low, high) => {
  expect(parseHours(text)).toEqual({ low, high });
});

test.each(['', '6-5h', '5-h', '5-6', 'some', '5-6-7h', '5-6x'])('%j is no range of hours', (text) => {
  expect(parseHours(text)).toBeUndefined();
});

describe('branch names', () => {
  function gitAccepts(name: string): boolean {
    try {
      execFileSync('git', ['check-ref-format', '--branch', name], { stdio: 'ignore' });
      return true;
    } catch {
      return false;
    }
  }

  const EDGES = [
    'main',
    'feature/issue-8',
    'a.b',
    '.a',
    'a/.b',
    'a.lock',
    'a.lock/b',
    'a..b',
    'a b',
    'a~b',
    'a^b',
    'a:b',
    'a?b',
    'a*b',
    'a[b',
    'a]b',
    'a\\b',
    '/a',
    'a/',
    'a//b',
    'a.',
    '@',
    'a@{b',
    'a@b',
    '-a',
    'HEAD',
    'é/ü',
    'a\u007fb',
    '{',
    'a#b',
    '$(x)',
    "it's",
  ];

  test('what git refuses is refused, and what it allows is allowed but for `@` and `HEAD`', () => {
    const part = fc.constantFrom(
      'a',
      'b',
      '.',
      '/',
      '@',
      '{',
      '-',
      '.lock',
      '~',
      ' ',
      ':',
      '*',
      '[',
      '\\',
      'é',
      '1',
    );
    const name = fc.array(part, { minLength: 1, maxLength: 6 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(name, (text) => {
        expect(branchProblem(text) === undefined).toBe(gitAccepts(text) && !/^(?:@|head)$/i.test(text));
      }),
      { numRuns: 200, examples: EDGES.map((edge) => [edge]) },
    );
  });

  test.each([
    ['refs/heads/main', 'must not begin with `refs/`'],
    ['0123456789abcdef0123456789abcdef01234567', 'must not look like a commit (40 hexadecimal digits)'],
    ['é'.repeat(123), 'must not be longer than 244 bytes'],
    ['a\u202eb', 'must not have invisible characters in it'],
    ['a\ud800b', 'must not have invisible characters in it'],
    ['a\u00a0b', 'must not have invisible characters in it'],
    ['', 'must not be empty'],
  ])('%j is refused although git might take it', (name, problem) => {
    expect(branchProblem(name)).toBe(problem);
  });
});

test.each([
  '../x',
  'a/../b',
  './a',
  '.',
  '..',
  '/etc/passwd',
  'C:\\x',
  'c:/x',
  '~/x',
  'a\\..\\b',
  '.git/config',
  'a/.git/hooks',
  '.GIT/x',
  '.git./x',
  '.git /x',
  'git~1/x',
  'a//b',
  'a/',
  '-rf',
  'a/-b',
  'a\u0000b',
  'a\nb',
  'a\u202eb',
  'a?b',
  'a.',
  'x'.repeat(201),
  '',
])('the path %j is refused', (path) => {
  expect(pathProblem(path)).toBeDefined();
});

test.each([
  'AGENTS.md',
  '.agents/subagent_issue_8.md',
  'docs/é.md',
  '.github/copilot.md',
  '.gitignore',
  'a b/c.md',
])('the path %j is allowed', (path) => {
  expect(pathProblem(path)).toBeUndefined();
});

test.each(['.github/workflows/x.yml', '.GitHub/x', '.github', '.github./x'])(
  'nothing is written to %j',
  (path) => {
    expect(writtenPathProblem(path)).toBeDefined();
  },
);

test.each([
  ['deplyo', 'deploy'],
  ['MERGE', 'merge'],
  ['hodl', 'hold'],
  ['x', undefined],
  ['completely', undefined],
  ['', undefined],
])('the nearest word to %j is %j', (word, meant) => {
  expect(nearest(word, ['deploy', 'merge', 'hold', 'unhold'])).toBe(meant);
});
