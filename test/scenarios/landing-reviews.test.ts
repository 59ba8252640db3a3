import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { WORLDS, worldSeed } from '../support/landing-worlds.js';
import { approve, createCi, landed, ownFile, untilQuiet, workOn } from '../support/landing.js';
import { type Sandbox, startSandbox } from '../support/sandbox.js';

const ISSUES = [1, 2, 3, 4];

/** That each lands by its approvals; where the base asks for none, the settings ask for one all the same. */
const MERGE = { when: 'approved' };

describe.each(WORLDS)('what lands by its reviews, by $name', (world) => {
  let sandbox: Sandbox;
  let landedAtFirst: number[];
  let shownAtFirst: string;

  beforeAll(async () => {
    const issues = ISSUES.map((number) => ({ number }));
    sandbox = await startSandbox({ seed: worldSeed(world, { issues, merge: MERGE }) });
    await sandbox.deploy(...ISSUES);
    // Number 4 is approved while its task file is still there.
    await sandbox.work(4, ownFile(4));
    await approve(sandbox, 'maintainer', 4);
    await workOn(sandbox, [1, 2, 3]);
    await sandbox.comment('writer', 4, '/ready');
    await approve(sandbox, 'admin', 1);
    await approve(sandbox, 'writer', 2);
    await approve(sandbox, 'maintainer', 3);
    await sandbox.work(3, { 'more.py': 'more = True\n' });
    const ci = createCi(sandbox);
    await untilQuiet(sandbox, ci);
    landedAtFirst = await landed(sandbox);
    shownAtFirst = (await sandbox.tracker()).body;

    await configure(sandbox, { merge: { ...MERGE, method: world.method, 'self-approval': true } });
    await approve(sandbox, 'maintainer', 3);
    await untilQuiet(sandbox, ci);
  }, 120_000);
  afterAll(() => sandbox.stop());

  test('is nothing that only who asked or wrote has approved, or of which an older head was approved', () => {
    expect(landedAtFirst.filter((issue) => issue !== 4)).toEqual([]);
    expect(shownAtFirst.match(/Approvals: 0 of 1/g)?.length).toBeGreaterThanOrEqual(3);
  });

  test('is what was approved before the app took the task file from it', () => {
    expect(landedAtFirst).toEqual([4]);
  });

  test('is, where people may approve their own work, what who asked or wrote has approved', async () => {
    expect((await landed(sandbox)).slice(0, 3)).toEqual([4, 1, 2]);
  });

  test('is what somebody else has approved, over the app’s own updates', async () => {
    expect(await landed(sandbox)).toEqual([4, 1, 2, 3]);
    // By fast-forward it had to be brought up to date after its approval.
    const [reviews, { head }] = await Promise.all([reviewed(sandbox, 3), sandbox.pullOf(3)]);
    expect(reviews.includes(head.sha)).toBe(world.method === 'squash');
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
