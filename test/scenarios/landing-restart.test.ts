import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { createCi, headOf, landed, mergeAll, untilQuiet, workOn } from '../support/landing.js';
import { type Sandbox, startSandbox } from '../support/sandbox.js';
import { smallSeed } from '../support/seeds.js';

describe.each(['fast-forward', 'squash'])(
  'a bot that is started anew while one is tested to land by %s',
  (method) => {
    let sandbox: Sandbox;
    let before: string;
    let updated: string;

    beforeAll(async () => {
      sandbox = await startSandbox({
        seed: smallSeed({
          // Under squash only what shares code is brought up to date.
          issues: [1, 2, 3].map((number) => ({ number, labels: ['shares:core'] })),
          config: { merge: { method, checks: ['test'] } },
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
      const last = await sandbox.pullOf(3);
      const landedAs = method === 'fast-forward' ? last.head.sha : last.merge_commit_sha;
      expect(await headOf(sandbox, 'main')).toBe(landedAs);
    });
  },
);
