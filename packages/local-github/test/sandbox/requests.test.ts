import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';

import { startGithub } from '../support/github.js';

let github: Awaited<ReturnType<typeof startGithub>>;
beforeAll(async () => {
  github = await startGithub();
  await github.repo('app', 'GET', '/issues');
});
beforeEach(async () => {
  await github.ask('nobody', 'DELETE', '/_sandbox/requests');
});
afterAll(() => github.close());

test('the log holds what the app asked, oldest first, with kinds, operations and effects', async () => {
  await github.repo('app', 'GET', '/issues?state=open');
  await github.repo('app', 'POST', '/issues/8/labels', { labels: ['logged'] });
  await github.graphql('app', 'query Who { viewer { login } }');
  await github.ask('jwt', 'POST', '/app/installations/2001/access_tokens');
  const requests = await github.requests();
  expect(requests).toMatchObject([
    { kind: 'read', method: 'GET', path: '/repos/acme/market/issues', operation: 'issues/list-for-repo' },
    { kind: 'write', method: 'POST', operation: 'issues/add-labels', status: 200, mutations: [] },
    { kind: 'read', method: 'POST', path: '/graphql', operation: 'Who', mutations: [], effects: [] },
    { kind: 'auth', operation: 'apps/create-installation-access-token', status: 201, effects: [] },
  ]);
  expect(Object.keys(requests[0])).toEqual([
    'n',
    'at',
    'kind',
    'method',
    'path',
    'operation',
    'mutations',
    'status',
    'effects',
    'ms',
  ]);
  expect(requests[1].effects).toEqual([github.world.store.effect]);
  expect(requests.map(({ n }: { n: number }) => n - requests[0].n)).toEqual([0, 1, 2, 3]);
});

test('a GraphQL mutation is a write that names its fields, and each is an effect of its own', async () => {
  const { node_id: id } = (await github.repo('app', 'GET', '/issues/4')).body;
  await github.ask('nobody', 'DELETE', '/_sandbox/requests');
  const before = github.world.store.effect;
  await github.graphql(
    'app',
    `mutation Two($id: ID!) {
      a: addComment(input: { subjectId: $id, body: "one" }) { clientMutationId }
      b: addComment(input: { subjectId: $id, body: "two" }) { clientMutationId }
    }`,
    { id },
  );
  expect(await github.requests()).toMatchObject([
    {
      kind: 'write',
      operation: 'Two',
      mutations: ['addComment', 'addComment'],
      effects: [before + 1, before + 2],
    },
  ]);
});

test('refused and unserved requests are logged with their status', async () => {
  await github.repo('app', 'GET', '/milestones');
  await github.repo('app', 'GET', '/nothing');
  await github.repo('app', 'GET', '/issues/999');
  expect((await github.requests()).map((one: { status: number }) => one.status)).toEqual([501, 404, 404]);
  expect(github.takeViolations()).toHaveLength(2);
});

test('people, nobody and the app ci are not in it', async () => {
  await github.repo('writer', 'GET', '/issues');
  await github.repo('nobody', 'GET', '/issues');
  await github.repo('ci', 'GET', '/issues');
  expect(await github.requests()).toEqual([]);
});

test('DELETE empties it with 204', async () => {
  await github.repo('app', 'GET', '/issues');
  const { status } = await github.ask('nobody', 'DELETE', '/_sandbox/requests');
  expect(status).toBe(204);
  expect(await github.requests()).toEqual([]);
});

test('an address that the sandbox has not is 404 with those that it has', async () => {
  const { status, body } = await github.ask('nobody', 'GET', '/_sandbox/nothing');
  expect(status).toBe(404);
  expect(body.routes).toContain('POST /_sandbox/settle');
});
