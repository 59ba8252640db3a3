import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import { mergePull } from '../../src/domain/pulls/merge.js';
import { openPull } from '../../src/domain/pulls/open.js';
import { editPull } from '../../src/domain/pulls/edit.js';
import { deleteRef, updateRef } from '../../src/domain/refs/operations.js';
import type { MergeMethod } from '../../src/state/model.js';
import { ask } from '../support/ask.js';
import { type TestRepository, createTestRepository } from '../support/branches.js';
import { forkOf } from '../support/forks.js';

let market: TestRepository;
let fork: Awaited<ReturnType<typeof forkOf>>;
beforeEach(async () => {
  market = await createTestRepository();
  fork = await forkOf(market, 'olaf');
  market.news();
});
afterEach(() => market.close());

const open = (
  who: Parameters<TestRepository['as']>[0],
  head: string,
  more: { maintainerCanModify?: boolean } = {},
) => openPull(market.as(who), market.repository(), { head, base: 'main', title: 'A change', ...more });

const kept = async (number: number) => (await market.git.listRefs()).get(`refs/pull/${number}/head`);

describe('opening from a fork', () => {
  test('keeps the head in the base repository, where its commits can be read from then on', async () => {
    const pull = await fork.pull('x', { 'x.txt': 'x' });
    expect(pull).toMatchObject({
      repositoryId: market.repository().id,
      headRepositoryId: fork.at().id,
      headSha: fork.head('x'),
      baseSha: market.first,
    });
    expect(await kept(1)).toBe(fork.head('x'));
    expect(market.repository().refs['refs/pull/1/head']).toBe(fork.head('x'));
    expect(Object.keys(fork.at().refs)).not.toContain('refs/pull/1/head');
    const commit = await ask(market.as('nobody'), 'repos/get-commit', { path: { ref: pull.headSha } });
    expect(commit.body.files).toMatchObject([{ filename: 'x.txt' }]);
  });

  // The docs ask for write on the head; github/docs#24492 and github3.py#1031 were opened without, and without the grant.
  test('somebody who cannot push to the fork opens one only without the grant to maintainers', async () => {
    await fork.branch('x');
    await fork.commit('x', { 'x.txt': 'x' });
    await expect(open('tove', 'olaf:x')).rejects.toMatchObject({
      status: 422,
      errors: [
        expect.objectContaining({
          field: 'fork_collab',
          message: "fork_collab Fork collab can't be granted by someone without permission",
        }),
      ],
    });
    const pull = await open('tove', 'olaf:x', { maintainerCanModify: false });
    expect(pull.maintainerCanModify).toBe(false);
  });

  test('grants maintainers the branch if nothing is said, and only from a fork', async () => {
    expect((await fork.pull('x', { 'x.txt': 'x' })).maintainerCanModify).toBe(true);
    expect((await fork.pull('y', { 'y.txt': 'y' }, false)).maintainerCanModify).toBe(false);
    expect((await market.pull('z', { 'z.txt': 'z' })).maintainerCanModify).toBe(false);
  });

  test('the grant is the business of who can push to the fork', async () => {
    const pull = await fork.pull('x', { 'x.txt': 'x' });
    const off = await editPull(market.as('olaf'), pull, { maintainerCanModify: false });
    expect(off.maintainerCanModify).toBe(false);
    await expect(editPull(market.as('linus'), off, { maintainerCanModify: true })).rejects.toMatchObject({
      status: 422,
    });
    expect((await editPull(market.as('olaf'), off, { maintainerCanModify: true })).maintainerCanModify).toBe(
      true,
    );
  });

  test('is 422 for no fork, no branch, nothing new, and a second time; branches of one name are two things', async () => {
    await expect(open('tove', 'tove:main')).rejects.toMatchObject({
      errors: [expect.objectContaining({ field: 'head' })],
    });
    await expect(open('olaf', 'olaf:nope')).rejects.toMatchObject({
      errors: [expect.objectContaining({ field: 'head' })],
    });
    await expect(open('olaf', 'olaf:main')).rejects.toMatchObject({
      errors: [expect.objectContaining({ message: 'No commits between main and main' })],
    });
    await fork.pull('x', { 'x.txt': 'x' });
    await expect(open('olaf', 'olaf:x')).rejects.toMatchObject({
      errors: [expect.objectContaining({ message: 'A pull request already exists for olaf:x.' })],
    });
    await market.pull('x', { 'x.txt': 'mine' });
    const heads = async (head: string) =>
      (await ask(market.as('nobody'), 'pulls/list', { query: { head } })).body.map(
        ({ number, head: { label } }: { number: number; head: { label: string } }) => [number, label],
      );
    expect(await heads('olaf:x')).toEqual([[1, 'olaf:x']]);
    expect(await heads('ACME:x')).toEqual([[2, 'acme:x']]);
    expect(await heads('tove:x')).toEqual([]);
  });

  test('an outsider opens none between two branches of the base repository', async () => {
    await market.branch('x');
    await market.commit('x', { 'x.txt': 'x' });
    await expect(open('olaf', 'x')).rejects.toMatchObject({ status: 403 });
    await expect(open('olaf', 'acme:x')).rejects.toMatchObject({ status: 403 });
  });

  test('`main` of a fork is not `main` of the base', async () => {
    await fork.commit('main', { 'o.txt': 'o' });
    const pull = await open('olaf', 'olaf:main');
    await market.commit('main', { 'm.txt': 'm' });
    expect(market.pullRow(pull.id)).toMatchObject({
      headSha: fork.head('main'),
      baseSha: market.head('main'),
    });
    expect(market.issueRow(pull.issueId).state).toBe('open');
    await fork.branch('x', market.first);
    await fork.commit('x', { 'x.txt': 'x' });
    const other = await open('olaf', 'olaf:x');
    await fork.commit('main', { 'p.txt': 'p' });
    expect(market.pullRow(other.id).baseSha).toBe(market.head('main'));
    await fork.force('main', fork.head('x')!);
    expect(market.pullRow(other.id)).toMatchObject({ baseSha: market.head('main'), merged: null });
  });
});

describe('the branch in the fork', () => {
  test('moves the pull request, its ref and what it changes, and tells the base repository of it', async () => {
    const pull = await fork.pull('x', { 'x.txt': 'x' });
    market.events.splice(0);
    const sha = await fork.commit('x', { 'more.txt': 'm' });
    expect(market.pullRow(pull.id).headSha).toBe(sha);
    expect(await kept(1)).toBe(sha);
    const base = market.repository().id;
    const told = market.events.filter(({ repositoryId }) => repositoryId === base);
    expect(told).toMatchObject([
      { name: 'pull_request', action: 'synchronize', before: pull.headSha, after: sha },
      { name: 'check_suite', action: 'requested' },
    ]);
    const files = await ask(market.as('nobody'), 'pulls/list-files', { path: { pull_number: 1 } });
    expect(files.body).toHaveLength(2);
  });

  test('forced says so in the timeline', async () => {
    const pull = await fork.pull('x', { 'x.txt': 'x' });
    await fork.branch('y');
    const other = await fork.commit('y', { 'x.txt': 'y' });
    await fork.force('x', other);
    expect(market.timeline(pull.issueId)).toEqual(['head_ref_force_pushed']);
    expect(await kept(1)).toBe(other);
  });

  // Seen by fork-dev/Tracker#1382 and imitated by go-gitea/gitea#9927: a head branch that goes closes what is open from it.
  test('deleted closes the pull request, keeps its head, and made again can be reopened', async () => {
    const pull = await fork.pull('x', { 'x.txt': 'x' });
    await deleteRef(market.as('olaf'), fork.at(), { ref: 'refs/heads/x' });
    expect(market.issueRow(pull.issueId).state).toBe('closed');
    expect(market.timeline(pull.issueId)).toEqual(['closed', 'head_ref_deleted']);
    expect(await kept(1)).toBe(pull.headSha);
    await fork.branch('x', pull.headSha);
    const more = await fork.commit('x', { 'x.txt': '2' });
    expect(market.pullRow(pull.id).headSha).toBe(pull.headSha);
    const reopened = await editPull(market.as('olaf'), market.pullRow(pull.id), { state: 'open' });
    expect(reopened.headSha).toBe(more);
    expect(await kept(1)).toBe(more);
  });

  test('makes old approvals stale where the base wants that', async () => {
    market.protect('main', { approvals: 1, dismissStale: true });
    const pull = await fork.pull('x', { 'x.txt': 'x' });
    const review = { path: { pull_number: 1 }, body: { event: 'APPROVE' } };
    expect((await ask(market.as('linus'), 'pulls/create-review', review)).status).toBe(200);
    await fork.commit('x', { 'x.txt': '2' });
    expect(market.timeline(pull.issueId)).toEqual(['review_dismissed']);
  });
});

describe('merging', () => {
  test.each<MergeMethod>(['merge', 'squash', 'rebase'])(
    'by %s brings the work of the fork',
    async (method) => {
      const pull = await fork.pull('x', { 'x.txt': 'x' });
      await market.commit('main', { 'm.txt': 'm' });
      const { oid } = await mergePull(market.as('linus'), market.pullRow(pull.id), { method });
      expect(market.head('main')).toBe(oid);
      expect(await market.git.entryAt(oid, 'x.txt')).toBeDefined();
      expect(await market.git.entryAt(oid, 'm.txt')).toBeDefined();
      expect(market.pullRow(pull.id).merged).toMatchObject({ commit: oid });
      expect(fork.head('x')).toBe(pull.headSha);
      expect(fork.head('main')).toBe(market.first);
    },
  );

  test('leaves the branch of the fork also where merged branches are deleted', async () => {
    market.configure({ deleteBranchOnMerge: true });
    const pull = await fork.pull('x', { 'x.txt': 'x' });
    await market.branch('x');
    await mergePull(market.as('linus'), pull, { method: 'merge' });
    expect(fork.head('x')).toBe(pull.headSha);
    expect(market.head('x')).toBe(market.first);
  });

  test('moving the base to the head marks it as merged', async () => {
    const pull = await fork.pull('x', { 'x.txt': 'x' });
    await updateRef(market.as('linus'), market.repository(), {
      ref: 'refs/heads/main',
      sha: pull.headSha,
      force: false,
    });
    expect(market.pullRow(pull.id).merged).toMatchObject({ commit: pull.headSha });
    expect(market.timeline(pull.issueId)).toEqual(['merged', 'closed']);
  });

  test('a conflict is seen', async () => {
    const pull = await fork.pull('x', { 'a.txt': 'theirs' });
    await market.commit('main', { 'a.txt': 'ours' });
    await expect(
      mergePull(market.as('linus'), market.pullRow(pull.id), { method: 'merge' }),
    ).rejects.toMatchObject({ status: 405 });
  });
});

describe('comparing', () => {
  const compare = (who: 'nobody' | 'app', basehead: string) =>
    ask(market.as(who), 'repos/compare-commits-with-basehead', { path: { basehead } });

  test('a branch of a fork counts from the base, also without a pull request', async () => {
    await fork.branch('x');
    const sha = await fork.commit('x', { 'x.txt': 'x' });
    expect(await compare('app', 'main...olaf:x')).toMatchObject({
      status: 200,
      body: { status: 'ahead', ahead_by: 1, commits: [{ sha }] },
    });
    await market.commit('main', { 'm.txt': 'm' });
    expect((await compare('nobody', 'acme:main...olaf:x')).body).toMatchObject({
      ahead_by: 1,
      behind_by: 1,
    });
  });

  test('is 404 for somebody without a fork, and for a branch that is not there', async () => {
    expect((await compare('nobody', 'main...tove:main')).status).toBe(404);
    expect((await compare('nobody', 'main...olaf:nope')).status).toBe(404);
  });
});

describe('checks on the head of a fork', () => {
  // https://docs.github.com/en/rest/checks/runs: "an empty pull_requests array and a null value for head_branch".
  test('are made in the base repository, and name neither the branch nor the pull request', async () => {
    const pull = await fork.pull('x', { 'x.txt': 'x' });
    const body = { name: 'gate', head_sha: pull.headSha, status: 'completed', conclusion: 'success' };
    const run = await ask(market.as('app'), 'checks/create', { body });
    expect(run).toMatchObject({ status: 201, body: { pull_requests: [] } });
    const suites = await ask(market.as('app'), 'checks/list-suites-for-ref', {
      path: { ref: pull.headSha },
    });
    expect(suites.body).toMatchObject({
      total_count: 1,
      check_suites: [{ head_branch: null, pull_requests: [], latest_check_runs_count: 1 }],
    });
  });

  test('let a pull request of the base repository with the same head keep its name', async () => {
    const pull = await fork.pull('x', { 'x.txt': 'x' });
    await market.branch('same', pull.headSha);
    await open('linus', 'same');
    const body = { name: 'gate', head_sha: pull.headSha };
    const run = await ask(market.as('app'), 'checks/create', { body });
    expect(run.body.pull_requests).toMatchObject([{ number: 2, head: { ref: 'same' } }]);
  });

  test('required ones hold the merge back', async () => {
    market.protect('main', { requiredChecks: [{ context: 'gate', appId: null }] });
    const pull = await fork.pull('x', { 'x.txt': 'x' });
    const merge = () => mergePull(market.as('linus'), pull, { method: 'squash' });
    await expect(merge()).rejects.toMatchObject({ status: 405 });
    const body = { name: 'gate', head_sha: pull.headSha, status: 'completed', conclusion: 'success' };
    await ask(market.as('app'), 'checks/create', { body });
    expect((await merge()).oid).toBe(market.head('main'));
  });
});
