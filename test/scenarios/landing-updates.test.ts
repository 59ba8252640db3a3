import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

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
import { smallSeed } from '../support/seeds.js';

const CI = [{ context: 'test', app: 'ci' }];

/** So many issues of a base with these rules, or one that takes only heads which hold all of it and have passed CI. */
function strict(count: number, parts: Parameters<typeof smallSeed>[0] = {}): Promise<Sandbox> {
  const issues = Array.from({ length: count }, (_, index) => ({ number: index + 1 }));
  const rules = parts.rulesets ? {} : { protection: { required_checks: CI, strict: true } };
  return startSandbox({
    seed: smallSeed({ issues, ...rules, config: { merge: { method: 'squash' } }, ...parts }),
  });
}

async function headOfPull(sandbox: Sandbox, issue: number): Promise<string> {
  return (await sandbox.pullOf(issue)).head.sha;
}

describe('an update that GitHub does not make', () => {
  let sandbox: Sandbox;
  let ci: Ci;
  let parents: number;
  let landedAtFirst: number[];
  let asked: string[];
  let row: string;

  beforeAll(async () => {
    sandbox = await strict(4, { files: { 'shared.py': 'state = "open"\n' } });
    await sandbox.deploy(1, 2, 3, 4);
    // What 2 does and takes back cannot be rebased onto 1, and merges all the same.
    await sandbox.work(2, { 'shared.py': 'state = "2"\n' });
    await workOn(sandbox, [1, 2, 3, 4], (issue) => {
      if (issue === 1) return { 'shared.py': 'state = "1"\n' };
      return issue === 2 ? { 'shared.py': 'state = "open"\n', ...ownFile(2) } : ownFile(issue);
    });
    ci = createCi(sandbox);
    for (const issue of [1, 2]) await sandbox.comment('maintainer', issue, '/merge');
    await untilQuiet(sandbox, ci);
    const head = await headOfPull(sandbox, 2);
    parents = (await sandbox.repo('admin', 'GET', `/commits/${head}`)).parents.length;

    await refuseUpdatesOfThree(sandbox);
    await mergeAll(sandbox);
    await untilQuiet(sandbox, ci);
    landedAtFirst = await landed(sandbox);
    row = await rowOf(sandbox, 3);
    asked = await requestsOn(sandbox, 3);

    await sandbox.faults({});
    await sandbox.work(3, { 'more.py': 'more = True\n' });
    await untilQuiet(sandbox, ci);
  }, 120_000);
  afterAll(() => sandbox.stop());

  test('by rebase is made by a merge of the base', () => {
    expect(parents).toBe(2);
    expect(landedAtFirst.slice(0, 2)).toEqual([1, 2]);
  });

  test('by both keeps nobody else from landing', () => {
    expect(landedAtFirst).toEqual([1, 2, 4]);
  });

  test('is shown, and its subagent asked once for the head, although the base moved meanwhile', () => {
    expect(row).toContain('GitHub does not let me bring it up to date: Repository rule…');
    expect(asked).toEqual([expect.stringContaining(`GitHub does not let me do that: "${SENTENCE}"`)]);
  });

  test('is made at the next head, by nobody’s word', async () => {
    expect(await landed(sandbox)).toEqual([1, 2, 4, 3]);
    expect(await filesOnMain(sandbox)).toContain('more.py');
  });
});

const SENTENCE = 'Repository rule violations found: the branch takes no pushes of apps';

/** GitHub refuses two updates, lets one pass, which is that of 4, and refuses the others. */
async function refuseUpdatesOfThree(sandbox: Sandbox): Promise<void> {
  const errors = [{ type: 'UNPROCESSABLE', path: ['f0'], message: SENTENCE }];
  const answer = { status: 200, body: { data: { f0: null }, errors } };
  const refused = { match: { operation: 'UpdateBranch' }, when: 'before', answer };
  await sandbox.faults({
    requests: [
      { ...refused, times: 2 },
      { ...refused, skip: 1, times: 1000 },
    ],
  });
}

async function requestsOn(sandbox: Sandbox, issue: number): Promise<string[]> {
  const { number } = await sandbox.pullOf(issue);
  return (await sandbox.comments(number)).filter((text) =>
    text.startsWith('This has to be brought up to date'),
  );
}

describe('a base that wants heads up to date, and reviews of what was pushed last', () => {
  let sandbox: Sandbox;
  let tested: readonly string[];
  let updated: string;
  let landedAtFirst: number[];

  beforeAll(async () => {
    const rules = { pull_request: { approvals: 1, dismiss_stale: true }, required_checks: CI, strict: true };
    sandbox = await strict(2, { rulesets: [rules] });
    await sandbox.deploy(1, 2);
    await workOn(sandbox, [1, 2]);
    await approve(sandbox, 'maintainer', 1);
    const ci = createCi(sandbox);
    await mergeAll(sandbox);
    await untilQuiet(sandbox, ci);
    landedAtFirst = await landed(sandbox);
    updated = await headOfPull(sandbox, 2);
    await approve(sandbox, 'maintainer', 2);
    await untilQuiet(sandbox, ci);
    tested = ci.tested;
  }, 120_000);
  afterAll(() => sandbox.stop());

  test('gets the next one updated first, so that one review and one more test run suffice', async () => {
    expect(landedAtFirst).toEqual([1]);
    expect(await landed(sandbox)).toEqual([1, 2]);
    expect(await headOfPull(sandbox, 2)).toBe(updated);
    expect(tested).toHaveLength(3);
    expect(tested[2]).toBe(updated);
  });
});

describe('a base that moves whenever CI has passed', () => {
  let sandbox: Sandbox;
  let ci: Ci;
  let bodies: string[];
  let landedAtFirst: number[];

  beforeAll(async () => {
    sandbox = await strict(2);
    await sandbox.deploy(1, 2);
    await workOn(sandbox, [1, 2]);
    ci = createCi(sandbox);
    await ci.run();
    await pushToMain(sandbox, 0);
    await sandbox.comment('maintainer', 1, '/merge');
    bodies = [];
    for (const race of [1, 2, 3]) {
      await sandbox.advance('PT90S');
      bodies.push((await sandbox.tracker()).body);
      await pushToMain(sandbox, race);
      await ci.run();
    }
    await sandbox.comment('maintainer', 2, '/merge');
    await sandbox.advance('PT90S');
    bodies.push((await sandbox.tracker()).body);
    await untilQuiet(sandbox, ci);
    landedAtFirst = await landed(sandbox);
  }, 120_000);
  afterAll(() => sandbox.stop());

  test('is told to people after the third time, with what helps', () => {
    const said = '`main` moved 3 times before it could land';
    expect(bodies.map((body) => body.includes(said))).toEqual([false, false, false, true]);
    expect(bodies.at(-1)).toContain('turns on a merge queue for `main`');
  });

  test('keeps no other from landing, and lets it land once it stands still', () => {
    expect(landedAtFirst).toEqual([2, 1]);
  });
});

/** Somebody who may go past the rules pushes to main. */
async function pushToMain(sandbox: Sandbox, count: number): Promise<void> {
  const content = Buffer.from(`${count}\n`).toString('base64');
  await sandbox.repo('admin', 'PUT', `/contents/by-hand-${count}.txt`, { message: 'By hand', content });
}
