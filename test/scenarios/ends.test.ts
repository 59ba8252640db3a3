import { afterAll, beforeAll, expect, test } from '@jest/globals';

import { type Sandbox, startSandbox } from '../support/sandbox.js';

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox();
  await sandbox.repo('admin', 'POST', '/issues/5/dependencies/blocked_by', {
    issue_id: (await sandbox.issue(6)).id,
  });
  await sandbox.deploy(6, 5);
});
afterAll(() => sandbox.stop());

test('a pull request that is closed unmerged ends the work on its issue: label off, one comment', async () => {
  const pull = await sandbox.pullOf(6);
  await sandbox.repo('writer', 'PATCH', `/pulls/${pull.number}`, { state: 'closed' });
  await sandbox.settle();
  expect(await sandbox.labels(6)).toEqual(['shares:executor.py']);
  expect(await sandbox.comments(6)).toEqual([
    'I have taken the deploy label off: the pull request was closed without merging. Put it on again to deploy this issue once more.',
  ]);
  expect((await sandbox.issue(6)).state).toBe('open');
});

test('what depends on it is stopped, and says why and what to do', async () => {
  const gate = await sandbox.gateOf(5);
  expect([gate.status, gate.conclusion, gate.output.title]).toEqual([
    'completed',
    'failure',
    'Cannot wait for #6: the pull request was closed without merging',
  ]);
  expect(gate.output.summary).toContain('removes it from the issue');
  expect((await sandbox.tracker()).body).toContain('Cannot wait for');
});

test('two hours later there is exactly one tracking issue, one comment and one pull request of each', async () => {
  await sandbox.advance('PT2H');
  expect((await sandbox.trackers()).map((tracker) => tracker.state)).toEqual(['open']);
  expect(await sandbox.comments(6)).toHaveLength(1);
  expect((await sandbox.pulls()).map((pull) => `${pull.head.ref} ${pull.state}`).sort()).toEqual([
    'feature/issue-5 open',
    'feature/issue-6 closed',
  ]);
});

test('labelled again, the issue gets a new pull request on its branch, and its dependents wait for that', async () => {
  const old = await sandbox.pullOf(6);
  await sandbox.deploy(6);
  const pull = await sandbox.pullOf(6);
  expect(pull.number).not.toBe(old.number);
  expect([pull.state, pull.draft]).toEqual(['open', true]);
  expect((await sandbox.gateOf(5)).output.title).toBe(`Waits for #6 (pull request #${pull.number})`);
  expect(await sandbox.trackers()).toHaveLength(1);
  expect(await sandbox.comments(6)).toHaveLength(1);
});

test('when the last work is given up the tracking issue says so, is unpinned and closed, and nothing opens it again', async () => {
  for (const number of [6, 5]) await sandbox.comment('writer', number, '/cancel');
  await sandbox.settle();
  await sandbox.advance('PT2H');
  const trackers = await sandbox.trackers();
  expect(trackers.map((tracker) => [tracker.state, tracker.title])).toEqual([
    ['closed', expect.stringContaining('⛔ cancelled')],
  ]);
  expect((await sandbox.pulls()).map((pull) => pull.state)).toEqual(['closed', 'closed', 'closed']);
  expect(await sandbox.branches()).toEqual(['feature/issue-5', 'feature/issue-6', 'main']);
});

test('the next deployment has a tracking issue of its own', async () => {
  await sandbox.deploy(8);
  const trackers = await sandbox.trackers();
  expect(trackers.map((tracker) => [tracker.state, tracker.title])).toEqual([
    ['open', 'Subagent deployment: 1 issue · 🟡 ready for execution'],
    ['closed', expect.stringContaining('⛔ cancelled')],
  ]);
});
