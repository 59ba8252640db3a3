import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { WORLDS, worldSeed } from '../support/landing-worlds.js';
import {
  type Ci,
  approve,
  createCi,
  filesOnMain,
  landed,
  mergeAll,
  ownFile,
  rowOf,
  untilQuiet,
  workOn,
} from '../support/landing.js';
import { type Sandbox, startSandbox } from '../support/sandbox.js';

/*
 * Under squash on a base without rules nothing is brought up to date because the base moved, so nobody can be outrun
 * there. What two sharers want of each other is brought up to date in the scenarios of the slot, by the same rule.
 */
const UPDATING = WORLDS.filter(({ method, isProtected }) => method === 'fast-forward' || isProtected);

/** Issues, of which more than one is brought up to date before it lands. */
const issues = (count: number) => Array.from({ length: count }, (_, index) => ({ number: index + 1 }));

describe.each(UPDATING)('an update before a landing, by $name', (world) => {
  const bodies: string[] = [];
  let sandbox: Sandbox;
  let ci: Ci;
  let parents: number;
  let landedBeside: number[];
  let asked: string[];
  let row: string;

  const wish = (issue: number) => sandbox.comment('maintainer', issue, '/merge');

  beforeAll(async () => {
    const files = { 'shared.py': 'state = "open"\n' };
    const seed = worldSeed(world, { issues: issues(4), files, checks: ['test'], strict: true });
    sandbox = await startSandbox({ seed });
    await sandbox.deploy(1, 2, 3, 4);
    // What 3 does and takes back cannot be rebased onto 1, and merges all the same.
    await sandbox.work(3, { 'shared.py': 'state = "3"\n' });
    await workOn(sandbox, [1, 2, 3, 4], (issue) => {
      if (issue === 1) return { 'shared.py': 'state = "1"\n' };
      return issue === 3 ? { 'shared.py': 'state = "open"\n', ...ownFile(3) } : ownFile(issue);
    });
    await approve(sandbox, 'maintainer', 1, 2, 3, 4);
    ci = createCi(sandbox);
    await refuseUpdatesOfTwo(sandbox);
    for (const issue of [1, 2, 3]) await wish(issue);
    await untilQuiet(sandbox, ci);
    const { head } = await sandbox.pullOf(3);
    parents = (await sandbox.repo('admin', 'GET', `/commits/${head.sha}`)).parents.length;
    landedBeside = await landed(sandbox);
    row = await rowOf(sandbox, 2);
    asked = await requestsOn(sandbox, 2);

    await sandbox.faults({});
    await sandbox.work(2, { 'more.py': 'more = True\n' });
    await approve(sandbox, 'maintainer', 2);
    await ci.run();
    // The base moves whenever CI has passed on what was brought up to date.
    bodies.length = 0;
    for (const race of [1, 2, 3]) {
      await sandbox.advance('PT90S');
      bodies.push((await sandbox.tracker()).body);
      await pushToMain(sandbox, race);
      await ci.run();
    }
    await wish(4);
    await sandbox.advance('PT90S');
    bodies.push((await sandbox.tracker()).body);
    await untilQuiet(sandbox, ci);
  }, 120_000);
  afterAll(() => sandbox.stop());

  test('is a merge of the base where a rebase is not possible', () => {
    expect(parents).toBe(2);
  });

  test('that GitHub refuses either way keeps nobody else from landing', () => {
    expect(landedBeside).toEqual([1, 3]);
  });

  test('is shown then, and its subagent asked once for the head, although the base moved meanwhile', () => {
    expect(row).toContain('GitHub does not let me bring it up to date: Repository rule…');
    expect(asked).toEqual([expect.stringContaining(`GitHub does not let me do that: "${SENTENCE}"`)]);
  });

  test('is made at the next head, by nobody’s word', async () => {
    expect(await landed(sandbox)).toContain(2);
    expect(await filesOnMain(sandbox)).toContain('more.py');
  });

  test('is told to people after the base has moved before its landing for the third time, with what helps', () => {
    const said = '`main` moved 3 times before it could land';
    expect(bodies.map((body) => body.includes(said))).toEqual([false, false, false, true]);
    expect(bodies.at(-1)).toContain('turns on a merge queue for `main`');
  });

  test('keeps no other from landing then, and lets it land once the base stands still', async () => {
    expect(await landed(sandbox)).toEqual([1, 3, 4, 2]);
  });
});

const SENTENCE = 'Repository rule violations found: the branch takes no pushes of apps';

/** GitHub refuses the first two updates, which are those of 2, decides on both of 3 itself, and refuses the others. */
async function refuseUpdatesOfTwo(sandbox: Sandbox): Promise<void> {
  const errors = [{ type: 'UNPROCESSABLE', path: ['f0'], message: SENTENCE }];
  const answer = { status: 200, body: { data: { f0: null }, errors } };
  const refused = { match: { operation: 'UpdateBranch' }, when: 'before', answer };
  await sandbox.faults({
    requests: [
      { ...refused, times: 2 },
      { ...refused, skip: 2, times: 1000 },
    ],
  });
}

async function requestsOn(sandbox: Sandbox, issue: number): Promise<string[]> {
  const { number } = await sandbox.pullOf(issue);
  return (await sandbox.comments(number)).filter((text) =>
    text.startsWith('This has to be brought up to date'),
  );
}

/** Somebody who may go past the rules pushes to main. */
async function pushToMain(sandbox: Sandbox, count: number): Promise<void> {
  const content = Buffer.from(`${count}\n`).toString('base64');
  await sandbox.repo('admin', 'PUT', `/contents/by-hand-${count}.txt`, { message: 'By hand', content });
}

/* Only a protected base has reviews to end. */
describe.each(UPDATING.filter(({ isProtected }) => isProtected))(
  'a base that wants heads up to date, and reviews of what was pushed last, by $name',
  (world) => {
    let sandbox: Sandbox;
    let tested: readonly string[];
    let updated: string;
    let landedAtFirst: number[];

    beforeAll(async () => {
      const seed = worldSeed(world, { issues: issues(2), strict: true, dismiss: true });
      sandbox = await startSandbox({ seed });
      await sandbox.deploy(1, 2);
      await workOn(sandbox, [1, 2]);
      await approve(sandbox, 'maintainer', 1);
      const ci = createCi(sandbox);
      await mergeAll(sandbox);
      await untilQuiet(sandbox, ci);
      landedAtFirst = await landed(sandbox);
      updated = (await sandbox.pullOf(2)).head.sha;
      await approve(sandbox, 'maintainer', 2);
      await untilQuiet(sandbox, ci);
      ({ tested } = ci);
    }, 120_000);
    afterAll(() => sandbox.stop());

    test('gets the next one updated first, so that one review and one more test run suffice', async () => {
      expect(landedAtFirst).toEqual([1]);
      expect(await landed(sandbox)).toEqual([1, 2]);
      expect((await sandbox.pullOf(2)).head.sha).toBe(updated);
      expect(tested).toHaveLength(3);
      expect(tested[2]).toBe(updated);
    });
  },
);
