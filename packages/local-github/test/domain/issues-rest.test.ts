import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import { issueRoutes } from '../../src/rest/routes/issue-routes.js';
import { createTestWorld } from '../support/world.js';
import { type TestWorld, ask, newest, openIssue, openPull } from './issues-support.js';

let world: TestWorld;
beforeEach(async () => {
  world = await createTestWorld();
});
afterEach(() => world.close());

const first = { issue_number: 1 };

/** What `pick` finds in each item of a list answer. */
async function listed(operation: string, pick: string, asked: Parameters<typeof ask>[2]): Promise<unknown[]> {
  const { body } = await ask(world.as('ada'), operation, asked);
  return (body as Record<string, unknown>[]).map((item) => item[pick]);
}

function wait(minutes: number): Promise<void> {
  return world.clock.advanceTo(world.clock.now() + minutes * 60_000, async () => undefined);
}

test('each operation is served once', () => {
  const names = issueRoutes.map((route) => route.operation);
  expect(new Set(names).size).toBe(names.length);
});

describe('issues', () => {
  test('an issue is opened, changed, closed and read in GitHub’s shapes', async () => {
    const opened = await ask(world.as('linus'), 'issues/create', {
      body: { title: 'Found', body: 'Here', labels: ['bug', { name: 'p0' }], assignees: ['tove'] },
    });
    expect(opened).toMatchObject({
      status: 201,
      body: {
        number: 1,
        state: 'open',
        user: { login: 'linus' },
        labels: [{ name: 'bug' }, { name: 'p0' }],
        assignee: { login: 'tove' },
        author_association: 'COLLABORATOR',
        html_url: 'http://127.0.0.1:1/acme/market/issues/1',
        closed_by: null,
      },
    });
    const closed = await ask(world.as('tove'), 'issues/update', {
      path: first,
      body: { state: 'closed', state_reason: 'not_planned', assignee: null },
    });
    expect(closed).toMatchObject({
      status: 200,
      body: { state: 'closed', state_reason: 'not_planned', closed_by: { login: 'tove' }, assignees: [] },
    });
    const read = await ask(world.as('nobody'), 'issues/get', { path: first });
    expect(read.body).toEqual(closed.body);
  });

  test('a pull request is an issue with a member more', async () => {
    openPull(world);
    const { body } = await ask(world.as('olaf'), 'issues/get', { path: first });
    expect(body).toMatchObject({
      draft: false,
      html_url: 'http://127.0.0.1:1/acme/market/pull/1',
      pull_request: { url: 'http://127.0.0.1:1/repos/acme/market/pulls/1', merged_at: null },
    });
  });

  test('a list is filtered by state, label, person and time, and sorted', async () => {
    const create = (who: 'linus' | 'grace', body: object) => ask(world.as(who), 'issues/create', { body });
    await create('linus', { title: 'one', labels: ['bug', 'ui'], assignees: ['tove'] });
    await wait(10);
    await create('grace', { title: 'two', labels: ['bug'] });
    await wait(10);
    await create('linus', { title: 'three' });
    await ask(world.as('linus'), 'issues/update', { path: { issue_number: 2 }, body: { state: 'closed' } });
    await ask(world.as('olaf'), 'issues/create-comment', { path: first, body: { body: 'hm' } });
    const find = (query: object) => listed('issues/list-for-repo', 'number', { query });
    expect(await find({})).toEqual([3, 1]);
    expect(await find({ state: 'closed' })).toEqual([2]);
    expect(await find({ state: 'all', direction: 'asc' })).toEqual([1, 2, 3]);
    expect(await find({ state: 'all', labels: 'BUG' })).toEqual([2, 1]);
    expect(await find({ state: 'all', labels: 'bug,ui' })).toEqual([1]);
    expect(await find({ labels: 'bug,unknown' })).toEqual([]);
    expect(await find({ state: 'all', creator: 'grace' })).toEqual([2]);
    expect(await find({ assignee: 'tove' })).toEqual([1]);
    expect(await find({ assignee: 'none' })).toEqual([3]);
    expect(await find({ assignee: '*' })).toEqual([1]);
    expect(await find({ sort: 'comments' })).toEqual([1, 3]);
    await wait(10);
    await ask(world.as('linus'), 'issues/update', { path: first, body: { title: 'new' } });
    expect(await find({ sort: 'updated' })).toEqual([1, 3]);
    expect(await find({ since: '2026-01-05T10:30:00Z' })).toEqual([1]);
  });

  test.each([
    ['a milestone', 'issues/update', { path: first, body: { milestone: 1 } }],
    ['a suggested label', 'issues/update', { path: first, body: { labels: [{ name: 'x', suggest: true }] } }],
    ['a filter by mention', 'issues/list-for-repo', { query: { mentioned: 'ada' } }],
    ['a new name of the repository', 'repos/update', { body: { name: 'bazaar' } }],
  ])('%s is refused loudly', async (_, operation, asked) => {
    openIssue(world);
    await expect(ask(world.as('ada'), operation, asked)).rejects.toMatchObject({ status: 501 });
  });

  test('locking answers without a body, with and without a reason', async () => {
    const issue = openIssue(world);
    const lock = (body?: object) => ask(world.as('linus'), 'issues/lock', { path: first, body });
    expect(await lock({ lock_reason: 'spam' })).toEqual({ status: 204, body: undefined });
    expect(newest(world, issue).lockReason).toBe('spam');
    await ask(world.as('linus'), 'issues/unlock', { path: first });
    await lock();
    expect(newest(world, issue)).toMatchObject({ locked: true, lockReason: null });
  });

  test('assigning answers with the issue', async () => {
    openIssue(world);
    const add = { path: first, body: { assignees: ['linus', 'ghost'] } };
    expect(await ask(world.as('tove'), 'issues/add-assignees', add)).toMatchObject({
      status: 201,
      body: { assignees: [{ login: 'linus' }] },
    });
    const remove = { path: first, body: { assignees: ['linus'] } };
    expect(await ask(world.as('tove'), 'issues/remove-assignees', remove)).toMatchObject({
      status: 200,
      body: { assignees: [], assignee: null },
    });
  });
});

describe('comments and reactions', () => {
  function comment(body: string, issue = 1) {
    return ask(world.as('olaf'), 'issues/create-comment', { path: { issue_number: issue }, body: { body } });
  }
  const idOf = (answer: { body: unknown }) => (answer.body as { id: number }).id;

  test('a comment is written, changed, read and deleted', async () => {
    openIssue(world);
    const written = await comment('one');
    expect(written).toMatchObject({
      status: 201,
      body: { body: 'one', user: { login: 'olaf' }, author_association: 'NONE' },
    });
    const path = { comment_id: idOf(written) };
    await wait(5);
    await ask(world.as('olaf'), 'issues/update-comment', { path, body: { body: 'two' } });
    const read = await ask(world.as('ada'), 'issues/get-comment', { path });
    expect(read.body).toMatchObject({ body: 'two', updated_at: '2026-01-05T10:05:00Z' });
    expect(await ask(world.as('olaf'), 'issues/delete-comment', { path })).toMatchObject({ status: 204 });
    await expect(ask(world.as('ada'), 'issues/get-comment', { path })).rejects.toMatchObject({ status: 404 });
  });

  test('the comments of the repository come since a time, by creation or change', async () => {
    openIssue(world);
    openIssue(world);
    const one = idOf(await comment('one', 2));
    await wait(5);
    const two = idOf(await comment('two', 1));
    await wait(5);
    await ask(world.as('olaf'), 'issues/update-comment', {
      path: { comment_id: one },
      body: { body: 'new' },
    });
    const find = (query: object) => listed('issues/list-comments-for-repo', 'id', { query });
    expect(await find({})).toEqual([one, two]);
    expect(await find({ direction: 'desc' })).toEqual([one, two]);
    expect(await find({ sort: 'created', direction: 'desc' })).toEqual([two, one]);
    expect(await find({ sort: 'updated' })).toEqual([two, one]);
    expect(await find({ since: '2026-01-05T10:06:00Z' })).toEqual([one]);
    expect(await listed('issues/list-comments', 'id', { path: first })).toEqual([two]);
  });

  test('a reaction is 201 at first and 200 with the same row after', async () => {
    openIssue(world);
    const path = { comment_id: idOf(await comment('one')) };
    const react = () =>
      ask(world.as('app'), 'reactions/create-for-issue-comment', { path, body: { content: '+1' } });
    const [made, again] = [await react(), await react()];
    expect([made.status, again.status]).toEqual([201, 200]);
    expect(again.body).toEqual(made.body);
    const listOf = (query: object) => listed('reactions/list-for-issue-comment', 'content', { path, query });
    expect(await listOf({ content: '+1' })).toEqual(['+1']);
    expect(await listOf({ content: 'eyes' })).toEqual([]);
    const read = await ask(world.as('ada'), 'issues/get-comment', { path });
    expect(read.body).toMatchObject({ reactions: { total_count: 1, '+1': 1, '-1': 0 } });
    const taken = { path: { ...path, reaction_id: idOf(made) } };
    await ask(world.as('app'), 'reactions/delete-for-issue-comment', taken);
    expect(await listOf({})).toEqual([]);
  });

  test('an issue is reacted to in the same way', async () => {
    openIssue(world);
    const asked = { path: first, body: { content: 'rocket' } };
    const made = await ask(world.as('tove'), 'reactions/create-for-issue', asked);
    expect(await listed('reactions/list-for-issue', 'content', { path: first })).toEqual(['rocket']);
    const path = { ...first, reaction_id: idOf(made) };
    await expect(
      ask(world.as('ada'), 'reactions/delete-for-issue', { path: { ...path, reaction_id: 999 } }),
    ).rejects.toMatchObject({ status: 404 });
    expect(await ask(world.as('tove'), 'reactions/delete-for-issue', { path })).toMatchObject({
      status: 204,
    });
  });
});

describe('dependencies and timelines', () => {
  test('a dependency is added by the blocker’s id, listed from both ends and counted', async () => {
    openIssue(world);
    const blocking = openIssue(world);
    const added = await ask(world.as('tove'), 'issues/add-blocked-by-dependency', {
      path: first,
      body: { issue_id: blocking.id },
    });
    expect(added).toMatchObject({
      status: 201,
      body: { number: 1, issue_dependencies_summary: { blocked_by: 1, total_blocked_by: 1, blocking: 0 } },
    });
    expect(await listed('issues/list-dependencies-blocked-by', 'number', { path: first })).toEqual([2]);
    const second = { issue_number: 2 };
    expect(await listed('issues/list-dependencies-blocking', 'number', { path: second })).toEqual([1]);
    await ask(world.as('tove'), 'issues/update', { path: second, body: { state: 'closed' } });
    const read = await ask(world.as('tove'), 'issues/get', { path: first });
    expect(read.body).toMatchObject({ issue_dependencies_summary: { blocked_by: 0, total_blocked_by: 1 } });
    const path = { ...first, issue_id: blocking.id };
    const removed = await ask(world.as('tove'), 'issues/remove-dependency-blocked-by', { path });
    expect(removed).toMatchObject({
      status: 200,
      body: { issue_dependencies_summary: { total_blocked_by: 0 } },
    });
  });

  test('the timeline has events and comments by time, each with its actor', async () => {
    const issue = openIssue(world);
    const blocking = openIssue(world);
    const path = { issue_number: issue.number };
    await ask(world.as('linus'), 'issues/add-labels', { path, body: { labels: ['bug'] } });
    await ask(world.as('olaf'), 'issues/create-comment', { path, body: { body: 'hm' } });
    await ask(world.as('tove'), 'issues/add-assignees', { path, body: { assignees: ['linus'] } });
    await ask(world.as('tove'), 'issues/add-blocked-by-dependency', {
      path,
      body: { issue_id: blocking.id },
    });
    await wait(1);
    await ask(world.as('olaf'), 'issues/update', { path, body: { title: 'New', state: 'closed' } });
    await ask(world.as('linus'), 'issues/lock', { path, body: { lock_reason: 'resolved' } });
    const { body } = await ask(world.as('nobody'), 'issues/list-events-for-timeline', { path });
    expect(
      (body as { event: string; actor: { login: string } }[]).map(
        ({ event, actor }) => `${event} by ${actor.login}`,
      ),
    ).toEqual([
      'labeled by linus',
      'commented by olaf',
      'assigned by tove',
      'blocked_by_added by tove',
      'renamed by olaf',
      'closed by olaf',
      'locked by linus',
    ]);
    const query = { exclude: 'commented, labeled' };
    expect(await listed('issues/list-events-for-timeline', 'event', { path, query })).not.toContain(
      'labeled',
    );
  });
});

describe('labels', () => {
  test('a label is made, renamed and deleted', async () => {
    await ask(world.as('linus'), 'issues/create-label', { body: { name: 'bug', color: 'f29513' } });
    const renamed = await ask(world.as('linus'), 'issues/update-label', {
      path: { name: 'bug' },
      body: { new_name: 'defect', description: 'Broken' },
    });
    expect(renamed).toMatchObject({
      status: 200,
      body: { name: 'defect', color: 'f29513', description: 'Broken' },
    });
    const path = { name: 'defect' };
    expect(await ask(world.as('linus'), 'issues/delete-label', { path })).toMatchObject({ status: 204 });
    expect(await listed('issues/list-labels-for-repo', 'name', {})).toEqual([]);
    await expect(ask(world.as('linus'), 'issues/delete-label', { path })).rejects.toMatchObject({
      status: 404,
    });
  });
});

describe('the repository and its people', () => {
  test('who may write sees how pull requests are merged, others do not', async () => {
    const read = async (who: 'linus' | 'tove' | 'app') => (await ask(world.as(who), 'repos/get', {})).body;
    expect(await read('linus')).toMatchObject({
      full_name: 'acme/market',
      allow_squash_merge: true,
      permissions: { push: true, maintain: false },
      organization: { login: 'acme' },
    });
    expect(await read('tove')).toMatchObject({ permissions: { triage: true, push: false } });
    expect(await read('tove')).not.toHaveProperty('allow_squash_merge');
    expect(await read('app')).toMatchObject({ delete_branch_on_merge: false });
  });

  test('only an administrator changes the merge methods, and one must be left', async () => {
    const change = {
      body: { allow_merge_commit: false, allow_rebase_merge: false, delete_branch_on_merge: true },
    };
    await expect(ask(world.as('grace'), 'repos/update', change)).rejects.toMatchObject({ status: 403 });
    const { body } = await ask(world.as('ada'), 'repos/update', change);
    expect(body).toMatchObject({ allow_squash_merge: true, allow_rebase_merge: false });
    expect(world.repository()).toMatchObject({ mergeMethods: ['squash'], deleteBranchOnMerge: true });
    const none = { body: { allow_squash_merge: false } };
    await expect(ask(world.as('ada'), 'repos/update', none)).rejects.toMatchObject({ status: 422 });
  });

  test('a default branch that does not exist is refused', async () => {
    const asked = { body: { default_branch: 'dev' } };
    await expect(ask(world.as('ada'), 'repos/update', asked)).rejects.toMatchObject({ status: 422 });
  });

  test.each([
    ['ada', 'admin', 'admin'],
    ['grace', 'maintain', 'write'],
    ['linus', 'write', 'write'],
    ['tove', 'triage', 'read'],
    ['olaf', 'read', 'read'],
  ])('%s has the role %s and the older permission %s', async (username, role_name, permission) => {
    const asked = { path: { username } };
    for (const who of ['app', 'linus'] as const) {
      const { body } = await ask(world.as(who), 'repos/get-collaborator-permission-level', asked);
      expect(body).toMatchObject({ role_name, permission, user: { login: username } });
    }
  });

  test('in a private repository an outsider has none', async () => {
    const hidden = await createTestWorld({ private: true });
    const asked = { path: { username: 'olaf' } };
    const { body } = await ask(hidden.as('app'), 'repos/get-collaborator-permission-level', asked);
    expect(body).toMatchObject({ role_name: 'none', permission: 'none' });
    await expect(ask(hidden.as('olaf'), 'repos/get', {})).rejects.toMatchObject({ status: 404 });
    await hidden.close();
  });

  test('people below write are not told the roles of others, and nobody has no role', async () => {
    const ofAda = { path: { username: 'ada' } };
    const operation = 'repos/get-collaborator-permission-level';
    await expect(ask(world.as('tove'), operation, ofAda)).rejects.toMatchObject({ status: 403 });
    const ofGhost = { path: { username: 'ghost' } };
    await expect(ask(world.as('app'), operation, ofGhost)).rejects.toMatchObject({ status: 404 });
    expect(await listed('repos/list-collaborators', 'login', {})).toEqual(['ada', 'grace', 'linus', 'tove']);
  });

  test('the signed-in person is told who they are; an app is nobody', async () => {
    const { body } = await ask(world.as('tove'), 'users/get-authenticated', {});
    expect(body).toMatchObject({ login: 'tove', type: 'User' });
    await expect(ask(world.as('app'), 'users/get-authenticated', {})).rejects.toMatchObject({ status: 403 });
    await expect(ask(world.as('nobody'), 'users/get-authenticated', {})).rejects.toMatchObject({
      status: 401,
    });
  });
});
