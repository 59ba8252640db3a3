import { afterAll, beforeAll, expect, test } from '@jest/globals';

import { type Sandbox, startSandbox } from '../support/sandbox.js';

let sandbox: Sandbox;
let said = 0;

/** What the bot has said on issue 8 since it was asked last. */
async function news(): Promise<string[]> {
  const comments = await sandbox.comments(8);
  const fresh = comments.slice(said);
  said = comments.length;
  return fresh;
}

beforeAll(async () => {
  sandbox = await startSandbox();
  await sandbox.deploy(8);
});
afterAll(() => sandbox.stop());

test('the deploy label that a triager removes is put back with one comment, and nothing is cancelled', async () => {
  const before = await sandbox.pullOf(8);
  await sandbox.unlabel('triager', 8, 'deploy-subagent');
  await sandbox.advance('PT10M');
  expect(await sandbox.labels(8)).toContain('deploy-subagent');
  expect(await news()).toEqual([
    '`tove` removed the label `deploy-subagent` with the *triage* role, which is not enough for that, so I have put it back. `/subagent help` says which role a command needs.',
  ]);
  const after = await sandbox.pullOf(8);
  expect([after.number, after.state, after.head.sha]).toEqual([before.number, 'open', before.head.sha]);
});

test('a hold by a triager counts', async () => {
  await sandbox.comment('writer', 8, '/hold');
  await sandbox.settle();
  await sandbox.comment('writer', 8, '/unhold');
  await sandbox.settle();
  expect(await news()).toEqual(['/hold', '/unhold']);
  await sandbox.label('triager', 8, 'subagent:hold');
  await sandbox.settle();
  const gate = await sandbox.gateOf(8);
  expect([gate.status, gate.output.title]).toEqual(['in_progress', 'On hold by tove']);
  expect(await news()).toEqual([]);
});

test('a hold that a triager removes is put back with one comment, and goes on', async () => {
  await sandbox.unlabel('triager', 8, 'subagent:hold');
  await sandbox.advance('PT10M');
  expect(await sandbox.labels(8)).toContain('subagent:hold');
  expect(await news()).toEqual([
    expect.stringMatching(/^`tove` removed the label `subagent:hold`.*put it back/),
  ]);
  expect((await sandbox.gateOf(8)).status).toBe('in_progress');
});

test('a hold that somebody with write removes is over', async () => {
  await sandbox.unlabel('writer', 8, 'subagent:hold');
  await sandbox.settle();
  expect(await sandbox.labels(8)).not.toContain('subagent:hold');
  expect((await sandbox.gateOf(8)).conclusion).toBe('success');
  expect(await news()).toEqual([]);
});

test('a wish to land by a triager is taken off with one comment', async () => {
  await sandbox.comment('writer', 8, '/merge');
  await sandbox.settle();
  await sandbox.comment('writer', 8, '/not-merge');
  await sandbox.settle();
  expect(await sandbox.labels(8)).not.toContain('subagent:merge');
  await news();
  await sandbox.label('triager', 8, 'subagent:merge');
  await sandbox.advance('PT10M');
  expect(await sandbox.labels(8)).not.toContain('subagent:merge');
  expect(await news()).toEqual([
    expect.stringMatching(/^`tove` put the label `subagent:merge`.*taken it off again/),
  ]);
});

test('a wish to land by somebody with write stands, and a triager cannot take it off', async () => {
  await sandbox.label('writer', 8, 'subagent:merge');
  await sandbox.settle();
  expect(await news()).toEqual([]);
  await sandbox.unlabel('triager', 8, 'subagent:merge');
  await sandbox.settle();
  expect(await sandbox.labels(8)).toContain('subagent:merge');
  expect(await news()).toHaveLength(1);
});

test('the deploy label that somebody with write removes cancels: the pull request is closed, the branch kept', async () => {
  await sandbox.unlabel('writer', 8, 'deploy-subagent');
  await sandbox.advance('PT1M');
  const pull = await sandbox.pullOf(8);
  expect([pull.state, pull.merged_at]).toEqual(['closed', null]);
  expect(await sandbox.comments(pull.number)).toEqual([
    'Closed: the deploy label was removed (issue #8). The branch `feature/issue-8` is kept. To take the work up again, deploy the issue again.',
  ]);
  expect(await sandbox.branches()).toContain('feature/issue-8');
  expect((await sandbox.tracker()).state).toBe('closed');
});
