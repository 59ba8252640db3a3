import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { type Sandbox, startSandbox } from '../support/sandbox.js';

let sandbox: Sandbox;
let adopted: number;
let draft: number;

/** Somebody's own branch with a pull request onto main. */
async function ownPull(branch: string): Promise<number> {
  const folder = await sandbox.clone('writer', 'main');
  await sandbox.git(folder, 'checkout', '-q', '-b', branch);
  await writeFile(join(folder, 'locks.py'), 'LOCK = 1\n');
  await sandbox.git(folder, 'add', '--all');
  await sandbox.git(folder, 'commit', '-q', '-m', 'Lock');
  await sandbox.git(folder, 'push', '-q', 'origin', branch);
  const pull = { title: 'Locks', head: branch, base: 'main', body: 'Another way' };
  return (await sandbox.repo('writer', 'POST', '/pulls', pull)).number;
}

const pull = (number: number) => sandbox.repo('admin', 'GET', `/pulls/${number}`);

beforeAll(async () => {
  sandbox = await startSandbox();
  await sandbox.deploy(8, 5);
  draft = (await sandbox.pullOf(8)).number;
  adopted = await ownPull('linus/locks');
  await sandbox.repo('writer', 'POST', '/issues/8/dependencies/blocked_by', {
    issue_id: (await sandbox.issue(5)).id,
  });
  await sandbox.settle();
});
afterAll(() => sandbox.stop());

test('somebody else’s pull request is none of the deployment', async () => {
  expect((await sandbox.gate((await pull(adopted)).head.sha)).output.title).toBe(
    'Not part of a subagent deployment',
  );
});

test('to adopt it needs write', async () => {
  const comment = await sandbox.comment('triager', 8, `/adopt #${adopted}`);
  await sandbox.settle();
  expect(await sandbox.reactions(comment)).toEqual(['yardmaster[bot]: confused']);
  expect((await pull(draft)).state).toBe('open');
});

test('it takes the place of the draft, which is closed with a word, and waits for what the issue waits for', async () => {
  const comment = await sandbox.comment('writer', 8, `/adopt #${adopted}`);
  await sandbox.advance('PT1M');
  expect(await sandbox.reactions(comment)).toEqual(['yardmaster[bot]: +1']);
  expect((await pull(draft)).state).toBe('closed');
  expect((await sandbox.comments(draft)).at(-1)).toBe(
    `Closed: #${adopted} takes its place as the pull request of issue #8. The branch \`feature/issue-8\` is kept.`,
  );
  expect((await sandbox.gate((await pull(adopted)).head.sha)).output.title).toMatch(/^Waits for #5/);
  expect((await sandbox.tracker()).body).toContain(`/pull/${adopted}`);
  expect(await sandbox.labels(8)).toContain('deploy-subagent');
});

test('a bot that starts anew, and the sweeps, leave it so', async () => {
  const before = await sandbox.pulls();
  await sandbox.restartBot('PT5M');
  await sandbox.advance('PT31M');
  expect((await sandbox.pulls()).map(({ number, state }) => [number, state])).toEqual(
    before.map(({ number, state }) => [number, state]),
  );
  expect((await sandbox.gate((await pull(adopted)).head.sha)).output.title).toMatch(/^Waits for #5/);
});

test('commands on it are about the issue', async () => {
  await sandbox.comment('writer', adopted, '/hold -- not yet');
  await sandbox.settle();
  expect(await sandbox.labels(8)).toContain('subagent:hold');
  await sandbox.comment('writer', adopted, '/unhold');
  await sandbox.settle();
  expect(await sandbox.labels(8)).not.toContain('subagent:hold');
});

test('merged, it is the issue’s work; its branch is left to its author, after a restart too', async () => {
  await sandbox.comment('writer', 8, '/not-depends-on #5');
  await sandbox.advance('PT1M');
  await sandbox.repo('admin', 'PUT', `/pulls/${adopted}/merge`, { merge_method: 'squash' });
  await sandbox.restartBot();
  await sandbox.advance('PT31M');
  expect((await sandbox.tracker()).body).toMatch(/#8\b.*✅ merged/);
  expect((await sandbox.issue(8)).state).toBe('closed');
  expect(await sandbox.branches()).toContain('linus/locks');
});
