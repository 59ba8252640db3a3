import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { WORLDS, worldSeed } from '../support/landing-worlds.js';
import {
  approve,
  createCi,
  headOf,
  landed,
  mergeAll,
  rowOf,
  say,
  untilQuiet,
  workOn,
} from '../support/landing.js';
import { type Sandbox, startSandbox } from '../support/sandbox.js';

/*
 * Where nobody names the checks that count, a head is green only once it has settled. That is so on a base without rules
 * only: those of a protected one name some.
 */

let sandbox: Sandbox;

const headOfPull = async (issue: number): Promise<string> => (await sandbox.pullOf(issue)).head.sha;

describe.each(WORLDS)('checks that have to pass, by $name', (world) => {
  const heads: string[] = [];
  const landedBefore: number[][] = [];
  let rows: string[];
  let overdue: string;
  let red: string;

  beforeAll(async () => {
    const issues = [{ number: 1 }, { number: 2 }];
    sandbox = await startSandbox({ seed: worldSeed(world, { issues, checks: ['build', 'test'] }) });
    const base = await headOf(sandbox, 'main');
    await sandbox.deploy(1, 2);
    await workOn(sandbox, [1, 2]);
    await approve(sandbox, 'maintainer', 1, 2);
    heads.splice(0, 2, await headOfPull(1), await headOfPull(2));
    const [one = '', two = ''] = heads;
    landedBefore.length = 0;
    // CI does not start on the first, and does a half of its work on the second.
    await sandbox.check(two, 'test', 'success');
    await mergeAll(sandbox);
    await sandbox.advance('PT10M');
    rows = [await rowOf(sandbox, 1), await rowOf(sandbox, 2)];
    landedBefore.push(await landed(sandbox));
    await sandbox.advance('PT25M');
    overdue = (await sandbox.tracker()).body;
    landedBefore.push(await landed(sandbox));

    await sandbox.check(base, 'test', 'failure');
    await sandbox.check(one, 'test', 'success');
    for (const sha of heads) await sandbox.check(sha, 'build', 'success');
    await sandbox.advance('PT5M');
    red = (await sandbox.tracker()).body;
    landedBefore.push(await landed(sandbox));

    await sandbox.check(base, 'test', 'success');
    const report = { build: 'success', test: 'success' };
    await untilQuiet(sandbox, createCi(sandbox, { report: () => report }));
  }, 120_000);
  afterAll(() => sandbox.stop());

  test('are waited for, those included that have not begun', () => {
    expect(landedBefore).toEqual([[], [], []]);
    expect(rows).toEqual([
      expect.stringContaining(`Waits for CI to start on \`${heads[0]?.slice(0, 7)}\``),
      expect.stringContaining('Waits for checks to report: build'),
    ]);
  });

  test('are named after half an hour: CI that never started, and a check that never reported', () => {
    expect(overdue).toContain(`CI never started on \`${heads[0]?.slice(0, 7)}\``);
    expect(overdue).not.toContain(`CI never started on \`${heads[1]?.slice(0, 7)}\``);
    expect(overdue).toContain('**Required, and never reported: build.** See whether a workflow');
  });

  test('keep everything from landing while they fail on the base itself', () => {
    expect(red).toContain('main itself is failing: test');
    expect(red).not.toContain('never');
  });

  test('let it land once they have passed', async () => {
    expect(await landed(sandbox)).toEqual([1, 2]);
  });
});

describe.each(WORLDS.filter(({ isProtected }) => !isProtected))(
  'checks that nobody names, by $name',
  (world) => {
    const landedThen: number[][] = [];
    let settling: string;
    let head: string;
    let overdue: string;

    /** CI passes on the head of an issue, and on the one that the app makes of it, which has to settle, too. */
    async function pass(issue: number, ...names: readonly string[]): Promise<void> {
      const before = await headOfPull(issue);
      for (const name of names) await sandbox.check(before, name, 'success');
      await sandbox.advance('PT1M');
      const after = await headOfPull(issue);
      if (after === before) return;
      for (const name of names) await sandbox.check(after, name, 'success');
      await sandbox.advance('PT10M');
    }

    beforeAll(async () => {
      const issues = [1, 2, 3].map((number) => ({ number }));
      sandbox = await startSandbox({ seed: worldSeed(world, { issues, merge: { settle: '10m' } }) });
      landedThen.length = 0;
      await sandbox.deploy(1, 2, 3);
      await workOn(sandbox, [1, 2, 3]);
      head = await headOfPull(2);
      await sandbox.check(head, 'lint', 'success');
      for (const issue of [1, 2]) await say(sandbox, 'writer', issue, '/merge');
      await sandbox.advance('PT5M');
      settling = await rowOf(sandbox, 2);
      landedThen.push(await landed(sandbox));
      await sandbox.check(head, 'build', 'failure');
      await sandbox.advance('PT10M');
      landedThen.push(await landed(sandbox));
      await pass(2, 'lint', 'build');
      landedThen.push(await landed(sandbox));

      await sandbox.check(await headOf(sandbox, 'main'), 'test', 'success');
      await say(sandbox, 'writer', 3, '/merge');
      await sandbox.advance('PT30M');
      overdue = (await sandbox.tracker()).body;
      landedThen.push(await landed(sandbox));
      await pass(3, 'test');
    }, 120_000);
    afterAll(() => sandbox.stop());

    test('may come late: nothing lands before its head has settled, with none or with one that passed early', () => {
      expect(settling).toContain(`Waits a moment for more checks on \`${head.slice(0, 7)}\``);
      expect(landedThen[0]).toEqual([]);
    });

    test('are not waited for longer where there are none, and stop what they fail on', () => {
      expect(landedThen.slice(1, 3)).toEqual([[1], [1, 2]]);
    });

    test('are waited for where the base has some, and said after half an hour to have never started', async () => {
      expect(overdue).toContain('CI never started on ');
      expect(landedThen[3]).toEqual([1, 2]);
      expect(await landed(sandbox)).toEqual([1, 2, 3]);
    });
  },
);
