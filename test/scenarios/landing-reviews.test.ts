import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import {
  type Ci,
  approve,
  createCi,
  landed,
  mergeAll,
  ownFile,
  untilQuiet,
  workOn,
} from '../support/landing.js';
import { type Sandbox, startSandbox } from '../support/sandbox.js';
import { type SeedOptions, smallSeed } from '../support/seeds.js';

/** Pull requests only, one approval, squash. Nothing dismisses a stale approval. */
function reviewed(options: SeedOptions): string {
  return smallSeed({ protection: { approvals: 1 }, methods: ['squash'], ...options });
}

describe('a base that takes reviewed pull requests only', () => {
  let sandbox: Sandbox;
  let ci: Ci;
  let landedAtFirst: number[];
  let shownAtFirst: string;

  beforeAll(async () => {
    sandbox = await startSandbox({
      seed: reviewed({ issues: [1, 2, 3, 4, 5].map((number) => ({ number })) }),
    });
    await sandbox.deploy(1, 2, 3, 4, 5);
    // Number 5 is approved while its task file is still there.
    await sandbox.work(5, ownFile(5));
    await approve(sandbox, 'maintainer', 5);
    await workOn(sandbox, [1, 2, 3, 4]);
    await sandbox.comment('writer', 5, '/ready');
    await approve(sandbox, 'admin', 2);
    await approve(sandbox, 'writer', 3);
    await approve(sandbox, 'maintainer', 4);
    await sandbox.work(4, { 'more.py': 'more = True\n' });
    ci = createCi(sandbox);
    await mergeAll(sandbox);
    await untilQuiet(sandbox, ci);
    landedAtFirst = await landed(sandbox);
    shownAtFirst = (await sandbox.tracker()).body;
    await approve(sandbox, 'maintainer', 2, 3, 4);
    await untilQuiet(sandbox, ci);
  }, 120_000);
  afterAll(() => sandbox.stop());

  test('lands nothing without an approval, by who asked or wrote, or of an older head', () => {
    expect(landedAtFirst).toEqual([5]);
    expect(shownAtFirst.match(/Approvals: 0 of 1/g)?.length).toBeGreaterThanOrEqual(4);
  });

  test('says how it lands, and why', () => {
    expect(shownAtFirst).toContain('Lands by **squash**: `main` takes pull requests only');
  });

  test('takes an approval of what the app only took the task file from', () => {
    expect(landedAtFirst).toContain(5);
  });

  test('lands the others in order once somebody else has approved their heads', async () => {
    expect(await landed(sandbox)).toEqual([5, 2, 3, 4]);
    expect((await sandbox.pullOf(1)).state).toBe('open');
    expect(await sandbox.branches()).toEqual(['feature/issue-1', 'main']);
  });
});

describe('where people may approve their own work', () => {
  let sandbox: Sandbox;

  beforeAll(async () => {
    sandbox = await startSandbox({ seed: reviewed({ config: { merge: { 'self-approval': true } } }) });
    await sandbox.deploy(1, 2);
    await workOn(sandbox, [1, 2]);
    await approve(sandbox, 'admin', 1);
    await approve(sandbox, 'writer', 2);
    await mergeAll(sandbox);
    await untilQuiet(sandbox, createCi(sandbox));
  }, 120_000);
  afterAll(() => sandbox.stop());

  test('the approvals of who asked and of who wrote are enough', async () => {
    expect(await landed(sandbox)).toEqual([1, 2]);
  });
});
