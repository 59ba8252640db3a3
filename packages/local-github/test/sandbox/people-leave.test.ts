import { afterEach, beforeEach, expect, test } from '@jest/globals';

import { type Loose, startGithub } from '../support/github.js';

let github: Awaited<ReturnType<typeof startGithub>>;
beforeEach(async () => {
  github = await startGithub();
});
afterEach(() => github.close());

async function roleOf(login: string): Promise<Loose> {
  const { status, body } = await github.repo('admin', 'GET', `/collaborators/${login}/permission`);
  return status === 200 ? body.role_name : status;
}

test('administrators give and take roles, and nobody else', async () => {
  const put = (who: 'admin' | 'maintainer', permission?: string) =>
    github.repo(who, 'PUT', '/collaborators/linus', permission === undefined ? {} : { permission });
  expect((await put('maintainer', 'admin')).status).toBe(403);
  expect(await roleOf('linus')).toBe('write');
  expect((await put('admin', 'triage')).status).toBe(204);
  expect(await roleOf('linus')).toBe('triage');
  expect((await put('admin')).status).toBe(204);
  expect(await roleOf('linus')).toBe('write');
  expect((await github.repo('admin', 'DELETE', '/collaborators/linus')).status).toBe(204);
  expect(await roleOf('linus')).toBe('read');
});

test('who deletes their account leaves what they wrote behind, by nobody', async () => {
  const comment = (await github.repo('writer', 'POST', '/issues/4/comments', { body: 'Bye' })).body;
  const { id } = (await github.ask('writer', 'GET', '/user')).body;
  expect((await github.ask('admin', 'POST', `/_sandbox/accounts/${id}/delete`)).status).toBe(403);
  expect((await github.ask('writer', 'POST', `/_sandbox/accounts/${id}/delete`)).status).toBe(200);
  expect((await github.ask('writer', 'GET', '/user')).status).toBe(401);
  expect(await roleOf('linus')).toBe(404);
  const shown = (await github.repo('admin', 'GET', `/issues/comments/${comment.id}`)).body;
  expect([shown.body, shown.user.login]).toEqual(['Bye', 'ghost']);
  const query = `{ repository(owner: "acme", name: "market") {
    issue(number: 8) { author { login } }
    four: issue(number: 4) { comments(first: 1) { nodes { author { login } body } } }
  } }`;
  const { body } = await github.ask('admin', 'POST', '/graphql', { query });
  expect(body.data.repository).toEqual({
    issue: { author: null },
    four: { comments: { nodes: [{ author: null, body: 'Bye' }] } },
  });
});
