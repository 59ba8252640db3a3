import { expect, test } from '@jest/globals';
import { parseSettings } from '../../../src/core/settings/parse.js';
import { sayProblem } from '../../../src/core/settings/problems.js';
import { WRONG } from './wrong.js';

test.each(WRONG)('%s', (_, text, ...told) => {
  const result = parseSettings(text);
  const problems = result.ok ? [] : result.problems;
  expect(problems.map(({ line, path, message }) => `${line} ${path}: ${message}`)).toEqual(told);
});

test('a problem is said with its line and its key, and the key once only', () => {
  const said = (text: string) => {
    const result = parseSettings(text);
    return result.ok ? [] : result.problems.map(sayProblem);
  };
  expect(said('base: main\nrunner: { max-running: 0 }')).toEqual([
    'line 2, `runner.max-running`: expected at least 1; got `0`',
  ]);
  expect(said('merge:\n  metod: squash')).toEqual([
    'line 2: unknown key `metod` in `merge`. Did you mean `method`?',
  ]);
  expect(said('base: [')).toEqual(['line 1: the bracket that opens here is not closed']);
});
