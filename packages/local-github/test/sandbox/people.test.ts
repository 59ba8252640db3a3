import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { type Loose, startGithub, type Who } from '../support/github.js';

let github: Awaited<ReturnType<typeof startGithub>>;
let head: string;
beforeAll(async () => {
  github = await startGithub();
  head = (await github.repo('nobody', 'GET', '/git/ref/heads/main')).body.object.sha;
});
afterAll(() => github.close());

const status = async (who: Who, method: string, path: string, body?: unknown) =>
  (await github.repo(who, method, path, body)).status;
const content = (text: string) => Buffer.from(text).toString('base64');
const roles = ['admin', 'maintainer', 'writer', 'triager', 'outsider'] as const;

async function each(ask: (who: (typeof roles)[number]) => Promise<number>): Promise<number[]> {
  const statuses = [];
  for (const who of roles) statuses.push(await ask(who));
  return statuses;
}

async function newIssue(who: Who = 'writer', body: object = {}): Promise<number> {
  return (await github.repo(who, 'POST', '/issues', { title: 'x', ...body })).body.number;
}

test('commit statuses are for people from write up and apps with statuses: write', async () => {
  const body = { state: 'success', context: 'tests' };
  expect(await each((who) => status(who, 'POST', `/statuses/${head}`, body))).toEqual([
    201, 201, 201, 403, 403,
  ]);
  expect(await status('ci', 'POST', `/statuses/${head}`, body)).toBe(201);
});

test('check runs are for apps with checks: write, and each changes only its own', async () => {
  const body = { name: 'tests', head_sha: head };
  expect(await each((who) => status(who, 'POST', '/check-runs', body))).toEqual([403, 403, 403, 403, 403]);
  const run = await github.repo('ci', 'POST', '/check-runs', body);
  expect(run.status).toBe(201);
  const path = `/check-runs/${run.body.id}`;
  expect(await status('app', 'PATCH', path, { conclusion: 'success' })).toBe(403);
  expect(await status('ci', 'PATCH', path, { conclusion: 'success' })).toBe(200);
});

test('the app ci has checks, statuses and contents, and nothing else', async () => {
  const file = { message: 'x', content: content('x'), branch: 'of-ci' };
  expect(await status('ci', 'POST', '/git/refs', { ref: 'refs/heads/of-ci', sha: head })).toBe(201);
  expect(await status('ci', 'PUT', '/contents/ci.txt', file)).toBe(201);
  expect(await status('ci', 'POST', '/issues', { title: 'x' })).toBe(403);
  expect(await status('ci', 'POST', '/issues/4/comments', { body: 'x' })).toBe(403);
  expect(await status('ci', 'POST', '/pulls', { title: 'x', head: 'of-ci', base: 'main' })).toBe(403);
  const { body } = await github.ask('ci', 'GET', '/installation/repositories');
  expect(body).toMatchObject({ total_count: 1, repositories: [{ full_name: 'acme/market' }] });
});

test('people with read, and bots that the seed names: those write issues and pull requests, and nothing else', async () => {
  const small = await startGithub({
    seed: 'repository: acme/market\nusers: [{ login: rosa, role: read }]\nbots: [helper, stray]\nissues: [{ number: 1, title: One }]',
  });
  try {
    const { tokens, users, bots = {}, api } = small.info;
    expect([users, Object.keys(tokens).sort(), Object.keys(bots)]).toEqual([
      { reader: 'rosa', ci: 'ci[bot]' },
      ['ci', 'reader'],
      ['helper', 'stray'],
    ]);
    const by = async (token: string | undefined, path: string, body: object) => {
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
      const init = { method: 'POST', headers, body: JSON.stringify(body) };
      const answer = await fetch(`${api}/repos/acme/market${path}`, init);
      const said = (await answer.json()) as Loose;
      return [answer.status, said.user?.login ?? null];
    };
    expect(await by(bots['helper'], '/issues/1/comments', { body: 'x' })).toEqual([201, 'helper[bot]']);
    expect(await by(bots['stray'], '/issues', { title: 'x' })).toEqual([201, 'stray[bot]']);
    expect(await by(bots['stray'], '/issues/1/labels', { labels: ['bug'] })).toEqual([200, null]);
    expect(await by(tokens.reader, '/issues/1/labels', { labels: ['bug'] })).toEqual([403, null]);
    expect(await by(bots['stray'], '/check-runs', { name: 'x', head_sha: head })).toEqual([403, null]);
  } finally {
    await small.close();
  }
});

describe('triage', () => {
  test('sets and removes labels that exist, and makes none', async () => {
    expect(await status('triager', 'POST', '/issues/4/labels', { labels: ['bug'] })).toBe(200);
    expect(await status('triager', 'DELETE', '/issues/4/labels/bug')).toBe(200);
    expect(await status('triager', 'POST', '/issues/4/labels', { labels: ['brand-new'] })).toBe(403);
    expect(await status('triager', 'POST', '/labels', { name: 'brand-new' })).toBe(403);
    expect(await status('writer', 'POST', '/issues/4/labels', { labels: ['brand-new'] })).toBe(200);
  });

  test('closes and reopens, and adds dependencies', async () => {
    const number = await newIssue();
    expect(await status('triager', 'PATCH', `/issues/${number}`, { state: 'closed' })).toBe(200);
    expect(await status('triager', 'PATCH', `/issues/${number}`, { state: 'open' })).toBe(200);
    const { id } = (await github.repo('nobody', 'GET', '/issues/8')).body;
    expect(
      await status('triager', 'POST', `/issues/${number}/dependencies/blocked_by`, { issue_id: id }),
    ).toBe(201);
  });

  test('edits no text of others and pushes nothing', async () => {
    const number = await newIssue();
    expect(await status('triager', 'PATCH', `/issues/${number}`, { title: 'mine now' })).toBe(403);
    const { body: comment } = await github.repo('outsider', 'POST', '/issues/4/comments', { body: 'hello' });
    const at = `/issues/comments/${comment.id}`;
    expect(await status('triager', 'PATCH', at, { body: 'mine now' })).toBe(403);
    expect(await status('triager', 'DELETE', at)).toBe(403);
    expect(await status('writer', 'PATCH', at, { body: 'seen' })).toBe(200);
    const file = { message: 'x', content: content('x') };
    expect(await status('triager', 'PUT', '/contents/x.txt', file)).toBe(403);
    expect(await status('triager', 'POST', '/git/refs', { ref: 'refs/heads/x', sha: head })).toBe(403);
  });
});

describe('somebody without a role', () => {
  test('opens issues, comments, reacts, and edits and closes what is their own', async () => {
    const number = await newIssue('outsider');
    expect(await status('outsider', 'PATCH', `/issues/${number}`, { title: 'y', state: 'closed' })).toBe(200);
    const comment = await github.repo('outsider', 'POST', '/issues/4/comments', { body: 'hello' });
    expect(comment.status).toBe(201);
    expect(await status('outsider', 'PATCH', `/issues/comments/${comment.body.id}`, { body: 'y' })).toBe(200);
    expect(await status('outsider', 'POST', '/issues/4/reactions', { content: 'heart' })).toBe(201);
  });

  test('changes nothing of others', async () => {
    const number = await newIssue('writer');
    expect(await status('outsider', 'PATCH', `/issues/${number}`, { title: 'y' })).toBe(403);
    expect(await status('outsider', 'PATCH', `/issues/${number}`, { state: 'closed' })).toBe(403);
    expect(await status('outsider', 'POST', `/issues/${number}/labels`, { labels: ['bug'] })).toBe(403);
  });
});

test('labels in a new issue are dropped in silence below write', async () => {
  const labels = async (who: Who) =>
    (await github.repo(who, 'POST', '/issues', { title: 'x', labels: ['bug'] })).body.labels.length as number;
  expect([await labels('writer'), await labels('triager'), await labels('outsider')]).toEqual([1, 0, 0]);
});

test('roles are told by the permission API, and everybody reads what is public', async () => {
  const permission = async (login: string) =>
    (await github.repo('app', 'GET', `/collaborators/${login}/permission`)).body.role_name;
  expect(await Promise.all(['ada', 'grace', 'linus', 'tove', 'olaf'].map(permission))).toEqual([
    'admin',
    'maintain',
    'write',
    'triage',
    'read',
  ]);
});

test('nobody approves their own pull request', async () => {
  await github.repo('writer', 'POST', '/git/refs', { ref: 'refs/heads/own', sha: head });
  const file = { message: 'x', content: content('x'), branch: 'own' };
  await github.repo('writer', 'PUT', '/contents/own.txt', file);
  const pull = await github.repo('writer', 'POST', '/pulls', { title: 'Own', head: 'own', base: 'main' });
  const review = `/pulls/${pull.body.number}/reviews`;
  expect(await status('writer', 'POST', review, { event: 'APPROVE' })).toBe(422);
  expect(await status('maintainer', 'POST', review, { event: 'APPROVE' })).toBe(200);
});
