import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { WORLDS, worldSeed } from '../support/landing-worlds.js';
import { approve, createCi, landed, ownFile, untilQuiet, workOn } from '../support/landing.js';
import { type Sandbox, startSandbox } from '../support/sandbox.js';

const ISSUES = [1, 2, 3, 4, 5];

/** That each lands by its approvals; where the base asks for none, the settings ask for one all the same. */
const MERGE = { when: 'approved' };

describe.each(WORLDS)('what lands by its reviews, by $name', (world) => {
  let sandbox: Sandbox;
  let landedAtFirst: number[];
  let shownAtFirst: string;
  let landedThen: number[];

  beforeAll(async () => {
    const issues = ISSUES.map((number) => ({ number }));
    sandbox = await startSandbox({ seed: worldSeed(world, { issues, merge: MERGE }) });
    await sandbox.deploy(...ISSUES);
    // Number 5 is approved while its task file is still there.
    await sandbox.work(5, ownFile(5));
    await approve(sandbox, 'maintainer', 5);
    await workOn(sandbox, [1, 2, 3, 4]);
    await sandbox.comment('writer', 5, '/ready');
    await approve(sandbox, 'admin', 2);
    await approve(sandbox, 'writer', 3);
    await approve(sandbox, 'maintainer', 4);
    await sandbox.work(4, { 'more.py': 'more = True\n' });
    const ci = createCi(sandbox);
    await untilQuiet(sandbox, ci);
    landedAtFirst = await landed(sandbox);
    shownAtFirst = (await sandbox.tracker()).body;

    await approve(sandbox, 'maintainer', 2, 4);
    await untilQuiet(sandbox, ci);
    landedThen = await landed(sandbox);

    await approve(sandbox, 'admin', 1);
    await configure(sandbox, { merge: { ...MERGE, method: world.method, 'self-approval': true } });
    await untilQuiet(sandbox, ci);
  }, 120_000);
  afterAll(() => sandbox.stop());

  test('is nothing without an approval, by who asked or wrote, or of an older head', () => {
    expect(landedAtFirst).toEqual([5]);
    expect(shownAtFirst.match(/Approvals: 0 of 1/g)?.length).toBeGreaterThanOrEqual(4);
  });

  test('is what was approved before the app took the task file from it', () => {
    expect(landedAtFirst).toContain(5);
  });

  test('is, in order, what somebody else has approved, over the app’s own updates', async () => {
    expect(landedThen).toEqual([5, 2, 4]);
    // By fast-forward each of them had to be brought up to date after its approval.
    const [reviews, { head }] = await Promise.all([reviewed(sandbox, 4), sandbox.pullOf(4)]);
    expect(reviews.includes(head.sha)).toBe(world.method === 'squash');
  });

  test('is, where people may approve their own work, what who asked or wrote has approved', async () => {
    expect(await landed(sandbox)).toEqual([5, 2, 4, 1, 3]);
    expect(await sandbox.branches()).toEqual(['main']);
  });
});

/** The heads of the pull request of an issue that somebody has approved. */
async function reviewed(sandbox: Sandbox, issue: number): Promise<readonly string[]> {
  const { number } = await sandbox.pullOf(issue);
  const reviews: readonly { readonly commit_id: string }[] = await sandbox.repo(
    'admin',
    'GET',
    `/pulls/${number}/reviews`,
  );
  return reviews.map(({ commit_id: sha }) => sha);
}

/** Somebody who may go past the rules changes the configuration. */
async function configure(sandbox: Sandbox, config: object): Promise<void> {
  const path = '/contents/.github/subagents.yml';
  const { sha } = await sandbox.repo('admin', 'GET', path);
  const content = Buffer.from(JSON.stringify(config)).toString('base64');
  await sandbox.repo('admin', 'PUT', path, { message: 'Configure', sha, content });
  await sandbox.settle();
}
