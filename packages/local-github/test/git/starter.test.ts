import { expect, test } from '@jest/globals';

import type { Environment } from '../../src/git/run.js';
import { type Starter, createStarter } from '../../src/git/starter.js';

const HERE = { PATH: process.env['PATH'] ?? '' };

/** What git prints when it is asked to. */
async function say(starter: Starter, word: string, env: Environment = HERE): Promise<string> {
  const args = ['-c', `alias.say=!echo ${word}`, 'say'];
  return (await starter.run({ args, env, input: '', name: `say ${word}` })).stdout.toString().trim();
}

test('starters one after the other get their own answers', async () => {
  const said: string[] = [];
  for (const word of ['one', 'two', 'three']) {
    const starter = createStarter();
    said.push(await say(starter, word), await say(starter, `${word}-again`));
    starter.close();
  }
  expect(said).toEqual(['one', 'one-again', 'two', 'two-again', 'three', 'three-again']);
});

test('starters at the same time get their own answers', async () => {
  const starters = [createStarter(), createStarter(), createStarter()];
  const said = await Promise.all(starters.map((starter, index) => say(starter, `word-${index}`)));
  for (const starter of starters) starter.close();
  expect(said).toEqual(['word-0', 'word-1', 'word-2']);
});

test('a git that cannot be started is told to whoever asked, and not to the next', async () => {
  const first = createStarter();
  await expect(say(first, 'nothing', { PATH: '/nowhere' })).rejects.toThrow('ENOENT');
  first.close();
  const next = createStarter();
  expect(await say(next, 'something')).toBe('something');
  next.close();
});

test('a starter that is closed starts nothing more, and the next one works', async () => {
  const first = createStarter();
  expect(await say(first, 'something')).toBe('something');
  first.close();
  await expect(say(first, 'late')).rejects.toThrow('the repository was closed');
  const next = createStarter();
  expect(await say(next, 'something else')).toBe('something else');
  next.close();
});
