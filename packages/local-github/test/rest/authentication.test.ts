import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { appKey } from '../../src/access/keys.js';
import { createTokens } from '../../src/access/tokens.js';
import { appJwt, startGithub } from '../support/github.js';

let github: Awaited<ReturnType<typeof startGithub>>;
beforeAll(async () => {
  github = await startGithub();
});
afterAll(() => github.close());

const headers = (authorization: string) => ({ authorization });
const bearer = (claims: object) => headers(`Bearer ${appJwt(github.info, claims)}`);

describe('a token', () => {
  test.each(['token', 'Bearer', 'bearer'])('is taken as "%s X"', async (scheme) => {
    const authorization = `${scheme} ${github.info.tokens.writer!}`;
    const { status, body } = await github.ask('nobody', 'GET', '/user', undefined, { authorization });
    expect([status, body.login]).toEqual([200, 'linus']);
  });

  test.each(['token', 'Bearer'])('is taken as "%s X" by GraphQL too', async (scheme) => {
    const authorization = `${scheme} ${github.info.tokens.triager!}`;
    const body = { query: '{ viewer { login } }' };
    const answer = await github.ask('nobody', 'POST', '/graphql', body, { authorization });
    expect(answer.body).toEqual({ data: { viewer: { login: 'tove' } } });
  });

  test('is taken as the password of basic authentication', async () => {
    const pair = Buffer.from(`anything:${github.info.tokens.admin!}`).toString('base64');
    const { body } = await github.ask('nobody', 'GET', '/user', undefined, headers(`Basic ${pair}`));
    expect(body.login).toBe('ada');
  });

  test.each(['token unknown', 'Bearer', 'Basic bm9wZQ==', 'Digest x'])(
    'that is wrong (%s) is 401',
    async (value) => {
      const answer = await github.repo('nobody', 'GET', '/issues');
      expect(answer.status).toBe(200);
      const refused = await github.ask(
        'nobody',
        'GET',
        '/repos/acme/market/issues',
        undefined,
        headers(value),
      );
      expect(refused.status).toBe(401);
      expect(refused.body.message).toBe('Bad credentials');
    },
  );

  test('is not needed to read what is public, but to write', async () => {
    expect((await github.repo('nobody', 'GET', '/issues/4')).status).toBe(200);
    expect((await github.repo('nobody', 'POST', '/issues', { title: 'x' })).status).toBe(401);
    expect((await github.graphql('nobody', '{ viewer { login } }')).status).toBe(401);
  });

  test('of each person and of the app ci is in the info', async () => {
    const people = ['admin', 'maintainer', 'writer', 'triager', 'outsider'] as const;
    for (const who of people) {
      expect((await github.ask(who, 'GET', '/user')).body.login).toBe(github.info.users[who]);
    }
    expect(github.info.users).toEqual({
      admin: 'ada',
      maintainer: 'grace',
      writer: 'linus',
      triager: 'tove',
      outsider: 'olaf',
      ci: 'ci[bot]',
    });
    const viewer = await github.graphql('ci', '{ viewer { login } }');
    expect(viewer.body.data.viewer.login).toBe('ci[bot]');
  });
});

describe('an app', () => {
  test('proves itself by a token that its key signed', async () => {
    const { status, body } = await github.ask('jwt', 'GET', '/app');
    expect(status).toBe(200);
    expect(body).toMatchObject({ id: 1001, slug: 'yardmaster', owner: { login: 'acme' } });
  });

  test.each([
    ['that has expired', { exp: Math.floor(Date.now() / 1000) - 1 }, /'exp'\) must be/],
    ['that lives too long', { exp: Math.floor(Date.now() / 1000) + 1200 }, /too far in the future/],
    ['that was issued in the future', { iat: Math.floor(Date.now() / 1000) + 300 }, /'iat'\)/],
    ['that another app’s key signed', { iss: 1002 }, /could not be decoded/],
  ])('is refused with a token %s', async (_, claims, message) => {
    const { status, body } = await github.ask('nobody', 'GET', '/app', undefined, bearer(claims));
    expect(status).toBe(401);
    expect(body.message).toMatch(message);
  });

  test('that nobody knows is 404, and what is no token 401', async () => {
    expect((await github.ask('nobody', 'GET', '/app', undefined, bearer({ iss: 7 }))).status).toBe(404);
    const broken = headers('Bearer a.b.c');
    expect((await github.ask('nobody', 'GET', '/app', undefined, broken)).status).toBe(401);
  });

  test('finds its installations, and the repositories of one', async () => {
    const listed = await github.ask('jwt', 'GET', '/app/installations');
    expect(listed.body).toMatchObject([{ id: 2001, app_slug: 'yardmaster', account: { login: 'acme' } }]);
    expect((await github.ask('jwt', 'GET', '/app/installations/2001')).body.id).toBe(2001);
    expect((await github.ask('jwt', 'GET', '/app/installations/2002')).status).toBe(404);
    expect((await github.ask('jwt', 'GET', '/repos/acme/market/installation')).body.id).toBe(2001);
    const { body } = await github.ask('app', 'GET', '/installation/repositories');
    expect(body).toMatchObject({ total_count: 1, repositories: [{ full_name: 'acme/market' }] });
  });

  test('gets tokens for an hour of real time, with fewer permissions if it asks', async () => {
    const path = '/app/installations/2001/access_tokens';
    const { status, body } = await github.ask('jwt', 'POST', path, { permissions: { issues: 'read' } });
    expect(status).toBe(201);
    expect(body.permissions).toEqual({ metadata: 'read', issues: 'read' });
    expect(Math.abs(Date.parse(body.expires_at) - Date.now() - 3_600_000)).toBeLessThan(60_000);
    const authorization = `token ${body.token}`;
    const read = await github.ask('nobody', 'GET', '/repos/acme/market/issues/4', undefined, {
      authorization,
    });
    expect(read.status).toBe(200);
    const write = await github.ask(
      'nobody',
      'POST',
      '/repos/acme/market/labels',
      { name: 'x' },
      { authorization },
    );
    expect(write.status).toBe(403);
    expect(write.body.message).toBe('Resource not accessible by integration');
    expect(write.headers.get('x-accepted-github-permissions')).toBe('issues=write; pull_requests=write');
  });

  test('gets no permission that it does not have, and no token for some repositories only', async () => {
    const path = '/app/installations/2001/access_tokens';
    const more = await github.ask('jwt', 'POST', path, { permissions: { workflows: 'write' } });
    expect(more.status).toBe(422);
    const some = await github.ask('jwt', 'POST', path, { repositories: ['market'] });
    expect(some.status).toBe(501);
    expect(github.takeViolations()).toHaveLength(1);
  });

  test('needs its own token where GitHub wants that, and an installation’s elsewhere', async () => {
    expect((await github.ask('app', 'GET', '/app')).status).toBe(401);
    expect((await github.ask('writer', 'GET', '/app/installations')).status).toBe(401);
    expect((await github.repo('jwt', 'POST', '/labels', { name: 'x' })).status).toBe(403);
  });
});

test('a token and a signed proof do not grow old when only the sandbox clock moves', async () => {
  const other = await startGithub();
  const { body } = await other.ask('jwt', 'POST', '/app/installations/2001/access_tokens');
  const proof = { authorization: `Bearer ${appJwt(other.info)}` };
  await other.ask('nobody', 'POST', '/_sandbox/clock', { advance: 'P7D' });
  const token = { authorization: `Bearer ${body.token}` };
  const read = await other.ask('nobody', 'GET', '/repos/acme/market/issues', undefined, token);
  expect([read.status, read.body.length]).toEqual([200, 2]);
  expect((await other.ask('nobody', 'GET', '/app', undefined, proof)).status).toBe(200);
  await other.close();
});

test('a token of an installation ends after an hour of real time', () => {
  let now = 0;
  const tokens = createTokens(() => now);
  const app = {
    id: 1,
    slug: 'a',
    name: 'a',
    ownerId: 1,
    botId: 2,
    permissions: {},
    events: [],
    createdAt: '',
  };
  const { token } = tokens.installation(app, { id: 3, appId: 1, accountId: 1, createdAt: '' }, {});
  now = 3_599_999;
  expect(tokens.find(token)).toMatchObject({ kind: 'installation', accountId: 2 });
  now = 3_600_000;
  expect(tokens.find(token)).toBeUndefined();
});

test('two apps have two keys, each the same at every call', () => {
  expect(appKey(1001)).toBe(appKey(1001));
  expect(appKey(1001).privatePem).not.toBe(appKey(1002).privatePem);
});
