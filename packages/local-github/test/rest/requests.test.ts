import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { startGithub } from '../support/github.js';

let github: Awaited<ReturnType<typeof startGithub>>;
beforeAll(async () => {
  github = await startGithub();
});
afterAll(() => github.close());

describe('an address', () => {
  test('that GitHub does not have is 404 with its message', async () => {
    const answer = await github.repo('writer', 'GET', '/nothing/here');
    expect(answer.status).toBe(404);
    expect(answer.body).toEqual({
      message: 'Not Found',
      documentation_url: 'https://docs.github.com/rest',
      status: '404',
    });
    expect(github.takeViolations()).toEqual([
      'no operation: path: expected an operation of GitHub, got GET /repos/acme/market/nothing/here',
    ]);
  });

  test('that GitHub has and the local one has not is 501 and names the operation', async () => {
    const answer = await github.repo('writer', 'GET', '/milestones');
    expect(answer.status).toBe(501);
    expect(answer.body.message).toContain('issues/list-milestones');
    expect(github.takeViolations()).toEqual([
      'issues/list-milestones: path: expected what is served here, got The local GitHub does not serve issues/list-milestones',
    ]);
  });

  test('that is served, but not with this key, is 501 and names the key', async () => {
    const answer = await github.repo('admin', 'PATCH', '', { description: 'A market' });
    expect(answer.status).toBe(501);
    expect(answer.body.message).toBe('The local GitHub does not serve description of repos/update');
    expect(github.takeViolations()).toHaveLength(1);
  });
});

describe('a request that is not as GitHub describes it is 422, recorded, and told what, where and what was expected', () => {
  const wrong = [
    ['an unknown query key', 'GET', '/issues?sate=open', undefined, 'query sate: expected no such key'],
    ['a wrong query enum', 'GET', '/issues?state=opened', undefined, 'query state: expected one of "open"'],
    [
      'an unknown body key',
      'POST',
      '/issues',
      { title: 'x', boddy: 'y' },
      'body boddy: expected no such key',
    ],
    ['a wrong type', 'POST', '/issues', { title: true }, 'body title: expected'],
    ['a missing key', 'POST', '/issues', {}, 'body title: expected a value, it is required, got nothing'],
    ['a path of the wrong type', 'GET', '/issues/four', undefined, 'path issue_number: expected'],
  ] as const;

  test.each(wrong)('%s', async (_, method, path, body, message) => {
    const answer = await github.repo('writer', method, path, body);
    expect(answer.status).toBe(422);
    expect(answer.body.errors.join('\n')).toContain(message);
    expect(github.takeViolations().join('\n')).toContain(message);
  });

  test('a GraphQL variable of the wrong type', async () => {
    const query =
      'query ($n: Int!) { repository(owner: "acme", name: "market") { issue(number: $n) { title } } }';
    const answer = await github.graphql('writer', query, { n: 'four' });
    expect(answer.status).toBe(200);
    expect(answer.body.errors[0].message).toContain('$n');
    expect(github.takeViolations()).not.toEqual([]);
  });
});

describe('a body', () => {
  test('that is empty counts as none, although the content type says JSON', async () => {
    const answer = await github.repo('admin', 'DELETE', '/issues/8/labels');
    expect(answer.status).toBe(204);
    expect((await github.repo('admin', 'PUT', '/issues/8/labels', { labels: ['bug'] })).status).toBe(200);
  });

  test('that is not JSON is 400', async () => {
    const response = await fetch(`${github.url}/repos/acme/market/issues`, {
      method: 'POST',
      headers: { authorization: `token ${github.info.tokens.writer!}`, 'content-type': 'application/json' },
      body: '{"title":',
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ message: 'Problems parsing JSON' });
  });
});

describe('pages', () => {
  beforeAll(async () => {
    for (let n = 1; n <= 34; n += 1) await github.repo('admin', 'POST', '/labels', { name: `many-${n}` });
  });

  test('hold 30 items if nothing is said, and the Link header leads to the others', async () => {
    const first = await github.repo('nobody', 'GET', '/labels');
    expect(first.body).toHaveLength(30);
    expect(first.headers.get('link')).toBe(
      `<${github.url}/repos/acme/market/labels?page=2>; rel="next", ` +
        `<${github.url}/repos/acme/market/labels?page=2>; rel="last"`,
    );
    const second = await github.repo('nobody', 'GET', '/labels?page=2');
    expect(second.body).toHaveLength(5);
    expect(second.headers.get('link')).toContain('rel="prev"');
    expect(second.headers.get('link')).not.toContain('rel="next"');
  });

  test('keep the rest of the query in their links', async () => {
    const answer = await github.repo('nobody', 'GET', '/labels?per_page=10&page=2');
    const rels = [...answer.headers.get('link')!.matchAll(/<([^>]+)>; rel="(\w+)"/g)];
    expect(rels.map(([, url, rel]) => [rel, new URL(url!).search])).toEqual([
      ['prev', '?per_page=10&page=1'],
      ['next', '?per_page=10&page=3'],
      ['last', '?per_page=10&page=4'],
      ['first', '?per_page=10&page=1'],
    ]);
  });

  test('hold at most 100 items, and no Link header stands where there is one page', async () => {
    const answer = await github.repo('nobody', 'GET', '/labels?per_page=500');
    expect(answer.body).toHaveLength(35);
    expect(answer.headers.get('link')).toBeNull();
  });

  test('behind the last one are empty', async () => {
    expect((await github.repo('nobody', 'GET', '/labels?page=9')).body).toEqual([]);
  });
});

describe('every answer', () => {
  test('of a read has an entity tag, and with it in If-None-Match is 304 without a body until something changes', async () => {
    const path = '/repos/acme/market/issues/4';
    const etag = (await github.ask('writer', 'GET', path)).headers.get('etag')!;
    const unchanged = await github.ask('writer', 'GET', path, undefined, { 'if-none-match': etag });
    expect(unchanged.status).toBe(304);
    expect(unchanged.body).toBeNull();
    expect(unchanged.headers.get('etag')).toBe(etag);
    await github.ask('writer', 'PATCH', path, { title: 'Four, renamed' });
    const changed = await github.ask('writer', 'GET', path, undefined, { 'if-none-match': etag });
    expect(changed.status).toBe(200);
    expect(changed.body.title).toBe('Four, renamed');
  });

  test('tells the rate limit, a request id and the date on the sandbox clock', async () => {
    const { headers } = await github.repo('writer', 'GET', '/issues/4');
    expect(headers.get('x-ratelimit-limit')).toBe('5000');
    expect(headers.get('x-ratelimit-remaining')).toBe('5000');
    expect(headers.get('x-ratelimit-resource')).toBe('core');
    expect(headers.get('x-github-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect(headers.get('date')).toContain('05 Jan 2026 10:0');
  });

  test('that refuses has GitHub’s form', async () => {
    const answer = await github.repo('outsider', 'POST', '/labels', { name: 'mine' });
    expect(answer.status).toBe(403);
    expect(answer.body).toMatchObject({ message: expect.any(String), status: '403' });
    const taken = await github.repo('admin', 'POST', '/labels', { name: 'BUG' });
    expect(taken.status).toBe(422);
    expect(taken.body).toMatchObject({
      message: 'Validation Failed',
      errors: [{ resource: 'Label', code: 'already_exists', field: 'name' }],
    });
  });
});

test('GET /rate_limit shows the budgets of REST and GraphQL', async () => {
  const { status, body } = await github.ask('app', 'GET', '/rate_limit');
  expect(status).toBe(200);
  expect(body.resources.graphql).toMatchObject({ limit: 5000, used: 0, remaining: 5000 });
  expect(body.rate).toEqual(body.resources.core);
});
