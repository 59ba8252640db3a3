import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import { createCheckRun } from '../../src/domain/checks/runs.js';
import { markReady } from '../../src/domain/pulls/draft.js';
import { editPull } from '../../src/domain/pulls/edit.js';
import { type MergeInput, mergePull } from '../../src/domain/pulls/merge.js';
import { submitReview } from '../../src/domain/pulls/reviews.js';
import { type Person, START } from '../support/world.js';
import { type TestRepository, createTestRepository } from '../support/branches.js';

let market: TestRepository;

beforeEach(async () => {
  market = await createTestRepository();
});
afterEach(() => market.close());

function merge(pullId: number, input: Partial<MergeInput> = {}, who: Person | 'app' = 'grace') {
  return mergePull(market.as(who), market.pullRow(pullId), { method: 'merge', ...input });
}
const refusal = (pullId: number, input: Partial<MergeInput> = {}, who: Person | 'app' = 'grace') =>
  merge(pullId, input, who).then(
    () => 'merged',
    (error: { status: number; message: string }) => `${error.status} ${error.message}`,
  );
const read = async (oid: string) => (await market.git.readCommit(oid))!;
const fileOf = async (oid: string, path: string) =>
  (await market.git.readBlob((await market.git.entryAt(oid, path))!.oid))!.toString();

async function twoCommits() {
  const pull = await market.pull('x', { 'x.txt': '1' }, { title: 'Add x and y', body: 'Fixes #1' });
  await market.commit('x', { 'y.txt': '2' }, { headline: 'Add y', body: 'With a reason.', who: 'ada' });
  return market.pullRow(pull.id);
}

describe('the three methods', () => {
  test('merge: both parents, by the person who merges, committed by GitHub', async () => {
    const pull = await twoCommits();
    const base = await market.commit('main', { 'm.txt': 'm' });
    const { oid } = await merge(pull.id);
    expect(await read(oid)).toMatchObject({
      parents: [base, pull.headSha],
      message: 'Merge pull request #1 from acme/x\n\nAdd x and y',
      author: { name: 'grace' },
      committer: { name: 'GitHub' },
    });
    expect(await fileOf(oid, 'm.txt')).toBe('m');
    expect(await fileOf(oid, 'y.txt')).toBe('2');
  });

  test('squash: one commit by the author of the pull request, that lists the commits', async () => {
    const pull = await twoCommits();
    const { oid } = await merge(pull.id, { method: 'squash' });
    expect(await read(oid)).toMatchObject({
      parents: [market.first],
      message: 'Add x and y (#1)\n\n* Change x.txt\n\n* Add y\n\nWith a reason.',
      author: { name: 'linus' },
      committer: { name: 'GitHub' },
    });
    expect(market.pullRow(pull.id).merged).toMatchObject({ commit: oid, byId: market.people.grace.id });
  });

  test('squash of one commit takes its text; title and message can be given', async () => {
    const one = await market.pull('x', { 'x.txt': '1' });
    const two = await market.pull('y', { 'y.txt': '1' });
    expect((await read((await merge(one.id, { method: 'squash' })).oid)).message).toBe('Change x.txt (#1)');
    const given = await merge(two.id, { method: 'squash', title: 'Land it', message: 'Now.' });
    expect((await read(given.oid)).message).toBe('Land it\n\nNow.');
  });

  test('rebase: the commits anew, authors kept, committed by the person who merges, also where a fast-forward would do', async () => {
    const pull = await twoCommits();
    const { oid } = await merge(pull.id, { method: 'rebase' });
    const tip = await read(oid);
    const [parent] = tip.parents;
    expect(oid).not.toBe(pull.headSha);
    expect(tip).toMatchObject({
      author: { name: 'ada' },
      committer: { name: 'grace' },
      message: 'Add y\n\nWith a reason.',
    });
    expect(await read(parent!)).toMatchObject({ parents: [market.first], author: { name: 'linus' } });
  });
});

describe('a merge', () => {
  test('is one effect: base, pull request, issue, siblings and the deleted branch', async () => {
    market.configure({ deleteBranchOnMerge: true });
    const issue = market.issue('Bug');
    const pull = await market.pull('x', { 'x.txt': '1' }, { body: 'Fixes #1' });
    const sibling = await market.pull('y', { 'y.txt': '1' });
    const child = await market.pull('z', { 'z.txt': '1' }, { base: 'x' });
    market.news();
    const grace = market.as('grace');
    const { oid } = await mergePull(grace, market.pullRow(pull.id), { method: 'squash' });
    expect(grace.effects).toHaveLength(1);
    expect(market.head('main')).toBe(oid);
    expect(market.head('x')).toBeUndefined();
    expect((await market.git.listRefs()).get('refs/heads/main')).toBe(oid);
    expect(market.issueRow(issue.id).state).toBe('closed');
    expect(market.pullRow(sibling.id).baseSha).toBe(oid);
    expect(market.pullRow(child.id)).toMatchObject({ baseRef: 'main', baseSha: oid });
    expect(market.timeline(pull.issueId)).toEqual(['merged', 'closed', 'head_ref_deleted']);
    expect(market.news()).toEqual([
      'push',
      'delete',
      'push',
      'pull_request.edited',
      'pull_request.closed',
      'issues.closed',
      'check_suite.requested',
    ]);
  });

  test('into another branch than the default one closes no issue', async () => {
    const issue = market.issue('Bug');
    await market.branch('release');
    const pull = await market.pull('x', { 'x.txt': '1' }, { base: 'release', body: 'Fixes #1' });
    await merge(pull.id);
    expect(market.pullRow(pull.id).merged).not.toBeNull();
    expect(market.issueRow(issue.id).state).toBe('open');
  });

  test('with a merge commit also merges the pull request that it contains', async () => {
    const lower = await market.pull('x', { 'x.txt': '1' });
    await market.branch('y', market.head('x'));
    await market.commit('y', { 'y.txt': '1' });
    await market.branch('release');
    const upper = await market.pull('z', { 'z.txt': '1' }, { base: 'y' });
    await editPull(market.as('linus'), upper, { base: 'main' });
    await merge(upper.id);
    expect(market.pullRow(lower.id).merged).toMatchObject({ commit: lower.headSha });
  });

  test('is refused for a draft, a conflict, a closed one, a method that is off, and to people below write', async () => {
    const draft = await market.pull('x', { 'x.txt': '1' }, { draft: true });
    expect(await refusal(draft.id)).toBe('405 Pull Request is still a draft');
    markReady(market.as('linus'), draft);
    market.configure({ mergeMethods: ['squash'] });
    expect(await refusal(draft.id)).toBe('405 Merge commits are not allowed on this repository.');
    expect(await refusal(draft.id, { method: 'squash' }, 'tove')).toMatch(/^403 /);
    expect(await refusal(draft.id, { method: 'squash', sha: market.first })).toMatch(/^409 /);
    const conflicting = await market.pull('y', { 'a.txt': 'y' });
    await market.commit('main', { 'a.txt': 'm' });
    expect(await refusal(conflicting.id, { method: 'squash' })).toBe('405 Pull Request is not mergeable');
    expect(await refusal(draft.id, { method: 'squash' })).toBe('merged');
    expect(await refusal(draft.id, { method: 'squash' })).toBe('405 Pull Request is not mergeable');
  });

  test('waits for required checks, the newest of each app and name, and for approvals', async () => {
    const pull = await market.pull('x', { 'x.txt': '1' });
    market.protect('main', { requiredChecks: [{ context: 'merge-order', appId: 1001 }], approvals: 1 });
    const check = (change: { status?: 'in_progress'; conclusion?: 'failure' | 'success' | 'neutral' }) =>
      createCheckRun(market.as('app'), market.repository(), {
        name: 'merge-order',
        headSha: pull.headSha,
        ...change,
      });
    const approval = 'At least 1 approving review is required by reviewers with write access.';
    expect(await refusal(pull.id)).toBe(`405 Required status check "merge-order" is expected. ${approval}`);
    await check({ conclusion: 'success' });
    await check({ status: 'in_progress' });
    expect(await refusal(pull.id)).toBe(
      `405 Required status check "merge-order" is in progress. ${approval}`,
    );
    await check({ conclusion: 'failure' });
    expect(await refusal(pull.id)).toBe(`405 Required status check "merge-order" is failing. ${approval}`);
    await check({ conclusion: 'neutral' });
    await submitReview(market.as('ada'), pull, { event: 'APPROVE' });
    await submitReview(market.as('tove'), pull, { event: 'REQUEST_CHANGES', body: 'No' });
    expect(await refusal(pull.id)).toBe('merged');
  });

  test('of a branch that must be up to date reads its checks as expected until it is', async () => {
    const pull = await market.pull('x', { 'x.txt': '1' });
    market.protect('main', { strict: true, requiredChecks: [{ context: 'ci', appId: null }] });
    await createCheckRun(market.as('app'), market.repository(), {
      name: 'ci',
      headSha: pull.headSha,
      conclusion: 'success',
    });
    const sha = await market.commit('main', { 'm.txt': 'm' }, { who: 'ada' });
    expect(market.pullRow(pull.id).baseSha).toBe(sha);
    expect(await refusal(pull.id)).toBe('405 Required status check "ci" is expected.');
    expect(await refusal(pull.id, {}, 'ada')).toBe('merged');
  });

  test('of an administrator is refused like any other where the protection binds them too', async () => {
    const pull = await market.pull('x', { 'x.txt': '1' });
    market.protect('main', { approvals: 2, enforceAdmins: true });
    expect(await refusal(pull.id, {}, 'ada')).toBe(
      '405 At least 2 approving reviews are required by reviewers with write access.',
    );
  });

  test('with a merge commit is refused where history is linear', async () => {
    const pull = await market.pull('x', { 'x.txt': '1' });
    market.protect('main', { linear: true });
    expect(await refusal(pull.id)).toBe('405 This branch must not contain merge commits.');
    expect(await refusal(pull.id, { method: 'squash' })).toBe('merged');
  });

  test('by an app needs contents, and is by the app', async () => {
    const pull = await market.pull('x', { 'x.txt': '1' });
    const { oid } = await merge(pull.id, { method: 'squash' }, 'app');
    expect(market.pullRow(pull.id).merged).toMatchObject({ byId: market.app.botId, commit: oid });
    expect(Date.parse((await read(oid)).committer.date)).toBe(START);
    await market.close();
    market = await createTestRepository({ permissions: { pull_requests: 'write', contents: 'read' } });
    const other = await market.pull('x', { 'x.txt': '1' });
    expect(await refusal(other.id, {}, 'app')).toBe('403 Resource not accessible by integration');
  });
});
