import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';

import { startGithub } from '../support/github.js';

let github: Awaited<ReturnType<typeof startGithub>>;
beforeAll(async () => {
  github = await startGithub();
  await github.repo('app', 'GET', '/labels');
});
beforeEach(async () => {
  await github.faults({});
  await github.ask('nobody', 'POST', '/_sandbox/clock', { advance: 'PT2H' });
});
afterAll(() => github.close());

test('are off unless set', async () => {
  for (let n = 0; n < 5; n += 1) await github.repo('app', 'GET', '/labels');
  const { headers } = await github.repo('app', 'GET', '/labels');
  expect([headers.get('x-ratelimit-limit'), headers.get('x-ratelimit-remaining')]).toEqual(['5000', '5000']);
});

test('the primary one refuses what is too much until its hour of the sandbox clock is over', async () => {
  await github.faults({ limits: { primary: 2 } });
  const answers = [];
  for (let n = 0; n < 3; n += 1) answers.push(await github.repo('app', 'GET', '/labels'));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 403]);
  expect(answers.map(({ headers }) => headers.get('x-ratelimit-remaining'))).toEqual(['1', '0', '0']);
  const reset = Number(answers[2]!.headers.get('x-ratelimit-reset')) * 1000;
  const now = Date.parse((await github.ask('nobody', 'GET', '/_sandbox/clock')).body.now);
  expect(reset - now).toBeGreaterThan(0);
  expect(reset - now).toBeLessThanOrEqual(3_601_000);
  expect((await github.repo('writer', 'GET', '/labels')).status).toBe(200);
  await github.ask('nobody', 'POST', '/_sandbox/clock', { advance: 'PT1H' });
  expect((await github.repo('app', 'GET', '/labels')).status).toBe(200);
});

test('a 304 is free', async () => {
  const etag = (await github.repo('app', 'GET', '/labels')).headers.get('etag')!;
  await github.faults({ limits: { primary: 1 } });
  const path = '/repos/acme/market/labels';
  for (let n = 0; n < 3; n += 1) {
    const answer = await github.ask('app', 'GET', path, undefined, { 'if-none-match': etag });
    expect(answer.status).toBe(304);
  }
  expect((await github.repo('app', 'GET', '/labels')).status).toBe(200);
  expect((await github.repo('app', 'GET', '/labels')).status).toBe(403);
});

test('GraphQL has a budget of its own, in points, and refuses with 200 and RATE_LIMITED', async () => {
  await github.faults({ limits: { primary: 1 } });
  const query = '{ viewer { login } rateLimit { limit remaining } }';
  const first = await github.graphql('app', query);
  expect(first.body.data.rateLimit.limit).toBe(1);
  const second = await github.graphql('app', query);
  expect(second.status).toBe(200);
  expect(second.body.errors[0].type).toBe('RATE_LIMITED');
  expect((await github.repo('app', 'GET', '/labels')).status).toBe(200);
});

test('the one of content refuses writes above so many a minute, with retry-after', async () => {
  await github.faults({ limits: { content: 2 } });
  const write = (n: number) => github.repo('app', 'POST', '/issues/8/labels', { labels: [`content-${n}`] });
  expect([(await write(1)).status, (await write(2)).status]).toEqual([200, 200]);
  const refused = await write(3);
  expect(refused.status).toBe(403);
  expect(refused.body.message).toContain('secondary rate limit');
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  expect((await github.repo('app', 'GET', '/labels')).status).toBe(200);
  await github.ask('nobody', 'POST', '/_sandbox/clock', { advance: 'PT1M' });
  expect((await write(4)).status).toBe(200);
  expect((await github.ask('nobody', 'GET', '/_sandbox/faults')).body.limits.fired).toBe(1);
});

test('the secondary one counts points a minute, five for a write', async () => {
  await github.faults({ limits: { secondary: true } });
  const statuses = new Set<number>();
  for (let n = 0; n < 181; n += 1) {
    statuses.add((await github.repo('app', 'DELETE', '/issues/4/labels')).status);
  }
  expect([...statuses]).toEqual([204, 403]);
});
