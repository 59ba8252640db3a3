import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { parseSettings } from '../../../src/core/settings/parse.js';
import { pathMatcher } from '../../../src/core/text/glob.js';

describe('a pattern', () => {
  test.each([
    ['**/package-lock.json', 'package-lock.json', true],
    ['**/package-lock.json', 'web/.cache/package-lock.json', true],
    ['**/package-lock.json', 'my-package-lock.json', false],
    ['dist/**', 'dist/a/b.js', true],
    ['dist/**', 'src/dist/b.js', false],
    ['*.MD', 'readme.md', false],
    ['a?c', 'a/c', false],
    ['[ab].ts', 'b.ts', true],
    ['app/\\[id\\]/*', 'app/[id]/page.tsx', true],
    ['(a+)+', 'aaa', false],
    ['(a+)+', '(a+)+', true],
  ])('%s with %s: %s', (pattern, path, expected) => {
    expect(pathMatcher([pattern])(path)).toBe(expected);
  });

  test('of which there are none matches nothing', () => {
    expect(pathMatcher([])('a')).toBe(false);
  });

  test('without signs of its own matches itself and nothing else', () => {
    const name = fc.stringMatching(/^[a-z._ -]{1,8}$/).filter((each) => !/^\.{1,2}$/.test(each));
    const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((names) => names.join('/'));
    fc.assert(
      fc.property(path, path, (pattern, other) => {
        expect(pathMatcher([pattern])(pattern)).toBe(true);
        expect(pathMatcher([pattern])(other)).toBe(pattern === other);
      }),
    );
  });
});

/** Those that the settings take with the most of what has to be tried; with one star more a single one takes seconds. */
test('the worst patterns that are taken are done with 500 of the worst paths', () => {
  const worst = `**/${'*a*a/**/'.repeat(20)}*a*b`;
  const taken = parseSettings(`gate: { ignore: ["${worst}"] }\n`);
  expect(taken.ok).toBe(true);
  const matches = pathMatcher([worst, '*a*b']);
  const paths = Array.from({ length: 500 }, (_, index) =>
    index % 2 === 0 ? 'a'.repeat(255) : `${'a'.repeat(200)}/`.repeat(20),
  );
  expect(paths.filter(matches)).toEqual([]);
});
