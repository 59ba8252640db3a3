import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import {
  createCi,
  filesOnMain,
  headOf,
  landed,
  mainLog,
  mergeAll,
  untilQuiet,
  workOn,
} from '../support/landing.js';
import { type Sandbox, startSandbox } from '../support/sandbox.js';
import { smallSeed } from '../support/seeds.js';

const WRITES = {
  'fast-forward': ['FastForward', 'UpdateBranch', 'DeleteBranch'],
  squash: ['pulls/merge', 'UpdateBranch', 'DeleteBranch'],
};

const FAULTS = [
  ['a server error before its effect', 'before'],
  ['a server error after its effect', 'after'],
] as const;

/** Under squash only what shares code is updated. */
const ISSUES = [1, 2].map((number) => ({ number, labels: ['shares:core'] }));

describe.each(Object.keys(WRITES) as (keyof typeof WRITES)[])('landing by %s', (method) => {
  describe.each(FAULTS)('where each write meets %s', (_, when) => {
    let sandbox: Sandbox;
    let fired: number[];
    let tested: readonly string[];

    beforeAll(async () => {
      sandbox = await startSandbox({ seed: smallSeed({ issues: ISSUES, config: { merge: { method } } }) });
      await sandbox.deploy(1, 2);
      await workOn(sandbox, [1, 2]);
      await sandbox.faults({
        requests: WRITES[method].map((operation) => ({
          match: { operation },
          when,
          answer: { status: 502 },
        })),
      });
      const ci = createCi(sandbox, { base: { test: 'success' } });
      await mergeAll(sandbox);
      await untilQuiet(sandbox, ci);
      await sandbox.advance('PT5M');
      await untilQuiet(sandbox, ci);
      fired = await sandbox.fired();
      tested = ci.tested;
    }, 120_000);
    afterAll(() => sandbox.stop());

    test('both land once, in order', async () => {
      expect(fired).toEqual([1, 1, 1]);
      expect(await landed(sandbox)).toEqual([1, 2]);
      const titles = (await mainLog(sandbox)).map(({ title }) => title).filter((title) => title !== 'Start');
      expect(new Set(titles).size).toBe(titles.length);
      expect((await filesOnMain(sandbox)).toSorted()).toEqual(
        expect.arrayContaining(['issue-1.py', 'issue-2.py']),
      );
    });

    test('what landed was tested, and nothing is left behind', async () => {
      for (const issue of [1, 2]) expect(tested).toContain((await sandbox.pullOf(issue)).head.sha);
      expect(await sandbox.branches()).toEqual(['main']);
      expect(await sandbox.tracker()).toMatchObject({ state: 'closed' });
      const comments = await sandbox.comments((await sandbox.tracker()).number);
      expect(comments.filter((text) => text.includes('The deployment on'))).toHaveLength(1);
    });
  });
});

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
