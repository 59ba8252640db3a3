import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { createCi, landed, mergeAll, rowOf, say, untilQuiet, workOn } from '../support/landing.js';
import { type Loose, type Sandbox, startSandbox } from '../support/sandbox.js';
import { smallSeed } from '../support/seeds.js';

const METHODS = ['fast-forward', 'squash'];

describe.each(METHODS)(
  'a hold while it is being tested for its landing by %s, and then a freeze',
  (method) => {
    let sandbox: Sandbox;
    let held: string;
    let frozen: string;
    let gate: Loose;
    let landedWhileHeld: number[];
    let landedWhileFrozen: number[];

    beforeAll(async () => {
      // Under squash only what shares code is brought up to date.
      const issues = [1, 2, 3].map((number) => ({ number, labels: ['shares:core'] }));
      sandbox = await startSandbox({ seed: smallSeed({ issues, config: { merge: { method } } }) });
      await sandbox.deploy(1, 2, 3);
      await workOn(sandbox, [1, 2, 3]);
      const ci = createCi(sandbox);
      await mergeAll(sandbox);
      await ci.run();
      // 1 lands, and 2 is brought up to date and waits for CI.
      await sandbox.advance('PT30S');
      await say(sandbox, 'triager', 2, '/hold -- wait for legal');
      held = await rowOf(sandbox, 2);
      await untilQuiet(sandbox, ci);
      landedWhileHeld = await landed(sandbox);

      const { number } = await sandbox.tracker();
      await say(sandbox, 'maintainer', number, '/freeze -- release day');
      await say(sandbox, 'writer', 2, '/unhold');
      await untilQuiet(sandbox, ci);
      landedWhileFrozen = await landed(sandbox);
      gate = await sandbox.gateOf(2);
      frozen = (await sandbox.tracker()).body;
      await say(sandbox, 'maintainer', number, '/unfreeze');
      await untilQuiet(sandbox, ci);
    }, 120_000);
    afterAll(() => sandbox.stop());

    test('the hold stops its landing, says so, and lets the others go ahead', () => {
      expect(held).toContain('✋ on hold by tove: wait for legal');
      expect(landedWhileHeld).toEqual([1, 3]);
    });

    test('the freeze stops it, too, once the hold is over, and says so', () => {
      expect(landedWhileFrozen).toEqual([1, 3]);
      expect(gate).toMatchObject({
        status: 'in_progress',
        output: { title: expect.stringMatching(/^Frozen by grace: release day/) },
      });
      expect(frozen).toContain('**Frozen by grace: release day**: nothing lands.');
    });

    test('it lands once both are over', async () => {
      expect(await landed(sandbox)).toEqual([1, 3, 2]);
      expect((await sandbox.tracker()).state).toBe('closed');
    });
  },
);

describe.each(METHODS)('dependencies that do not land by %s: one closed unmerged, one failing', (method) => {
  let sandbox: Sandbox;
  let gates: Loose[];
  let landedMeanwhile: number[];
  let landedAfter: number[];

  beforeAll(async () => {
    sandbox = await startSandbox({
      seed: smallSeed({
        issues: [
          { number: 1 },
          { number: 2, blocked_by: [1] },
          { number: 3 },
          { number: 4 },
          { number: 5, blocked_by: [4] },
        ],
        config: { merge: { method } },
      }),
    });
    await sandbox.deploy(1, 2, 3, 4, 5);
    await workOn(sandbox, [1, 2, 3, 4, 5]);
    const failing = new Set(['feature/issue-4']);
    const ci = createCi(sandbox, {
      report: ({ head }) => ({ test: failing.has(head.ref) ? 'failure' : 'success' }),
    });
    const { number } = await sandbox.pullOf(1);
    await sandbox.repo('maintainer', 'PATCH', `/pulls/${number}`, { state: 'closed' });
    await mergeAll(sandbox);
    await untilQuiet(sandbox, ci);
    gates = [await sandbox.gateOf(2), await sandbox.gateOf(5)];
    landedMeanwhile = await landed(sandbox);
    const { id } = await sandbox.issue(1);
    await sandbox.repo('writer', 'DELETE', `/issues/2/dependencies/blocked_by/${id}`);
    await untilQuiet(sandbox, ci);
    landedAfter = await landed(sandbox);
    failing.clear();
    await sandbox.work(4, { 'issue-4.py': 'done = True\n' });
    await untilQuiet(sandbox, ci);
  }, 120_000);
  afterAll(() => sandbox.stop());

  test('the closed one fails the gate of its dependent with the reason and the ways out', () => {
    expect(gates[0]).toMatchObject({
      status: 'completed',
      conclusion: 'failure',
      output: { title: 'Cannot wait for #1: the pull request was closed without merging' },
    });
    expect(gates[0].output.summary).toContain('If #1 is still needed: somebody with write reopens it');
    expect(gates[0].output.summary).toContain('removes it from the issue');
  });

  test('the failing one keeps its dependent waiting, with the reason', async () => {
    const { number } = await sandbox.pullOf(4);
    expect(gates[1]).toMatchObject({
      status: 'in_progress',
      output: { title: `Waits for #4 (pull request #${number}), whose check test fails` },
    });
  });

  test('they keep only their dependents from landing, until the dependency is taken away or passes', async () => {
    expect(landedMeanwhile).toEqual([3]);
    expect(landedAfter).toEqual([3, 2]);
    expect(await landed(sandbox)).toEqual([3, 2, 4, 5]);
  });

  test('the closed one ends as cancelled, with its branch kept', async () => {
    expect(await sandbox.branches()).toEqual(['feature/issue-1', 'main']);
    expect(await sandbox.labels(1)).not.toContain('deploy-subagent');
    expect(await rowOf(sandbox, 1)).toContain('⛔ cancelled');
    expect((await sandbox.tracker()).state).toBe('closed');
  });
});
