import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import type { Worker } from '../../src/index.js';
import { sandboxAnswer } from '../../src/sandbox/api.js';
import { createMover } from '../../src/sandbox/settle.js';
import { receiveWebhooks, startGithub } from '../support/github.js';

let github: Awaited<ReturnType<typeof startGithub>>;
beforeAll(async () => {
  github = await startGithub();
});
afterAll(() => github.close());

const clock = (advance: unknown) => github.ask('nobody', 'POST', '/_sandbox/clock', { advance });
const now = async () => (await github.ask('nobody', 'GET', '/_sandbox/clock')).body.now as string;
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe('the clock', () => {
  test('starts at --now and dates what happens', async () => {
    expect(github.info.now).toBe('2026-01-05T10:00:00Z');
    expect(await now()).toMatch(/^2026-01-05T10:0\d:\d\dZ$/);
    const { body } = await github.repo('writer', 'POST', '/issues', { title: 'dated' });
    expect(body.created_at).toMatch(/^2026-01-05T10:0/);
  });

  test('is moved forward by an ISO 8601 duration and answers the new time', async () => {
    const before = Date.parse(await now());
    const { status, body } = await clock('PT24H');
    expect(status).toBe(200);
    expect(Date.parse(body.now) - before).toBeGreaterThanOrEqual(24 * 3_600_000);
    expect(Date.parse(body.now) - before).toBeLessThan(24 * 3_600_000 + 60_000);
    const { body: issue } = await github.repo('writer', 'POST', '/issues', { title: 'later' });
    expect(issue.created_at).toMatch(/^2026-01-06T10:0/);
  });

  test.each(['-PT1S', 'PT', 'tomorrow', 5, 'P1M'])('does not take %p', async (duration) => {
    const before = await now();
    expect((await clock(duration)).status).toBe(400);
    expect(Date.parse(await now()) - Date.parse(before)).toBeLessThan(60_000);
  });

  test('does not take other keys', async () => {
    const answer = await github.ask('nobody', 'POST', '/_sandbox/clock', { to: '2027-01-01T00:00:00Z' });
    expect(answer.status).toBe(400);
  });

  test('goes from timer to timer, in order, each time until the work that it started is done', async () => {
    const seen: string[] = [];
    const { clock: time, activity } = github.world;
    const start = time.now();
    const work = (name: string) => () =>
      void activity.track(name, async () => {
        seen.push(`${name} at ${Math.round((time.now() - start) / 60_000)}`);
        await wait(30);
        seen.push(`${name} done`);
        if (name === 'first') time.at(start + 30 * 60_000, work('between'));
      });
    time.at(start + 60 * 60_000, work('last'));
    time.at(start + 10 * 60_000, work('first'));
    time.at(start + 90 * 60_000, work('too late'));
    await clock('PT1H1M');
    expect(seen).toEqual([
      'first at 10',
      'first done',
      'between at 30',
      'between done',
      'last at 60',
      'last done',
    ]);
  });
});

describe('settling', () => {
  test('answers at once when nothing is under way, with the number of runs since the last time', async () => {
    let runs = 3;
    const worker: Worker = { busy: () => [], runs: () => runs };
    github.world.activity.add(worker);
    expect((await github.settle()).body).toEqual({ now: expect.any(String), ran: 3 });
    runs = 5;
    expect((await github.settle()).body.ran).toBe(2);
    expect((await github.settle()).body.ran).toBe(0);
  });

  test('waits for work under way and for timers due within two seconds, not for later ones, and moves no clock', async () => {
    const { clock: time, activity } = github.world;
    const done: string[] = [];
    void activity.track('slow', () => wait(50).then(() => void done.push('slow')));
    time.at(time.now() + 300, () => done.push('soon'));
    time.at(time.now() + 100_000, () => done.push('later'));
    const before = time.now();
    await github.settle();
    expect(done).toEqual(['slow', 'soon']);
    expect(time.now() - before).toBeLessThan(20_000);
  });

  test('moves the clock over timers that only keep a distance between two runs', async () => {
    const { clock: time } = github.world;
    const start = time.now();
    let ran = 0;
    time.at(start + 60_000, () => (ran += 1), 'spacing');
    await github.settle();
    expect(ran).toBe(1);
    expect(time.now() - start).toBeGreaterThanOrEqual(60_000);
    expect(time.now() - start).toBeLessThan(90_000);
  });

  test('waits for a request that is being answered', async () => {
    const { body } = await github.ask('jwt', 'POST', '/app/installations/2001/access_tokens');
    await github.faults({ requests: [{ match: {}, when: 'before', answer: 'timeout' }] });
    const ended = new AbortController();
    const headers = { authorization: `token ${body.token}` };
    const silent = fetch(`${github.url}/user`, { headers, signal: ended.signal }).catch(() => 'ended');
    const fired = async () => (await github.ask('nobody', 'GET', '/_sandbox/faults')).body.requests[0].fired;
    while ((await fired()) === 0) await wait(5);
    const order: string[] = [];
    const settled = github.settle().then(() => order.push('settled'));
    await wait(100);
    order.push('the request ends');
    ended.abort();
    expect(await silent).toBe('ended');
    await settled;
    expect(order).toEqual(['the request ends', 'settled']);
    await github.faults({});
  });

  test('waits for a webhook that is due within two seconds, not for a later one', async () => {
    const receiver = await receiveWebhooks();
    const other = await startGithub({ webhookUrl: receiver.url });
    for (const [delay, title] of [
      ['PT10S', 'later'],
      ['PT1S', 'soon'],
    ] as const) {
      await other.faults({ webhooks: { delay } });
      await other.repo('writer', 'POST', '/issues', { title });
    }
    await other.settle();
    expect(receiver.received.map(({ payload }) => payload.issue.title)).toEqual(['soon']);
    await other.ask('nobody', 'POST', '/_sandbox/clock', { advance: 'PT10S' });
    expect(receiver.received).toHaveLength(2);
    await receiver.close();
    await other.close();
  });

  test('answers 504 with what it waits for when it gives up', async () => {
    const { clock: time, activity } = github.world;
    const parts = { clock: time, mover: createMover({ clock: time, activity, patience: 20 }) };
    const request = {
      method: 'POST',
      path: '/_sandbox/settle',
      query: '',
      headers: {},
      body: Buffer.alloc(0),
    };
    let free = () => {};
    void activity.track('a long errand', () => new Promise<void>((resolve) => (free = resolve)));
    const answer = await sandboxAnswer(parts as never, { ...request, sent: Promise.resolve() });
    expect(answer.status).toBe(504);
    expect(JSON.parse(String(answer.body))).toEqual({ waiting_for: ['a long errand'] });
    free();
  });

  test('waits for webhooks that are queued or being sent', async () => {
    let release = () => {};
    const slow = await receiveWebhooks();
    const held = new Promise<void>((resolve) => (release = resolve));
    const other = await startGithub({ webhookUrl: slow.url });
    other.world.onEffect(() => void other.world.activity.track('held', () => held));
    await other.repo('admin', 'POST', '/issues', { title: 'x' });
    const settled = other.settle();
    setTimeout(release, 50);
    expect((await settled).status).toBe(200);
    expect(slow.names()).toEqual(['issues.opened']);
    await slow.close();
    await other.close();
  });
});
