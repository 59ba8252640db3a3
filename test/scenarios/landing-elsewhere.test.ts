import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { WORLDS, rulesOf } from '../support/landing-worlds.js';
import { approve, createCi, headOf } from '../support/landing.js';
import { type Loose, type Sandbox, startSandbox } from '../support/sandbox.js';
import { smallSeed } from '../support/seeds.js';

describe.each(WORLDS)('on a base that is not the default branch, by $name', (world) => {
  const isMarked = world.method === 'squash';
  let sandbox: Sandbox;
  let pull: Loose;
  let branches: readonly string[];
  let byHand: number | undefined;

  beforeAll(async () => {
    sandbox = await startSandbox({ seed: seedOf(world) });
    const sha = await headOf(sandbox, 'main');
    await sandbox.repo('admin', 'POST', '/git/refs', { ref: 'refs/heads/release', sha });
    await sandbox.deploy(1);
    await sandbox.work(1, { 'one.txt': 'one\n' });
    await sandbox.comment('writer', 1, '/ready\n/merge');
    await sandbox.settle();
    const path = `/repos/acme/market/pulls/${(await sandbox.pullOf(1)).number}/merge`;
    if (world.isProtected) byHand = (await sandbox.ask('maintainer', 'PUT', path, {})).status;
    await approve(sandbox, 'maintainer', 1);
    await createCi(sandbox).run();
    await sandbox.advance('PT2M');
    pull = await sandbox.pullOf(1);
    branches = await sandbox.branches();
  }, 120_000);
  afterAll(() => sandbox.stop());

  test('people merge nothing past its rules', () => {
    expect(byHand).toBe(world.isProtected ? 405 : undefined);
  });

  test('the work lands and the issue is closed with a word about it', async () => {
    const landedAs = isMarked ? pull.merge_commit_sha : pull.head.sha;
    expect(await headOf(sandbox, 'release')).toBe(landedAs);
    expect(await headOf(sandbox, 'main')).not.toBe(landedAs);
    expect((await sandbox.issue(1)).state).toBe('closed');
    expect(await sandbox.comments(1)).toContainEqual(
      expect.stringContaining(
        `Landed on \`release\` with pull request #${pull.number} as ${landedAs.slice(0, 7)}.`,
      ),
    );
  });

  test('the pull request stays open for ten minutes, and its branch with it, where GitHub marks nothing as merged by itself', () => {
    expect([pull.state, pull.merged_at === null]).toEqual(isMarked ? ['closed', false] : ['open', true]);
    expect(branches.includes('feature/issue-1')).toBe(!isMarked);
  });

  test('then it is closed with a word about it, the branch is deleted, and the deployment is complete', async () => {
    if (!isMarked) await sandbox.advance('PT16M');
    expect((await sandbox.pullOf(1)).state).toBe('closed');
    const said = isMarked ? [] : [expect.stringContaining('does not mark')];
    expect(await sandbox.comments(pull.number)).toEqual(said);
    expect(await sandbox.branches()).toEqual(['main', 'release']);
    const tracker = await sandbox.tracker();
    expect([tracker.state, tracker.title]).toEqual(['closed', 'Subagent deployment: 1 issue · ✅ complete']);
  });
});

/** One issue whose work goes to `release`, which has the rules of the world. */
function seedOf(world: (typeof WORLDS)[number]): string {
  const config = { base: 'release', merge: { method: world.method, checks: ['test'] } };
  const { protection, rulesets } = world.isProtected ? rulesOf(world) : {};
  const onRelease = rulesets?.map((rules) => ({ ...rules, branches: ['refs/heads/release'] }));
  const seed = smallSeed({ issues: [{ number: 1 }], config, ...(onRelease && { rulesets: onRelease }) });
  return JSON.stringify({ ...JSON.parse(seed), ...(protection && { protection: { release: protection } }) });
}
