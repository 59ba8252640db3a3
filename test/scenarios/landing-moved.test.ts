import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { WORLDS, worldSeed } from '../support/landing-worlds.js';
import {
  approve,
  createCi,
  filesOnMain,
  headOf,
  landed,
  mainLog,
  mergeAll,
  untilQuiet,
  workOn,
} from '../support/landing.js';
import { type Loose, type Sandbox, startSandbox } from '../support/sandbox.js';

describe.each(WORLDS)('what moves while it is to land, by $name', (world) => {
  const move = world.method === 'fast-forward' ? 'FastForward' : 'pulls/merge';
  const isUpdated = world.method === 'fast-forward' || world.isProtected;
  const landedWhenMoved: number[][] = [];
  let sandbox: Sandbox;
  let whileDraft: readonly string[];
  let whilePushed: readonly string[];
  let last: string;
  let manual: string;
  let unsure: string;
  let landedUnsure: number[];
  let unprepared: number[];
  let tested: readonly string[];

  const headOfPull = async (): Promise<string> => (await sandbox.pullOf(1)).head.sha;

  /** CI passes, then something happens that the bot does not see when it decides: what the bot asked GitHub. */
  async function meanwhile(change: () => Promise<unknown>): Promise<readonly string[]> {
    await sandbox.check(await headOfPull(), 'test', 'success');
    await change();
    await sandbox.forgetRequests();
    await sandbox.faults({ reads: { lag: 1 } });
    await sandbox.advance('PT20S');
    await sandbox.faults({});
    await sandbox.advance('PT5M');
    landedWhenMoved.push(await landed(sandbox));
    return (await sandbox.asked()).map(({ operation }) => operation);
  }

  beforeAll(async () => {
    landedWhenMoved.length = 0;
    const issues = [{ number: 1 }];
    sandbox = await startSandbox({ seed: worldSeed(world, { issues, checks: ['test'], strict: true }) });
    await sandbox.deploy(1);
    await workOn(sandbox, [1]);
    await approve(sandbox, 'maintainer', 1);
    await mergeAll(sandbox);

    const { node_id: id } = await sandbox.pullOf(1);
    whileDraft = await meanwhile(() => setDraft(sandbox, id, true));
    await setDraft(sandbox, id, false);
    // While CI runs: its report is on the old head.
    const before = await headOfPull();
    await sandbox.work(1, { 'more.py': 'more = True\n' });
    await approve(sandbox, 'maintainer', 1);
    await sandbox.check(before, 'test', 'success');
    await sandbox.advance('PT1M');
    landedWhenMoved.push(await landed(sandbox));
    whilePushed = await meanwhile(() => sandbox.work(1, { 'late.py': 'late = True\n' }));

    await approve(sandbox, 'maintainer', 1);
    last = await headOfPull();
    manual = await commitToMain(sandbox);
    const ci = createCi(sandbox, { base: { test: 'success' } });
    await sandbox.faults({ reads: { mergeability: 'unknown' } });
    await ci.run();
    await sandbox.advance('PT2M');
    unsure = await headOfPull();
    landedUnsure = await landed(sandbox);
    // Both end by themselves: GitHub works out whether it merges, and prepares the rebase.
    await sandbox.faults({ requests: [NOT_PREPARED] });
    await untilQuiet(sandbox, ci);
    unprepared = await sandbox.fired();
    ({ tested } = ci);
  }, 120_000);
  afterAll(() => sandbox.stop());

  test('is not landed: neither a draft, nor what was pushed to, at the head that was judged', () => {
    expect(whileDraft).toContain('pulls/get');
    expect(whileDraft).not.toContain(move);
    expect(whilePushed).toContain('pulls/get');
    expect(whilePushed).not.toContain(move);
    expect(landedWhenMoved).toEqual([[], [], []]);
  });

  test('is neither landed nor brought up to date while GitHub does not know whether it merges', () => {
    expect(unsure).toBe(last);
    expect(landedUnsure).toEqual([]);
  });

  test('is rebased where GitHub has prepared that a moment later only, and nobody is asked for that', async () => {
    expect(unprepared).toEqual([isUpdated ? 1 : 0]);
    const { number, head } = await sandbox.pullOf(1);
    expect((await sandbox.repo('admin', 'GET', `/commits/${head.sha}`)).parents).toHaveLength(1);
    expect(await sandbox.comments(number)).toEqual([]);
  });

  test('lands as it is then, once that is tested, and upon the moved base where its rules or the method want that', async () => {
    const pull = await sandbox.pullOf(1);
    expect(await landed(sandbox)).toEqual([1]);
    expect(await filesOnMain(sandbox)).toContain('late.py');
    expect(tested).toEqual(isUpdated ? [last, pull.head.sha] : [last]);
    const landedAs = world.method === 'fast-forward' ? pull.head.sha : pull.merge_commit_sha;
    expect(await headOf(sandbox, 'main')).toBe(landedAs);
    expect((await mainLog(sandbox)).map(({ sha }) => sha)).toContain(manual);
  });
});

/** GitHub's words for a rebase that is asked for too early, once. */
const NOT_PREPARED = {
  match: { operation: 'UpdateBranch' },
  when: 'before',
  answer: {
    status: 200,
    body: {
      data: { f0: null },
      errors: [{ type: 'UNPROCESSABLE', path: ['f0'], message: 'rebase not prepared' }],
    },
  },
};

async function setDraft(sandbox: Sandbox, id: string, draft: boolean): Promise<void> {
  const name = draft ? 'convertPullRequestToDraft' : 'markPullRequestReadyForReview';
  const mutation = `mutation ($id: ID!) { ${name}(input: { pullRequestId: $id }) { clientMutationId } }`;
  const { errors }: Loose = await sandbox.graphql('writer', mutation, { id });
  expect(errors).toBeUndefined();
}

/** Somebody who may go past the rules pushes to main. */
async function commitToMain(sandbox: Sandbox): Promise<string> {
  const content = Buffer.from('by hand\n').toString('base64');
  const file = { message: 'By hand', branch: 'main', content };
  return (await sandbox.repo('admin', 'PUT', '/contents/manual.txt', file)).commit.sha;
}
