import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import { createTestWorld } from '../support/world.js';
import { type Loose, ask } from '../support/ask.js';
import { type TestRepository, createTestRepository } from '../support/branches.js';

let market: TestRepository;

beforeEach(async () => {
  market = await createTestRepository();
});
afterEach(() => market.close());

const base64 = (text: string) => Buffer.from(text).toString('base64');
const olaf = (operation: string, asked: object = {}) => ask(market.as('olaf'), operation, asked);
const linus = (operation: string, asked: object = {}) => ask(market.as('linus'), operation, asked);

describe('refs over REST', () => {
  test('are made, read, listed, moved and deleted, with slashes in their names', async () => {
    const body = { ref: 'refs/heads/feature/issue-8', sha: market.first };
    const path = { ref: 'heads/feature/issue-8' };
    expect(await linus('git/create-ref', { body })).toMatchObject({
      status: 201,
      body: { ref: 'refs/heads/feature/issue-8', object: { type: 'commit', sha: market.first } },
    });
    expect((await olaf('git/get-ref', { path })).body.object.sha).toBe(market.first);
    expect((await linus('git/create-ref', { body })).status).toBe(422);
    expect((await linus('git/create-ref', { body: { ref: 'x', sha: market.first } })).status).toBe(422);
    await market.branch('feature/issue-9');
    const matching = await olaf('git/list-matching-refs', { path: { ref: 'heads/feature/' } });
    expect(matching.body.map((ref: Loose) => ref.ref)).toEqual([
      'refs/heads/feature/issue-8',
      'refs/heads/feature/issue-9',
    ]);
    const oid = await market.commit('feature/issue-9', { 'x.txt': 'x' });
    expect((await linus('git/update-ref', { path, body: { sha: oid } })).body.object.sha).toBe(oid);
    expect((await linus('git/update-ref', { path, body: { sha: market.first } })).status).toBe(422);
    expect((await linus('git/update-ref', { path, body: { sha: market.first, force: true } })).status).toBe(
      200,
    );
    expect((await linus('git/delete-ref', { path })).status).toBe(204);
    expect((await olaf('git/get-ref', { path })).status).toBe(404);
    expect((await linus('git/delete-ref', { path })).status).toBe(422);
  });

  test('branches are listed by name, with their protection', async () => {
    await market.branch('a/b');
    market.protect('main', {});
    expect((await olaf('repos/list-branches')).body).toMatchObject([
      { name: 'a/b', protected: false, commit: { sha: market.first } },
      { name: 'main', protected: true },
    ]);
    expect((await olaf('repos/list-branches', { query: { protected: true } })).body).toHaveLength(1);
    expect((await olaf('repos/get-branch', { path: { branch: 'a/b' } })).body).toMatchObject({
      protected: false,
    });
    expect((await olaf('repos/get-branch', { path: { branch: 'nope' } })).status).toBe(404);
  });

  test('a read that lags sees the branches of then', async () => {
    const oid = await market.commit('main', { 'x.txt': 'x' });
    const late = { ...market.as('olaf'), view: market.world.view(1) };
    const path = { ref: 'heads/main' };
    expect((await ask(late, 'git/get-ref', { path })).body.object.sha).toBe(market.first);
    expect((await olaf('git/get-ref', { path })).body.object.sha).toBe(oid);
    expect((await ask(late, 'repos/get-content', { path: { path: 'x.txt' } })).status).toBe(404);
  });
});

describe('contents over REST', () => {
  const path = { path: 'docs/how to.md' };
  const put = (body: object, who: 'linus' | 'tove' = 'linus') =>
    ask(market.as(who), 'repos/create-or-update-file-contents', {
      path,
      body: { message: 'Write', ...body },
    });

  test('a file is made, read, changed with its sha and deleted', async () => {
    const made = await put({ content: base64('one\n') });
    expect(made).toMatchObject({
      status: 201,
      body: { content: { path: 'docs/how to.md' }, commit: { message: 'Write', author: { name: 'linus' } } },
    });
    const { sha } = made.body.content;
    const read = await olaf('repos/get-content', { path });
    expect(read.body).toMatchObject({ type: 'file', encoding: 'base64', sha, size: 4 });
    expect(Buffer.from(read.body.content, 'base64').toString()).toBe('one\n');
    expect((await put({ content: base64('two') })).status).toBe(422);
    expect((await put({ content: base64('two'), sha: market.first })).status).toBe(409);
    expect((await put({ content: 'no base64 !' })).status).toBe(422);
    const changed = await put({ content: base64('two'), sha });
    expect(changed.status).toBe(200);
    const drop = (blob: string) =>
      linus('repos/delete-file', {
        path,
        body: { message: 'Drop', sha: blob, author: { name: 'A', email: 'a@b.c' } },
      });
    expect((await drop(sha)).status).toBe(409);
    const dropped = await drop(changed.body.content.sha);
    expect(dropped).toMatchObject({
      status: 200,
      body: { content: null, commit: { author: { name: 'A' } } },
    });
    expect((await drop(sha)).status).toBe(404);
    expect((await olaf('repos/get-content', { path })).status).toBe(404);
  });

  test('a directory is listed; a branch can be named; triage writes nothing', async () => {
    await market.branch('x');
    await put({ content: base64('one'), branch: 'x' });
    const root = await olaf('repos/get-content', { path: { path: '' }, query: { ref: 'x' } });
    expect(root.body.map((entry: Loose) => `${entry.type} ${entry.name}`)).toEqual([
      'file a.txt',
      'file b.txt',
      'dir docs',
    ]);
    expect((await olaf('repos/get-content', { path })).status).toBe(404);
    expect((await put({ content: base64('x'), branch: 'nope' })).status).toBe(404);
    expect((await put({ content: base64('x') }, 'tove')).status).toBe(403);
  });

  test('the first file of an empty repository makes its branch', async () => {
    const empty = await createTestWorld();
    const body = { message: 'Begin', content: base64('x') };
    const made = await ask(empty.as('linus'), 'repos/create-or-update-file-contents', { path, body });
    expect(made.status).toBe(201);
    expect(empty.repository().refs['refs/heads/main']).toBe(made.body.commit.sha);
    await empty.close();
  });
});

describe('commits over REST', () => {
  test('are listed newest first, by branch and path, and read with their files', async () => {
    await market.branch('x');
    const one = await market.commit('x', { 'a.txt': 'A\n' });
    const two = await market.commit('x', { 'c.txt': 'c\n' });
    const shas = async (query: object) =>
      (await olaf('repos/list-commits', { query })).body.map((commit: Loose) => commit.sha);
    expect(await shas({ sha: 'x' })).toEqual([two, one, market.first]);
    expect(await shas({ sha: 'x', path: 'a.txt' })).toEqual([one, market.first]);
    expect(await shas({})).toEqual([market.first]);
    const single = await olaf('repos/get-commit', { path: { ref: 'heads/x' } });
    expect(single.body).toMatchObject({
      sha: two,
      stats: { total: 1 },
      files: [{ filename: 'c.txt', patch: '@@ -0,0 +1 @@\n+c' }],
    });
    expect((await olaf('git/get-commit', { path: { commit_sha: one } })).body).toMatchObject({
      parents: [{ sha: market.first }],
      committer: { name: 'GitHub', date: '2026-01-05T10:00:00Z' },
    });
    expect((await olaf('repos/get-commit', { path: { ref: 'nope' } })).status).toBe(422);
  });

  test('a comparison tells what the head has and the base lacks', async () => {
    await market.branch('feature/x');
    const one = await market.commit('feature/x', { 'c.txt': 'c\n' });
    await market.commit('main', { 'm.txt': 'm\n' });
    const compare = (basehead: string) => olaf('repos/compare-commits-with-basehead', { path: { basehead } });
    expect((await compare('main...feature/x')).body).toMatchObject({
      status: 'diverged',
      ahead_by: 1,
      behind_by: 1,
      total_commits: 1,
      merge_base_commit: { sha: market.first },
      commits: [{ sha: one }],
      files: [{ filename: 'c.txt' }],
    });
    expect((await compare('main...nope')).status).toBe(404);
  });

  test('a branch is merged into another, with nothing to do and with a conflict', async () => {
    await market.branch('x');
    await market.commit('x', { 'a.txt': 'x' });
    await market.branch('y');
    await market.commit('y', { 'a.txt': 'y' });
    const merge = (head: string) =>
      linus('repos/merge', { body: { base: 'main', head, commit_message: 'Bring it in' } });
    expect(await merge('x')).toMatchObject({ status: 201, body: { commit: { message: 'Bring it in' } } });
    expect((await merge('x')).status).toBe(204);
    expect((await merge('y')).status).toBe(409);
  });
});
