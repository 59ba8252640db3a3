import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { createCi, headOf, landed, mergeAll, untilQuiet, workOn } from '../support/landing.js';
import { type Sandbox, startSandbox } from '../support/sandbox.js';
import { smallSeed } from '../support/seeds.js';

describe('a bot that is started anew while the updated one is being tested', () => {
  let sandbox: Sandbox;
  let before: string;
  let updated: string;

  beforeAll(async () => {
    sandbox = await startSandbox({
      seed: smallSeed({
        issues: [{ number: 1 }, { number: 2 }, { number: 3 }],
        config: { merge: { checks: ['test'] } },
      }),
    });
    await sandbox.deploy(1, 2, 3);
    await workOn(sandbox, [1, 2, 3]);
    const ci = createCi(sandbox);
    await ci.run();
    await sandbox.settle();
    before = (await sandbox.pullOf(2)).head.sha;
    await mergeAll(sandbox);
    await sandbox.advance('PT30S');
    updated = (await sandbox.pullOf(2)).head.sha;
    await sandbox.restartBot();
    // A more urgent one that is as ready as can be.
    await sandbox.label('writer', 3, 'priority:p0');
    await sandbox.advance('PT5M');
    await untilQuiet(sandbox, ci);
  }, 120_000);
  afterAll(() => sandbox.stop());

  test('keeps to the order, and lands what it had updated as it was tested', async () => {
    expect(await landed(sandbox)).toEqual([1, 2, 3]);
    expect(updated).not.toBe(before);
    expect((await sandbox.pullOf(2)).head.sha).toBe(updated);
    expect(await headOf(sandbox, 'main')).toBe((await sandbox.pullOf(3)).head.sha);
  });
});
