import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { createCi, landed, say, untilQuiet, workOn } from '../support/landing.js';
import { type Loose, type Sandbox, startSandbox } from '../support/sandbox.js';
import { smallSeed } from '../support/seeds.js';

const SHARES = 'shares:market_scanner.py';

describe.each([
  ['fast-forward', ['squash']],
  ['squash', ['squash']],
])('two that share code, landing by %s', (method, methods) => {
  let sandbox: Sandbox;
  let asked: Loose;
  let headBefore: string;
  let mergedFirst: string;
  let landedFirst: number[];
  let tested: readonly string[];

  beforeAll(async () => {
    sandbox = await startSandbox({
      seed: smallSeed({
        issues: [
          { number: 7, labels: [SHARES] },
          { number: 8, labels: [SHARES] },
        ],
        config: { merge: { method } },
        methods,
      }),
    });
    await sandbox.deploy(8);
    await sandbox.deploy(7);
    await workOn(sandbox, [7, 8]);
    const ci = createCi(sandbox, { base: { test: 'success' } });
    await ci.run();
    await say(sandbox, 'writer', 8, '/merge');
    await untilQuiet(sandbox, ci);
    landedFirst = await landed(sandbox);
    mergedFirst = (await sandbox.pullOf(8)).merge_commit_sha;
    asked = await sandbox.gateOf(7);
    headBefore = (await sandbox.pullOf(7)).head.sha;
    await say(sandbox, 'writer', 7, '/merge');
    await untilQuiet(sandbox, ci);
    tested = ci.tested;
  }, 120_000);
  afterAll(() => sandbox.stop());

  test('the gate of the other asks for the update, without any event on that pull request', () => {
    expect(landedFirst).toEqual([8]);
    expect(asked).toMatchObject({
      status: 'in_progress',
      output: { title: 'Needs an update: #8 landed and shares market_scanner.py' },
    });
  });

  test('it is updated at its turn and lands once CI has passed on the result', async () => {
    expect(await landed(sandbox)).toEqual([8, 7]);
    const { head } = await sandbox.pullOf(7);
    expect(head.sha).not.toBe(headBefore);
    expect(tested).toContain(head.sha);
    const comparison = await sandbox.repo('admin', 'GET', `/compare/${head.sha}...${mergedFirst}`);
    expect(comparison.ahead_by).toBe(0);
  });

  test('two landings cost two test runs and one more after the update', () => {
    expect(tested).toHaveLength(3);
  });
});

describe('sharers while one of them is being tested for its landing', () => {
  let sandbox: Sandbox;

  beforeAll(async () => {
    sandbox = await startSandbox({
      seed: smallSeed({
        issues: [{ number: 1 }, { number: 7, labels: [SHARES] }, { number: 8, labels: [SHARES] }],
      }),
    });
    await sandbox.deploy(1);
    await sandbox.deploy(7, 8);
    await workOn(sandbox, [1, 7, 8]);
    const ci = createCi(sandbox);
    await ci.run();
    await say(sandbox, 'writer', 1, '/merge');
    await say(sandbox, 'writer', 7, '/merge');
    await sandbox.advance('PT90S');
  }, 120_000);
  afterAll(() => sandbox.stop());

  test('wait for it, so that nobody merges beside it', async () => {
    expect(await landed(sandbox)).toEqual([1]);
    expect(await sandbox.gateOf(8)).toMatchObject({
      status: 'in_progress',
      output: { title: 'Waits for #7, which is landing and shares market_scanner.py' },
    });
    expect(await sandbox.gateOf(7)).toMatchObject({ conclusion: 'success' });
  });
});
