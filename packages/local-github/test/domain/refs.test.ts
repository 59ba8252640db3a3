import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import { submitReview } from '../../src/domain/pulls/reviews.js';
import { commitFiles } from '../../src/domain/refs/commits.js';
import { mergeBranch } from '../../src/domain/refs/merge-branch.js';
import { createRef, deleteRef, updateRef, updateRefs } from '../../src/domain/refs/operations.js';
import { applyPush, pushAllowed } from '../../src/domain/refs/push.js';
import { ZERO_OID } from '../../src/git/oid.js';
import { type TestRepository, createTestRepository } from '../support/branches.js';

let market: TestRepository;

beforeEach(async () => {
  market = await createTestRepository();
});
afterEach(() => market.close());

const write = (branch: string, sha: string, force = false) =>
  updateRef(market.as('linus'), market.repository(), { ref: `refs/heads/${branch}`, sha, force });

describe('refs', () => {
  test('a new branch is in the state, on disk and in the events, in one effect', async () => {
    const linus = market.as('linus');
    await createRef(linus, market.repository(), { ref: 'refs/heads/feature/x', sha: market.first });
    expect(linus.effects).toHaveLength(1);
    expect(market.head('feature/x')).toBe(market.first);
    expect((await market.git.listRefs()).get('refs/heads/feature/x')).toBe(market.first);
    expect(market.news()).toEqual(['create', 'push', 'check_suite.requested']);
  });

  test('a name that is taken, an unknown commit and a name that git does not take are 422', async () => {
    const create = (ref: string, sha = market.first) =>
      createRef(market.as('linus'), market.repository(), { ref, sha });
    await expect(create('refs/heads/main')).rejects.toMatchObject({
      status: 422,
      message: 'Reference already exists',
    });
    await expect(create('refs/heads/x', 'f'.repeat(40))).rejects.toMatchObject({
      message: 'Object does not exist',
    });
    await expect(create('refs/heads/x', ZERO_OID)).rejects.toMatchObject({
      message: 'Object does not exist',
    });
    await expect(create('refs/heads/a..b')).rejects.toMatchObject({ status: 422 });
    await expect(create('refs/pull/9/head')).rejects.toMatchObject({ status: 422 });
    expect(market.world.store.effect).toBe(0);
  });

  test('triage and outsiders push nothing', async () => {
    for (const who of ['tove', 'olaf'] as const) {
      await expect(
        createRef(market.as(who), market.repository(), { ref: 'refs/heads/x', sha: market.first }),
      ).rejects.toMatchObject({ status: 403 });
    }
    const push = [{ ref: 'refs/heads/x', before: ZERO_OID, after: market.first }];
    expect(await pushAllowed(market.as('tove'), market.repository(), push, market.git)).toEqual([
      { ref: 'refs/heads/x', message: 'Permission to acme/market.git denied to tove.' },
    ]);
  });

  test('a branch moves without force only to a commit that contains the old one', async () => {
    await market.branch('x');
    const second = await market.commit('x', { 'x.txt': 'x' });
    await expect(write('x', market.first)).rejects.toMatchObject({
      status: 422,
      message: 'Update is not a fast forward',
    });
    market.news();
    await write('x', market.first, true);
    expect(market.head('x')).toBe(market.first);
    expect(market.events).toContainEqual(
      expect.objectContaining({ name: 'push', before: second, forced: true }),
    );
  });

  test('the default branch cannot be deleted, and a branch that is not there neither', async () => {
    const drop = (ref: string) => deleteRef(market.as('linus'), market.repository(), { ref });
    await expect(drop('refs/heads/main')).rejects.toMatchObject({ status: 422 });
    await expect(drop('refs/heads/nope')).rejects.toMatchObject({ message: 'Reference does not exist' });
  });

  test('updateRefs moves all or none: one lost race refuses the rest', async () => {
    await market.branch('x');
    const newer = await market.commit('x', { 'x.txt': 'x' });
    const effects = market.world.store.effect;
    const updates = [
      { name: 'refs/heads/y', before: ZERO_OID, after: newer, force: false },
      { name: 'refs/heads/x', before: market.first, after: ZERO_OID, force: false },
    ];
    await expect(updateRefs(market.as('linus'), market.repository(), updates)).rejects.toMatchObject({
      type: 'STALE_DATA',
    });
    expect(market.head('y')).toBeUndefined();
    expect(market.world.store.effect).toBe(effects);
    const linus = market.as('linus');
    const right = updates.map((update, index) => (index === 0 ? update : { ...update, before: newer }));
    await updateRefs(linus, market.repository(), right);
    expect(market.head('y')).toBe(newer);
    expect(market.head('x')).toBeUndefined();
    expect(linus.effects).toHaveLength(1);
  });

  test('a branch cannot lie below another one', async () => {
    await market.branch('x');
    await expect(market.branch('x/y')).rejects.toMatchObject({ status: 422 });
    expect(market.head('x/y')).toBeUndefined();
  });

  test('an app without the workflows permission brings no workflow to a branch', async () => {
    await expect(
      market.commit('main', { '.github/workflows/ci.yml': 'on: push' }, { who: 'app' }),
    ).rejects.toMatchObject({ status: 403 });
    await market.branch('x');
    const sha = await market.commit('x', { '.github/workflows/ci.yml': 'on: push' });
    await expect(
      updateRef(market.as('app'), market.repository(), { ref: 'refs/heads/main', sha, force: false }),
    ).rejects.toMatchObject({ status: 403 });
    const push = { ref: 'refs/heads/y', before: ZERO_OID, after: sha };
    const [refusal] = await pushAllowed(market.as('app'), market.repository(), [push], market.git);
    expect(refusal?.message).toContain('.github/workflows/ci.yml');
    await write('main', sha);
    expect(market.head('main')).toBe(sha);
  });
});

describe('commits', () => {
  test('a commit is by the caller and committed by GitHub; without a change of files it is empty', async () => {
    const linus = market.people.linus;
    const oid = await market.commit('main', {}, { headline: 'Nothing', body: 'At all.' });
    const commit = (await market.git.readCommit(oid))!;
    expect(commit.message).toBe('Nothing\n\nAt all.');
    expect(commit.author).toMatchObject({
      name: 'linus',
      email: `${linus.id}+linus@users.noreply.github.com`,
    });
    expect(commit.committer).toMatchObject({ name: 'GitHub', email: 'noreply@github.com' });
    expect(commit.parents).toEqual([market.first]);
    expect(commit.tree).toBe((await market.git.readCommit(market.first))!.tree);
  });

  test('a commit on a head that has moved is STALE_DATA and writes nothing', async () => {
    const oid = await market.commit('main', { 'c.txt': 'c' });
    const late = commitFiles(market.as('grace'), market.repository(), {
      branch: 'main',
      expectedHead: market.first,
      headline: 'Late',
      body: '',
      additions: [],
      deletions: [],
    });
    await expect(late).rejects.toMatchObject({ type: 'STALE_DATA' });
    expect(market.head('main')).toBe(oid);
  });

  test('merging a branch into another: a merge commit, nothing to do, a conflict, a base that is not there', async () => {
    const merge = (base: string, head: string) =>
      mergeBranch(market.as('linus'), market.repository(), { base, head });
    await market.branch('x');
    await market.branch('y');
    const x = await market.commit('x', { 'a.txt': 'x\n' });
    const y = await market.commit('y', { 'a.txt': 'y\n' });
    const merged = await merge('main', 'x');
    expect((await market.git.readCommit(merged!.oid))!.parents).toEqual([market.first, x]);
    expect(market.head('main')).toBe(merged!.oid);
    expect(await merge('main', 'x')).toBeUndefined();
    await expect(merge('main', y)).rejects.toMatchObject({ status: 409 });
    await expect(merge('nope', 'x')).rejects.toMatchObject({ status: 404 });
    await expect(merge('main', 'nope')).rejects.toMatchObject({ status: 404 });
  });

  test.each(['Closes #1', 'fixed: #1', 'RESOLVES acme/market#1', 'See this.\n\nFixes #1.'])(
    'a commit that says %j closes the issue when it is on the default branch, not before',
    async (body) => {
      const issue = market.issue('Bug');
      await market.branch('x');
      const oid = await market.commit('x', { 'x.txt': 'x' }, { body });
      expect(market.issueRow(issue.id).state).toBe('open');
      await write('main', oid);
      expect(market.issueRow(issue.id)).toMatchObject({ state: 'closed', stateReason: 'completed' });
    },
  );

  test.each([
    ['closes the issue', { contents: 'write', issues: 'write' }, 'closed'],
    ['closes nothing without issues: write', { contents: 'write', issues: 'read' }, 'open'],
  ] as const)('a commit of an app %s', async (_, permissions, state) => {
    const other = await createTestRepository({ permissions });
    const issue = other.issue('Bug');
    await other.commit('main', { 'x.txt': 'x' }, { body: 'Closes #1', who: 'app' });
    expect(other.issueRow(issue.id).state).toBe(state);
    await other.close();
  });

  test.each([
    'Closes 1',
    'encloses #1',
    'Closes other/market#1',
    'Fixes `#1`',
    '`Fixes #1`',
    '<!-- Fixes #1 -->',
    'Fixes #12',
  ])('a commit that says %j closes nothing', async (body) => {
    const issue = market.issue('Bug');
    await market.commit('main', { 'x.txt': 'x' }, { body });
    expect(market.issueRow(issue.id).state).toBe('open');
  });
});

describe('a push', () => {
  test('is applied in one effect: the pull request follows, its kept ref too', async () => {
    const pull = await market.pull('x', { 'x.txt': '1' });
    await submitReview(market.as('grace'), pull, { event: 'APPROVE' });
    const before = market.head('x')!;
    const { oid } = await market.git.writeCommit({
      base: before,
      parents: [before],
      message: 'More',
      author: { name: 'L', email: 'l@example.com', date: '2026-01-05T11:00:00Z' },
      committer: { name: 'L', email: 'l@example.com', date: '2026-01-05T11:00:00Z' },
      additions: [{ path: 'x.txt', content: Buffer.from('2') }],
      deletions: [],
    });
    const changes = [{ ref: 'refs/heads/x', before, after: oid }];
    expect(await pushAllowed(market.as('linus'), market.repository(), changes, market.git)).toEqual([]);
    await market.git.updateRefs([{ name: 'refs/heads/x', before, after: oid }]);
    market.news();
    const linus = market.as('linus');
    await applyPush(linus, market.repository(), changes);
    expect(linus.effects).toHaveLength(1);
    expect(market.pullRow(pull.id).headSha).toBe(oid);
    expect((await market.git.listRefs()).get('refs/pull/1/head')).toBe(oid);
    expect(market.news()).toEqual(['push', 'pull_request.synchronize', 'check_suite.requested']);
  });

  test('to the refs of pull requests, and a deletion of the default branch, are refused with a reason', async () => {
    const refused = await pushAllowed(
      market.as('linus'),
      market.repository(),
      [
        { ref: 'refs/pull/1/head', before: ZERO_OID, after: market.first },
        { ref: 'refs/heads/main', before: market.first, after: ZERO_OID },
        { ref: 'refs/heads/new', before: ZERO_OID, after: market.first },
      ],
      market.git,
    );
    expect(refused.map(({ ref }) => ref)).toEqual(['refs/pull/1/head', 'refs/heads/main']);
  });
});
