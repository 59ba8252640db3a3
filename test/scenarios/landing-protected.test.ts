import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { createCi, headOf, landed, mainLog, mergeAll, untilQuiet, workOn } from '../support/landing.js';
import { type Asked, type Sandbox, startSandbox } from '../support/sandbox.js';
import { smallSeed } from '../support/seeds.js';

describe('a base that requires CI and the gate', () => {
  let sandbox: Sandbox;
  let early: Asked;
  let pushed: string;
  let mainBefore: string;
  let mainAfter: string;
  let tested: readonly string[];

  beforeAll(async () => {
    sandbox = await startSandbox({
      seed: smallSeed({
        issues: [{ number: 1, blocked_by: [2] }, { number: 2 }],
        protection: {
          required_checks: [
            { context: 'test', app: 'ci' },
            { context: 'merge-order', app: 'yardmaster' },
          ],
        },
      }),
    });
    await sandbox.deploy(1, 2);
    await workOn(sandbox, [1, 2]);
    const ci = createCi(sandbox);
    await ci.run();
    await sandbox.settle();
    mainBefore = await headOf(sandbox, 'main');

    const { number } = await sandbox.pullOf(1);
    early = await sandbox.ask('maintainer', 'PUT', `/repos/acme/market/pulls/${number}/merge`, {});
    const clone = await sandbox.clone('maintainer', 'feature/issue-1');
    pushed = await sandbox.git(clone, 'push', 'origin', 'HEAD:main').then(
      () => '',
      (error: Error) => error.message,
    );
    mainAfter = await headOf(sandbox, 'main');

    await mergeAll(sandbox);
    await untilQuiet(sandbox, ci);
    tested = ci.tested;
  }, 120_000);
  afterAll(() => sandbox.stop());

  test('keeps a person from merging out of turn, in GitHub’s own words', () => {
    expect(early.status).toBe(405);
    expect(early.body.message).toContain('merge-order');
  });

  test('keeps a person from pushing there out of turn', () => {
    expect(pushed).toContain('GH006');
    expect(pushed).toContain('merge-order');
    expect(mainAfter).toBe(mainBefore);
  });

  test('lets the bot land both in order, each at the very commit that was tested', async () => {
    expect(await landed(sandbox)).toEqual([2, 1]);
    const shas = (await mainLog(sandbox)).map(({ sha }) => sha);
    const heads = (await sandbox.pulls()).map((pull) => pull.head.sha);
    expect(heads.filter((sha) => !shas.includes(sha) || !tested.includes(sha))).toEqual([]);
    expect(await sandbox.branches()).toEqual(['main']);
  });
});
