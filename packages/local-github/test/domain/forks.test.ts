import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import { roleOf } from '../../src/access/access.js';
import { forkRepository } from '../../src/domain/forks/create.js';
import { createIssue } from '../../src/domain/issues/create.js';
import { createTag, forkOf } from '../support/forks.js';
import { ask } from '../support/ask.js';
import { type TestRepository, createTestRepository } from '../support/branches.js';

let market: TestRepository;
beforeEach(async () => {
  market = await createTestRepository();
});
afterEach(() => market.close());

const fork = (who: Parameters<TestRepository['as']>[0], body: object = {}) =>
  ask(market.as(who), 'repos/create-fork', { body });

describe('forking, as https://docs.github.com/en/rest/repos/forks#create-a-fork says', () => {
  test('copies branches, tags and objects, and nothing else', async () => {
    await market.pull('x', { 'x.txt': 'x' });
    await createTag(market, 'v1');
    market.protect('main', { linear: true });
    const made = await forkRepository(market.as('olaf'), market.repository(), {});
    expect(Object.keys(made.refs).sort()).toEqual(['refs/heads/main', 'refs/heads/x', 'refs/tags/v1']);
    const git = market.world.git(made.id);
    expect(await git.listRefs()).toEqual(new Map(Object.entries(made.refs)));
    expect(await git.objectType(market.head('x')!)).toBe('commit');
    expect(git.dir).not.toBe(market.git.dir);
    expect(made).toMatchObject({ numbers: {}, protection: {}, labelIds: [], defaultBranch: 'main' });
  });

  test('makes its owner administrator, and everybody else a reader', async () => {
    const made = await forkRepository(market.as('olaf'), market.repository(), {});
    const roles = (['olaf', 'ada', 'linus'] as const).map((who) => roleOf(made, market.people[who].id));
    expect(roles).toEqual(['admin', 'read', 'read']);
  });

  test('takes a name, and only the default branch where that is wished', async () => {
    await market.branch('x');
    const { status, body } = await fork('olaf', { name: 'my-market', default_branch_only: true });
    expect({ status, name: body.full_name }).toEqual({ status: 202, name: 'olaf/my-market' });
    const branches = await ask(market.as('nobody'), 'repos/list-branches', {
      path: { owner: 'olaf', repo: 'my-market' },
    });
    expect(branches.body).toMatchObject([{ name: 'main' }]);
  });

  test('a second time answers the fork that there is, also under another name', async () => {
    const first = await fork('olaf');
    market.news();
    const second = await fork('olaf', { name: 'other' });
    expect(second).toMatchObject({ status: 202, body: { id: first.body.id, full_name: 'olaf/market' } });
    expect(market.news()).toEqual([]);
  });

  test('a fork of a fork has both, parent and source', async () => {
    const made = await forkRepository(market.as('olaf'), market.repository(), {});
    const again = await ask(market.as('tove'), 'repos/create-fork', {
      path: { owner: 'olaf', repo: 'market' },
    });
    expect(again.body).toMatchObject({
      full_name: 'tove/market',
      parent: { full_name: 'olaf/market' },
      source: { full_name: 'acme/market' },
      network_count: 2,
    });
    expect(await forkRepository(market.as('tove'), market.repository(), {})).toMatchObject({
      parentId: made.id,
    });
  });

  test('an empty repository cannot be forked (seen by cli/cli#7761)', async () => {
    market.world.store.seed(({ state }) => {
      state.repositories[market.repository().id]!.refs = {};
    });
    expect(await fork('olaf')).toMatchObject({
      status: 403,
      body: { message: expect.stringContaining('Empty repositories cannot be forked.') },
    });
  });

  test('nobody forks without an account, under a name that is none, or a private repository', async () => {
    expect((await fork('nobody')).status).toBe(401);
    expect((await fork('olaf', { name: 'a b' })).status).toBe(422);
    expect((await fork('olaf', { name: '../x' })).status).toBe(422);
    market.world.store.seed(({ state }) => {
      state.repositories[market.repository().id]!.private = true;
    });
    expect((await fork('olaf')).status).toBe(404);
    expect((await fork('linus')).status).toBe(501);
  });

  test('into an organisation is not served, and says so; an app needs more than it has', async () => {
    expect(await fork('olaf', { organization: 'acme' })).toMatchObject({
      status: 501,
      body: { message: expect.stringContaining('organization of repos/create-fork') },
    });
    expect((await fork('app')).status).toBe(403);
  });
});

describe('a fork', () => {
  test('goes its own way: what is pushed there is not in the parent, and the other way round', async () => {
    const { at, commit } = await forkOf(market, 'olaf');
    const sha = await commit('main', { 'o.txt': 'o' });
    expect(market.head('main')).toBe(market.first);
    expect(await market.git.objectType(sha)).toBeUndefined();
    const own = await market.branch('y').then(() => market.commit('y', { 'y.txt': 'y' }));
    expect(await market.world.git(at().id).objectType(own)).toBeUndefined();
  });

  test('has no issues: opening one is 410', async () => {
    const { at } = await forkOf(market, 'olaf');
    expect((await fork('olaf')).body.has_issues).toBe(false);
    expect(() => createIssue(market.as('olaf'), at(), { title: 'One' })).toThrow(
      expect.objectContaining({ status: 410 }),
    );
  });
});
