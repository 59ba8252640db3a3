import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { createCi, headOf, landed, mergeAll, say, untilQuiet, workOn } from '../support/landing.js';
import { type Sandbox, startSandbox } from '../support/sandbox.js';
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

describe('a branch that somebody pushes to after its landing', () => {
  let sandbox: Sandbox;
  let pushed: string;

  beforeAll(async () => {
    sandbox = await startSandbox({
      seed: smallSeed({ issues: [{ number: 1 }], config: { merge: { checks: ['test'] } } }),
    });
    await sandbox.deploy(1);
    await workOn(sandbox, [1]);
    await say(sandbox, 'writer', 1, '/merge');
    const ci = createCi(sandbox);
    await sandbox.faults({
      requests: [{ match: { operation: 'DeleteBranch' }, when: 'before', answer: { status: 502 }, times: 3 }],
    });
    await ci.run();
    await sandbox.settle();
    pushed = await sandbox.work(1, { 'afterthought.py': 'more = True\n' });
    await sandbox.faults({});
    await untilQuiet(sandbox, ci);
  }, 90_000);
  afterAll(() => sandbox.stop());

  test('is kept with what was pushed', async () => {
    expect(await landed(sandbox)).toEqual([1]);
    expect(await headOf(sandbox, 'feature/issue-1')).toBe(pushed);
  });
});

describe.each(['fast-forward', 'squash'])('landed branches that are still in use, by %s', (method) => {
  let sandbox: Sandbox;
  let heads: readonly string[];
  let child: number;

  /** Somebody opens a pull request. */
  async function open(head: string, base: string): Promise<number> {
    return (await sandbox.repo('writer', 'POST', '/pulls', { title: head, head, base })).number;
  }

  const headsOf = () => Promise.all([1, 2].map((issue) => headOf(sandbox, `feature/issue-${issue}`)));

  beforeAll(async () => {
    sandbox = await startSandbox({ seed: smallSeed({ config: { merge: { method } } }) });
    await sandbox.deploy(1, 2);
    await workOn(sandbox, [1, 2]);
    const [one] = await headsOf();
    await sandbox.repo('writer', 'POST', '/git/refs', { ref: 'refs/heads/child', sha: one });
    const file = { branch: 'child', message: 'Child', content: Buffer.from('child\n').toString('base64') };
    await sandbox.repo('writer', 'PUT', '/contents/child.py', file);
    const sha = await headOf(sandbox, 'main');
    await sandbox.repo('admin', 'POST', '/git/refs', { ref: 'refs/heads/release', sha });
    child = await open('child', 'feature/issue-1');
    await open('feature/issue-2', 'release');
    const match = { method: 'PATCH', path: `/repos/acme/market/pulls/${child}` };
    const answer = { status: 422, body: { message: 'Validation Failed' } };
    await sandbox.faults({ requests: [{ match, when: 'before', answer, times: 1_000 }] });
    await mergeAll(sandbox);
    await untilQuiet(sandbox, createCi(sandbox));
    heads = await headsOf();
  }, 90_000);
  afterAll(() => sandbox.stop());

  test('stay as they are, with the pull requests that use them, and the deployment ends all the same', async () => {
    expect((await landed(sandbox)).toSorted((a, b) => a - b)).toEqual([1, 2]);
    expect(await sandbox.branches()).toEqual([
      'child',
      'feature/issue-1',
      'feature/issue-2',
      'main',
      'release',
    ]);
    expect(await sandbox.repo('admin', 'GET', `/pulls/${child}`)).toMatchObject({
      state: 'open',
      base: { ref: 'feature/issue-1' },
    });
    await sandbox.advance('PT1H');
    expect((await sandbox.tracker()).state).toBe('closed');
    expect(await headsOf()).toEqual(heads);
  });
});
