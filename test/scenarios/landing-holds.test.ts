import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { createCi, landed, mergeAll, rowOf, say, untilQuiet, workOn } from '../support/landing.js';
import { type Loose, type Sandbox, startSandbox } from '../support/sandbox.js';
import { smallSeed } from '../support/seeds.js';

describe('a hold while it is being tested for its landing', () => {
  let sandbox: Sandbox;
  let shown: string;
  let landedMeanwhile: number[];

  beforeAll(async () => {
    sandbox = await startSandbox({
      seed: smallSeed({ issues: [{ number: 1 }, { number: 2 }, { number: 3 }] }),
    });
    await sandbox.deploy(1, 2, 3);
    await workOn(sandbox, [1, 2, 3]);
    const ci = createCi(sandbox);
    await mergeAll(sandbox);
    await ci.run();
    // 1 lands, and 2 is brought up to date and waits for CI.
    await sandbox.advance('PT30S');
    await say(sandbox, 'triager', 2, '/hold -- wait for legal');
    shown = await rowOf(sandbox, 2);
    await untilQuiet(sandbox, ci);
    landedMeanwhile = await landed(sandbox);
    await say(sandbox, 'writer', 2, '/unhold');
    await untilQuiet(sandbox, ci);
  }, 120_000);
  afterAll(() => sandbox.stop());

  test('stops its landing, says so, and lets the others go ahead', () => {
    expect(shown).toContain('✋ on hold by tove: wait for legal');
    expect(landedMeanwhile).toEqual([1, 3]);
  });

  test('it lands once the hold is over', async () => {
    expect(await landed(sandbox)).toEqual([1, 3, 2]);
    expect((await sandbox.tracker()).state).toBe('closed');
  });
});

describe('a dependency whose pull request is closed unmerged', () => {
  let sandbox: Sandbox;
  let gate: Loose;
  let landedMeanwhile: number[];

  beforeAll(async () => {
    sandbox = await startSandbox({
      seed: smallSeed({ issues: [{ number: 1 }, { number: 2, blocked_by: [1] }, { number: 3 }] }),
    });
    await sandbox.deploy(1, 2, 3);
    await workOn(sandbox, [1, 2, 3]);
    const ci = createCi(sandbox);
    const { number } = await sandbox.pullOf(1);
    await sandbox.repo('maintainer', 'PATCH', `/pulls/${number}`, { state: 'closed' });
    await mergeAll(sandbox);
    await untilQuiet(sandbox, ci);
    gate = await sandbox.gateOf(2);
    landedMeanwhile = await landed(sandbox);
    const { id } = await sandbox.issue(1);
    await sandbox.repo('writer', 'DELETE', `/issues/2/dependencies/blocked_by/${id}`);
    await untilQuiet(sandbox, ci);
  }, 120_000);
  afterAll(() => sandbox.stop());

  test('fails the gate of its dependent with the reason and the ways out', () => {
    expect(gate).toMatchObject({
      status: 'completed',
      conclusion: 'failure',
      output: { title: 'Cannot wait for #1: the pull request was closed without merging' },
    });
    expect(gate.output.summary).toContain('If #1 is still needed: somebody with write reopens it');
    expect(gate.output.summary).toContain('removes it from the issue');
  });

  test('keeps only its dependents from landing, until somebody takes the dependency away', async () => {
    expect(landedMeanwhile).toEqual([3]);
    expect(await landed(sandbox)).toEqual([3, 2]);
  });

  test('ends as cancelled, with its branch kept', async () => {
    expect(await sandbox.branches()).toEqual(['feature/issue-1', 'main']);
    expect(await sandbox.labels(1)).not.toContain('deploy-subagent');
    expect(await rowOf(sandbox, 1)).toContain('⛔ cancelled');
    expect((await sandbox.tracker()).state).toBe('closed');
  });
});
