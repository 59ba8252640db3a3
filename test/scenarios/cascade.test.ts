import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { WORLDS, worldSeed } from '../support/landing-worlds.js';
import { approve, createCi, landed, mergeAll, rowOf, untilQuiet, workOn } from '../support/landing.js';
import { type Loose, type Sandbox, startSandbox } from '../support/sandbox.js';

/** 2 waits for 1, 3 for 2, and 6 for 5. What fails or conflicts is with the conflicts of landing. */
const ISSUES = [
  { number: 1 },
  { number: 2, blocked_by: [1] },
  { number: 3, blocked_by: [2] },
  { number: 4 },
  { number: 5 },
  { number: 6, blocked_by: [5] },
];

describe.each(WORLDS)('one that is cancelled by its label, and one done elsewhere, by $name', (world) => {
  let sandbox: Sandbox;
  let gates: readonly Loose[];
  let hotfix: Loose;
  let landedMeanwhile: readonly number[];

  beforeAll(async () => {
    sandbox = await startSandbox({ seed: worldSeed(world, { issues: ISSUES }) });
    await sandbox.deploy(...ISSUES.map(({ number }) => number));
    await workOn(sandbox, [1, 2, 3, 4, 6]);
    await approve(sandbox, 'maintainer', 2, 3, 4, 6);
    const ci = createCi(sandbox);
    await sandbox.unlabel('writer', 1, 'deploy-subagent');
    await mergeAll(sandbox);
    hotfix = await mergeHotfix(sandbox, 5);
    await untilQuiet(sandbox, ci);
    gates = await Promise.all([2, 3].map((issue) => sandbox.gateOf(issue)));
    landedMeanwhile = await landedIssues(sandbox);
    const { id } = await sandbox.issue(1);
    await sandbox.repo('writer', 'DELETE', `/issues/2/dependencies/blocked_by/${id}`);
    await untilQuiet(sandbox, ci);
  }, 120_000);
  afterAll(() => sandbox.stop());

  test('what waits for the cancelled one is stopped, with the reason and the ways out', () => {
    const { conclusion, output } = gates[0];
    expect([conclusion, output.title]).toEqual([
      'failure',
      'Cannot wait for #1: the deploy label was removed',
    ]);
    expect(output.summary).toContain('If #1 is still needed');
    expect(output.summary).toContain('removes it from the issue');
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
  });

  test('the branches of what was given up or not needed any more are kept', async () => {
    expect(await sandbox.branches()).toEqual(['feature/issue-1', 'feature/issue-5', 'hotfix', 'main']);
  });
});

/** Somebody closes an issue by a pull request of their own, reviewed and tested as the base may ask. */
async function mergeHotfix(sandbox: Sandbox, issue: number): Promise<Loose> {
  const { sha } = (await sandbox.repo('writer', 'GET', '/git/ref/heads/main')).object;
  await sandbox.repo('writer', 'POST', '/git/refs', { ref: 'refs/heads/hotfix', sha });
  const content = Buffer.from('fixed\n').toString('base64');
  const file = { branch: 'hotfix', message: 'Fix', content };
  const { commit } = await sandbox.repo('writer', 'PUT', '/contents/hotfix.py', file);
  const of = { title: 'Hotfix', head: 'hotfix', base: 'main', body: `Closes #${issue}` };
  const pull = await sandbox.repo('writer', 'POST', '/pulls', of);
  await sandbox.repo('maintainer', 'POST', `/pulls/${pull.number}/reviews`, { event: 'APPROVE' });
  await sandbox.check(commit.sha, 'test', 'success');
  await sandbox.settle();
  await sandbox.repo('maintainer', 'PUT', `/pulls/${pull.number}/merge`, {});
  await sandbox.settle();
  return pull;
}

async function landedIssues(sandbox: Sandbox): Promise<readonly number[]> {
  return (await landed(sandbox)).filter((issue) => !Number.isNaN(issue));
}
