import { afterAll, beforeAll, expect, test } from '@jest/globals';

import { type Sandbox, startSandbox } from '../support/sandbox.js';
import { MARKET } from '../support/seeds.js';

const PATH = '.github/subagents.yml';
let sandbox: Sandbox;

async function commit(text: string): Promise<void> {
  const there = await sandbox.ask('admin', 'GET', `/repos/${sandbox.info.repository}/contents/${PATH}`);
  await sandbox.repo('admin', 'PUT', `/contents/${PATH}`, {
    message: 'Settings',
    content: Buffer.from(text).toString('base64'),
    ...(there.status === 200 && { sha: there.body.sha }),
  });
  await sandbox.advance('PT1M');
}

beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.stop());

test('a valid file holds: names of branches, titles and the gate', async () => {
  await commit('branch: agents/{number}\ntitle: "Agent {number}: {title}"\ngate: { name: order }\n');
  await sandbox.deploy(8);
  const [pull] = await sandbox.pulls();
  expect([pull.head.ref, pull.title]).toEqual(['agents/8', 'Agent 8: Distributed Lock & Deduplication']);
  const { check_runs: runs } = await sandbox.repo('admin', 'GET', `/commits/${pull.head.sha}/check-runs`);
  expect(runs.map((run: { name: string }) => run.name)).toEqual(['order']);
});

test('while it is invalid nothing new is deployed, and Needs you says the line', async () => {
  await commit('branch: agents/{number}\ngates: { name: order }\n');
  await sandbox.deploy(4);
  await sandbox.advance('PT10M');
  expect(await sandbox.pulls()).toHaveLength(1);
  expect(await sandbox.labels(4)).toContain('deploy-subagent');
  const { body } = await sandbox.tracker();
  expect(body).toContain('`.github/subagents.yml` is invalid: line 2');
  expect(body).toContain('nothing new is deployed or landed');
});

test('the last valid version stays in force for the gates, also for a new process', async () => {
  await sandbox.comment('writer', 8, '/hold');
  await sandbox.restartBot();
  await sandbox.advance('PT1M');
  const pull = (await sandbox.pulls()).find((each) => each.head.ref === 'agents/8');
  const path = `/commits/${pull.head.sha}/check-runs?filter=latest`;
  const { check_runs: runs } = await sandbox.repo('admin', 'GET', path);
  expect(runs.map((run: { name: string; status: string }) => [run.name, run.status])).toEqual([
    ['order', 'in_progress'],
  ]);
  expect(await sandbox.trackers()).toHaveLength(1);
});

test('mended, it goes on where it stopped', async () => {
  await commit('branch: agents/{number}\n');
  await sandbox.advance('PT6M');
  expect(await sandbox.branches()).toEqual(['agents/4', 'agents/8', 'main']);
  expect(await sandbox.pulls()).toHaveLength(2);
  expect((await sandbox.tracker()).body).not.toContain('is invalid');
});

test('a file that never was valid fails the gates of members, and says the line', async () => {
  const other = await startSandbox({
    seed: `${MARKET}issues: [{ number: 1, title: First }]
`,
  });
  try {
    await other.deploy(1);
    await other.repo('admin', 'PUT', `/contents/${PATH}`, {
      message: 'Settings',
      content: Buffer.from('branch: [').toString('base64'),
    });
    await other.advance('PT1M');
    const gate = await other.gateOf(1);
    expect([gate.conclusion, gate.output.title]).toEqual([
      'failure',
      expect.stringMatching(/^The configuration is invalid: line \d+: /),
    ]);
  } finally {
    await other.stop();
  }
});
