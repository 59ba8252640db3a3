import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { createCi, landed, mergeAll, rowOf, untilQuiet, workOn } from '../support/landing.js';
import { type Loose, type Sandbox, startSandbox } from '../support/sandbox.js';
import { smallSeed } from '../support/seeds.js';

/** 2 waits for 1, 3 for 2, and 6 for 5. */
const ISSUES = [
  { number: 1 },
  { number: 2, blocked_by: [1] },
  { number: 3, blocked_by: [2] },
  { number: 4 },
  { number: 5 },
  { number: 6, blocked_by: [5] },
];

describe('where one is cancelled by its label, and another done elsewhere', () => {
  let sandbox: Sandbox;
  let gates: Loose[];
  let hotfix: Loose;
  let landedMeanwhile: readonly number[];

  beforeAll(async () => {
    sandbox = await startSandbox({ seed: smallSeed({ issues: ISSUES }) });
    await sandbox.deploy(1, 2, 3, 4, 5, 6);
    await workOn(sandbox, [1, 2, 3, 4, 6]);
    const ci = createCi(sandbox);
    await sandbox.unlabel('writer', 1, 'deploy-subagent');
    await mergeAll(sandbox);
    hotfix = await mergeHotfix(sandbox, 5);
    await untilQuiet(sandbox, ci);
    gates = [await sandbox.gateOf(2), await sandbox.gateOf(3)];
    landedMeanwhile = await landedIssues(sandbox);
    const { id } = await sandbox.issue(1);
    await sandbox.repo('writer', 'DELETE', `/issues/2/dependencies/blocked_by/${id}`);
    await untilQuiet(sandbox, ci);
  }, 120_000);
  afterAll(() => sandbox.stop());

  test('what waits for the cancelled one is stopped, with the reason', () => {
    expect([gates[0].conclusion, gates[0].output.title]).toEqual([
      'failure',
      'Cannot wait for #1: the deploy label was removed',
    ]);
  });

  test('what waits for that in turn goes on waiting, and shows what for', async () => {
    const { number } = await sandbox.pullOf(2);
    expect([gates[1].status, gates[1].output.title]).toEqual([
      'in_progress',
      `Waits for #2 (pull request #${number})`,
    ]);
    expect(gates[1].output.summary.replaceAll('\u200b', '')).toContain(
      '\n  - Cannot wait for #1: the deploy label was removed\n    - If #1 is still needed',
    );
  });

  test('all others land, those included whose dependency was done elsewhere', () => {
    expect([...landedMeanwhile].toSorted((a, b) => a - b)).toEqual([4, 6]);
  });

  test('the pull request of the one that was done elsewhere is closed with a word about it', async () => {
    const pull = await sandbox.pullOf(5);
    expect([pull.state, pull.merged_at]).toEqual(['closed', null]);
    expect(await sandbox.comments(pull.number)).toContainEqual(
      expect.stringContaining(`Closed: pull request \`acme/market#${hotfix.number}\` has closed issue #5`),
    );
    expect((await rowOf(sandbox, 5)).replaceAll('\u200b', '')).toContain(
      `✅ done elsewhere: acme/market#${hotfix.number}`,
    );
  });

  test('once somebody takes the dependency away the rest lands, in order, and the deployment ends', async () => {
    expect((await landedIssues(sandbox)).slice(-2)).toEqual([2, 3]);
    expect(await rowOf(sandbox, 1)).toContain('⛔ cancelled: the deploy label was removed');
    const tracker = await sandbox.tracker();
    expect([tracker.state, tracker.title]).toEqual(['closed', 'Subagent deployment: 6 issues · ✅ complete']);
    expect(await sandbox.branches()).toEqual(['feature/issue-1', 'feature/issue-5', 'hotfix', 'main']);
  });
});

/** Somebody closes an issue by a pull request of their own. */
async function mergeHotfix(sandbox: Sandbox, issue: number): Promise<Loose> {
  const { sha } = (await sandbox.repo('writer', 'GET', '/git/ref/heads/main')).object;
  await sandbox.repo('writer', 'POST', '/git/refs', { ref: 'refs/heads/hotfix', sha });
  const content = Buffer.from('fixed\n').toString('base64');
  await sandbox.repo('writer', 'PUT', '/contents/hotfix.py', { branch: 'hotfix', message: 'Fix', content });
  const of = { title: 'Hotfix', head: 'hotfix', base: 'main', body: `Closes #${issue}` };
  const pull = await sandbox.repo('writer', 'POST', '/pulls', of);
  await sandbox.repo('maintainer', 'PUT', `/pulls/${pull.number}/merge`, {});
  await sandbox.settle();
  return pull;
}

async function landedIssues(sandbox: Sandbox): Promise<readonly number[]> {
  return (await landed(sandbox)).filter((issue) => !Number.isNaN(issue));
}
