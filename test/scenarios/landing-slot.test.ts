import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { WORLDS, worldSeed } from '../support/landing-worlds.js';
import {
  approve,
  createCi,
  headOf,
  issueOf,
  landed,
  mergeAll,
  rowOf,
  say,
  untilQuiet,
  workOn,
} from '../support/landing.js';
import { type Loose, type Sandbox, startSandbox } from '../support/sandbox.js';

const ISSUES = [1, 2, 3, 4];

describe.each(WORLDS)('the slot, a hold and a freeze, by $name', (world) => {
  let sandbox: Sandbox;
  let updated: string;
  let waiting: string;
  /** The issues whose heads CI has tested, in that order. */
  const tested: number[] = [];
  const heads: Record<string, string> = {};
  let landedBeforeCi: number[];
  /** Heads of 3 and 4: while CI of 4 runs, when it has run for longer than a slot, and when it has passed all the same. */
  const pairs: string[][] = [];
  let landedAfterSlot: number[];
  let held: string;
  let landedWhileHeld: number[];
  let frozen: string;
  let gate: Loose;
  let landedWhileFrozen: number[];

  const headOfPull = async (issue: number): Promise<string> => (await sandbox.pullOf(issue)).head.sha;
  const headsOfPair = async () => [await headOfPull(3), await headOfPull(4)];

  beforeAll(async () => {
    // Under squash only what shares code is brought up to date, or where the base wants that.
    const labels = world.isProtected ? [] : ['shares:core'];
    const issues = ISSUES.map((number) => ({ number, labels }));
    const merge = { slot: '10min' };
    sandbox = await startSandbox({
      seed: worldSeed(world, { issues, checks: ['test'], strict: true, merge }),
    });
    const ci = createCi(sandbox, {
      report: (pull) => {
        tested.push(issueOf(pull));
        return { test: 'success' };
      },
    });
    await sandbox.deploy(...ISSUES);
    await workOn(sandbox, ISSUES);
    await approve(sandbox, 'maintainer', ...ISSUES);
    await ci.run();
    await mergeAll(sandbox);
    await sandbox.advance('PT30S');

    // 1 has landed, and 2 was brought up to date and waits for CI.
    updated = await headOfPull(2);
    waiting = await headOfPull(4);
    await sandbox.restartBot();
    // A more urgent one that is as ready as can be.
    await sandbox.label('writer', 4, 'priority:p0');
    await sandbox.advance('PT5M');
    landedBeforeCi = await landed(sandbox);
    heads['2'] = await headOfPull(2);
    heads['4'] = await headOfPull(4);
    await ci.run();
    await sandbox.advance('PT30S');

    // 2 has landed, and the urgent one waits for CI, which begins and does not end in time.
    const check = { name: 'test', head_sha: await headOfPull(4), status: 'in_progress' };
    await sandbox.repo('ci', 'POST', '/check-runs', check);
    pairs.length = 0;
    await sandbox.advance('PT9M');
    pairs.push(await headsOfPair());
    await sandbox.advance('PT2M');
    pairs.push(await headsOfPair());
    await sandbox.check(check.head_sha, 'test', 'success');
    await sandbox.advance('PT1M');
    pairs.push(await headsOfPair());
    landedAfterSlot = await landed(sandbox);

    await say(sandbox, 'triager', 4, '/hold -- wait for legal');
    held = await rowOf(sandbox, 4);
    await untilQuiet(sandbox, ci);
    landedWhileHeld = await landed(sandbox);

    const { number } = await sandbox.tracker();
    await say(sandbox, 'maintainer', number, '/freeze -- release day');
    await say(sandbox, 'writer', 4, '/unhold');
    await untilQuiet(sandbox, ci);
    landedWhileFrozen = await landed(sandbox);
    gate = await sandbox.gateOf(4);
    frozen = (await sandbox.tracker()).body;
    await say(sandbox, 'maintainer', number, '/unfreeze');
    await untilQuiet(sandbox, ci);
  }, 120_000);
  afterAll(() => sandbox.stop());

  test('the slot stays with the one that is being tested, over a restart and a more urgent one', () => {
    expect(landedBeforeCi).toEqual([1]);
    expect(heads).toEqual({ 2: updated, 4: waiting });
  });

  test('what was brought up to date lands as it was tested', async () => {
    expect(await headOfPull(2)).toBe(updated);
    const last = await sandbox.pullOf(4);
    const landedAs = world.method === 'fast-forward' ? last.head.sha : last.merge_commit_sha;
    expect(await headOf(sandbox, 'main')).toBe(landedAs);
  });

  test('it goes to the next one when it is over by time, and stays there when CI ends on the other after all', () => {
    const [first = [], second, third] = pairs;
    expect(second).toEqual([expect.not.stringMatching(first[0] ?? ''), first[1]]);
    expect(third).toEqual(second);
    expect(landedAfterSlot).toEqual([1, 2]);
  });

  test('the urgent one is next, and each is tested anew at its turn only: twice what was held then', () => {
    expect(tested).toEqual([...ISSUES.toReversed(), 2, 4, 3, 4]);
  });

  test('the hold stops its landing, says so, and lets the others go ahead', () => {
    expect(held).toContain('✋ on hold by tove: wait for legal');
    expect(landedWhileHeld).toEqual([1, 2, 3]);
  });

  test('the freeze stops it, too, once the hold is over, and says so', () => {
    expect(landedWhileFrozen).toEqual([1, 2, 3]);
    expect(gate).toMatchObject({
      status: 'in_progress',
      output: { title: expect.stringMatching(/^Frozen by grace: release day/) },
    });
    expect(frozen).toContain('**Frozen by grace: release day**: nothing lands.');
  });

  test('it lands once both are over', async () => {
    expect(await landed(sandbox)).toEqual([1, 2, 3, 4]);
    expect((await sandbox.tracker()).state).toBe('closed');
  });
});
