import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { WORLDS, worldSeed } from '../support/landing-worlds.js';
import { approve, createCi, headOf, landed, mergeAll, say, untilQuiet, workOn } from '../support/landing.js';
import { type Requested, type Sandbox, startSandbox } from '../support/sandbox.js';
import { smallSeed } from '../support/seeds.js';

describe('where landed branches are to be kept', () => {
  let sandbox: Sandbox;

  beforeAll(async () => {
    sandbox = await startSandbox({
      seed: smallSeed({ issues: [{ number: 1 }], config: { merge: { 'delete-branch': false } } }),
    });
    await sandbox.deploy(1);
    await workOn(sandbox, [1]);
    await say(sandbox, 'writer', 1, '/merge');
    await untilQuiet(sandbox, createCi(sandbox));
  }, 90_000);
  afterAll(() => sandbox.stop());

  test('they stay, and the deployment ends all the same', async () => {
    expect(await landed(sandbox)).toEqual([1]);
    expect(await sandbox.branches()).toEqual(['feature/issue-1', 'main']);
    expect((await sandbox.tracker()).state).toBe('closed');
  });
});

/** That children are retargeted, what is not in use is deleted, and forks are left alone is with the landings that are cut. */
describe.each(WORLDS)('branches that are still in use after their landing, by $name', (world) => {
  let sandbox: Sandbox;
  let heads: readonly string[];
  let pushed: string;
  let removals: readonly Requested[];
  let child: number;

  /** Somebody opens a pull request. */
  async function open(head: string, base: string): Promise<number> {
    return (await sandbox.repo('writer', 'POST', '/pulls', { title: head, head, base })).number;
  }

  const headsOf = () => Promise.all([1, 2, 3].map((issue) => headOf(sandbox, `feature/issue-${issue}`)));

  beforeAll(async () => {
    const issues = [{ number: 1 }, { number: 2 }, { number: 3, blocked_by: [1, 2] }];
    sandbox = await startSandbox({ seed: worldSeed(world, { issues }) });
    await sandbox.deploy(1, 2, 3);
    await workOn(sandbox, [1, 2, 3]);
    await approve(sandbox, 'maintainer', 1, 2, 3);
    const [one] = await headsOf();
    await sandbox.repo('writer', 'POST', '/git/refs', { ref: 'refs/heads/child', sha: one });
    const file = { branch: 'child', message: 'Child', content: Buffer.from('child\n').toString('base64') };
    await sandbox.repo('writer', 'PUT', '/contents/child.py', file);
    const sha = await headOf(sandbox, 'main');
    await sandbox.repo('admin', 'POST', '/git/refs', { ref: 'refs/heads/release', sha });
    child = await open('child', 'feature/issue-1');
    await open('feature/issue-2', 'release');
    // GitHub does not let the app retarget the child, and gives no answer about the branch of 3.
    const match = { method: 'PATCH', path: `/repos/acme/market/pulls/${child}` };
    const answer = { status: 422, body: { message: 'Validation Failed' } };
    const retarget = { match, when: 'before', answer, times: 1_000 };
    const remove = { match: { operation: 'DeleteBranch' }, when: 'before', answer: { status: 502 } };
    const ci = createCi(sandbox);
    await sandbox.faults({ requests: [retarget, { ...remove, times: 1_000 }] });
    await mergeAll(sandbox);
    await untilQuiet(sandbox, ci);
    // The bot does not see that push when it decides.
    pushed = await sandbox.work(3, { 'afterthought.py': 'more = True\n' });
    await sandbox.forgetRequests();
    await sandbox.faults({ requests: [retarget], reads: { lag: 1 } });
    await sandbox.advance('PT11M');
    removals = (await sandbox.asked()).filter(({ operation }) => operation === 'DeleteBranch');
    await sandbox.faults({ requests: [retarget] });
    await untilQuiet(sandbox, ci);
    heads = await headsOf();
  }, 120_000);
  afterAll(() => sandbox.stop());

  test('stay as they are, with the pull requests that use them, and the deployment ends all the same', async () => {
    expect((await landed(sandbox)).toSorted((a, b) => a - b)).toEqual([1, 2, 3]);
    expect(await sandbox.branches()).toEqual([
      'child',
      'feature/issue-1',
      'feature/issue-2',
      'feature/issue-3',
      'main',
      'release',
    ]);
    expect(await sandbox.repo('admin', 'GET', `/pulls/${child}`)).toMatchObject({
      state: 'open',
      base: { ref: 'feature/issue-1' },
    });
    await sandbox.advance('PT20M');
    expect((await sandbox.tracker()).state).toBe('closed');
    expect(await headsOf()).toEqual(heads);
  });

  test('are kept with what somebody has pushed to them since', async () => {
    expect(removals.length).toBeGreaterThan(0);
    expect(removals.flatMap(({ effects }) => effects)).toEqual([]);
    expect(await headOf(sandbox, 'feature/issue-3')).toBe(pushed);
  });
});
