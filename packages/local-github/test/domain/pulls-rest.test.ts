import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import { type Loose, ask } from '../support/ask.js';
import { type TestRepository, createTestRepository } from '../support/branches.js';

let market: TestRepository;

beforeEach(async () => {
  market = await createTestRepository();
});
afterEach(() => market.close());

const path = { pull_number: 1 };
const get = async (number = 1) =>
  (await ask(market.as('olaf'), 'pulls/get', { path: { pull_number: number } })).body;

describe('pull requests over REST', () => {
  test('a draft from label to merge, as a person plays it', async () => {
    await market.branch('feature/issue-8');
    await market.commit('feature/issue-8', { 'x.txt': 'one\ntwo\n', 'a.txt': 'A\n' });
    const body = { title: 'Fix it', head: 'feature/issue-8', base: 'main', body: 'Closes #8', draft: true };
    const opened = await ask(market.as('linus'), 'pulls/create', { body });
    expect(opened).toMatchObject({
      status: 201,
      body: {
        number: 1,
        draft: true,
        user: { login: 'linus' },
        head: { label: 'acme:feature/issue-8', ref: 'feature/issue-8', sha: market.head('feature/issue-8') },
        base: { ref: 'main', sha: market.first },
        commits: 1,
        changed_files: 2,
        additions: 3,
        deletions: 1,
        mergeable: null,
        mergeable_state: 'unknown',
      },
    });
    await market.world.activity.idle();
    expect(await get()).toMatchObject({ mergeable: true, mergeable_state: 'draft' });
    const files = await ask(market.as('olaf'), 'pulls/list-files', { path });
    expect(files.body.map((file: Loose) => [file.filename, file.status])).toEqual([
      ['a.txt', 'modified'],
      ['x.txt', 'added'],
    ]);
    const commits = await ask(market.as('olaf'), 'pulls/list-commits', { path });
    expect(commits.body).toMatchObject([
      { author: { login: 'linus' }, commit: { author: { name: 'linus' } } },
    ]);
    expect((await ask(market.as('olaf'), 'pulls/check-if-merged', { path })).status).toBe(404);
    expect(await ask(market.as('grace'), 'pulls/merge', { path, body: {} })).toMatchObject({
      status: 405,
      body: { message: 'Pull Request is still a draft' },
    });
  });

  test('merging answers the commit; then it is merged, and its numbers stay', async () => {
    await market.pull('x', { 'x.txt': 'x\n' });
    const merged = await ask(market.as('grace'), 'pulls/merge', { path, body: { merge_method: 'squash' } });
    expect(merged).toMatchObject({ status: 200, body: { sha: market.head('main'), merged: true } });
    expect((await ask(market.as('olaf'), 'pulls/check-if-merged', { path })).status).toBe(204);
    expect(await get()).toMatchObject({
      state: 'closed',
      merged: true,
      merged_by: { login: 'grace' },
      merge_commit_sha: market.head('main'),
      commits: 1,
      changed_files: 1,
    });
    const again = await ask(market.as('grace'), 'pulls/merge', { path, body: { sha: market.first } });
    expect(again.status).toBe(405);
    const of = (sha: string) =>
      ask(market.as('olaf'), 'repos/list-pull-requests-associated-with-commit', {
        path: { commit_sha: sha },
      });
    expect((await of(market.head('main')!)).body).toMatchObject([{ number: 1 }]);
    expect((await of(market.first)).body).toEqual([]);
  });

  test('lists filter by state, head and base, and sort by creation, newest first', async () => {
    await market.branch('release');
    await market.pull('x', { 'x.txt': 'x' });
    await market.pull('y', { 'y.txt': 'y' }, { base: 'release' });
    await ask(market.as('tove'), 'pulls/update', { path, body: { state: 'closed' } });
    const numbers = async (query: object) =>
      (await ask(market.as('olaf'), 'pulls/list', { query })).body.map((pull: Loose) => pull.number);
    expect(await numbers({})).toEqual([2]);
    expect(await numbers({ state: 'all' })).toEqual([2, 1]);
    expect(await numbers({ state: 'all', direction: 'asc' })).toEqual([1, 2]);
    expect(await numbers({ state: 'all', per_page: 1, page: 2 })).toEqual([1]);
    expect(await numbers({ state: 'closed' })).toEqual([1]);
    expect(await numbers({ state: 'all', head: 'acme:x' })).toEqual([1]);
    expect(await numbers({ state: 'all', head: 'olaf:x' })).toEqual([]);
    expect(await numbers({ state: 'all', base: 'release' })).toEqual([2]);
    expect(await numbers({ state: 'all', sort: 'updated', direction: 'desc' })).toEqual([2, 1]);
  });

  test('title and body are edited by the author and people who write, not by triage', async () => {
    await market.pull('x', { 'x.txt': 'x' });
    expect((await ask(market.as('tove'), 'pulls/update', { path, body: { title: 'Mine' } })).status).toBe(
      403,
    );
    const { body } = await ask(market.as('grace'), 'pulls/update', {
      path,
      body: { title: 'New', body: 'Text' },
    });
    expect(body).toMatchObject({ title: 'New', body: 'Text' });
  });

  test('updating the branch is accepted, and 422 with the wrong head', async () => {
    const pull = await market.pull('x', { 'x.txt': 'x' });
    await market.commit('main', { 'm.txt': 'm' });
    const update = (sha: string) =>
      ask(market.as('linus'), 'pulls/update-branch', { path, body: { expected_head_sha: sha } });
    expect((await update(market.first)).status).toBe(422);
    expect((await update(pull.headSha)).status).toBe(202);
    expect((await get()).head.sha).not.toBe(pull.headSha);
  });

  test('an app needs pull_requests to open and contents to merge', async () => {
    await market.pull('x', { 'x.txt': 'x' });
    const poor = { ...market.as('app') };
    const principal = { ...poor.principal, permissions: { pull_requests: 'write' } } as typeof poor.principal;
    expect(await ask({ ...poor, principal }, 'pulls/merge', { path, body: {} })).toMatchObject({
      status: 403,
      body: { message: 'Resource not accessible by integration' },
    });
    expect((await ask({ ...poor, principal }, 'pulls/get', { path })).status).toBe(200);
  });
});

describe('reviews over REST', () => {
  test('are submitted, read, listed and dismissed', async () => {
    await market.pull('x', { 'x.txt': 'x' });
    const create = (who: 'grace' | 'linus', body: object) =>
      ask(market.as(who), 'pulls/create-review', { path, body });
    expect((await create('linus', { event: 'APPROVE' })).status).toBe(422);
    const { body: review } = await create('grace', {
      event: 'APPROVE',
      body: 'Good',
      commit_id: market.head('x'),
    });
    expect(review).toMatchObject({
      state: 'APPROVED',
      user: { login: 'grace' },
      commit_id: market.head('x'),
    });
    expect((await create('grace', { event: 'APPROVE', commit_id: 'f'.repeat(40) })).status).toBe(422);
    const at = { ...path, review_id: review.id };
    expect((await ask(market.as('olaf'), 'pulls/get-review', { path: at })).body).toEqual(review);
    const dismissed = await ask(market.as('ada'), 'pulls/dismiss-review', {
      path: at,
      body: { message: 'Wait' },
    });
    expect(dismissed.body.state).toBe('DISMISSED');
    expect((await ask(market.as('olaf'), 'pulls/list-reviews', { path })).body).toEqual([dismissed.body]);
    const unknown = await ask(market.as('olaf'), 'pulls/get-review', { path: { ...path, review_id: 1 } });
    expect(unknown.status).toBe(404);
  });

  test('are asked of people, and no longer asked', async () => {
    await market.pull('x', { 'x.txt': 'x' });
    const asked = await ask(market.as('linus'), 'pulls/request-reviewers', {
      path,
      body: { reviewers: ['grace'] },
    });
    expect(asked).toMatchObject({ status: 201, body: { requested_reviewers: [{ login: 'grace' }] } });
    const list = () => ask(market.as('olaf'), 'pulls/list-requested-reviewers', { path });
    expect((await list()).body).toMatchObject({ users: [{ login: 'grace' }], teams: [] });
    await ask(market.as('linus'), 'pulls/remove-requested-reviewers', {
      path,
      body: { reviewers: ['grace'] },
    });
    expect((await list()).body).toEqual({ users: [], teams: [] });
    const author = { path, body: { reviewers: ['linus'] } };
    expect((await ask(market.as('grace'), 'pulls/request-reviewers', author)).status).toBe(422);
  });
});
