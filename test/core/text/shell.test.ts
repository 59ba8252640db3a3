import { expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { shellWord } from '../../../src/core/text/shell.js';

test.each([
  'feature/issue-8',
  "it's",
  '$(touch x)',
  '`id`',
  'a b',
  '',
  '-rf',
  '~',
  "'",
  'a;b&c|d>e',
  '"x"',
  '{8}',
  '*',
])('a shell takes %j as one word', (word) => {
  const said = execFileSync('sh', ['-c', `printf '%s|' ${shellWord(word)}`], { encoding: 'utf8' });
  expect(said).toBe(`${word}|`);
});

test('a word that is safe stays as it is', () => {
  expect(shellWord('feature/issue-8')).toBe('feature/issue-8');
});
