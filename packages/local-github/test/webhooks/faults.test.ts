import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';

import { type Loose, receiveWebhooks, startGithub } from '../support/github.js';

let github: Awaited<ReturnType<typeof startGithub>>;
let receiver: Awaited<ReturnType<typeof receiveWebhooks>>;
beforeAll(async () => {
  receiver = await receiveWebhooks();
  github = await startGithub({ webhookUrl: receiver.url });
});
afterEach(async () => {
  await github.settle();
  await github.faults({});
  receiver.received.length = 0;
});
afterAll(async () => {
  await receiver.close();
  await github.close();
});

/** Opens issues 1 to `count`, and says which of their webhooks came, in the order of their arrival. */
async function opened(count: number): Promise<number[]> {
  receiver.received.length = 0;
  for (let n = 1; n <= count; n += 1) {
    await github.repo('writer', 'POST', '/issues', { title: String(n) });
  }
  await github.settle();
  return received();
}
const received = () => receiver.received.map(({ payload }) => Number(payload.issue.title));
const fired = async () => (await github.ask('nobody', 'GET', '/_sandbox/faults')).body.webhooks.fired;

test('dropped ones do not arrive and are listed as failed; the same seed drops the same ones', async () => {
  const settings = { seed: 7, webhooks: { drop: 0.5 } };
  await github.faults(settings);
  const first = await opened(12);
  expect(first.length).toBeGreaterThan(0);
  expect(first.length).toBeLessThan(12);
  expect(await fired()).toBe(12 - first.length);
  const failed = await github.ask('jwt', 'GET', '/app/hook/deliveries?status=failure');
  expect(failed.body).toHaveLength(12 - first.length);
  await github.faults(settings);
  expect(await opened(12)).toEqual(first);
  await github.faults({ ...settings, seed: 8 });
  expect(await opened(12)).not.toEqual(first);
});

test('dropped ones can be redelivered', async () => {
  await github.faults({ webhooks: { drop: 1 } });
  expect(await opened(1)).toEqual([]);
  const [lost] = (await github.ask('jwt', 'GET', '/app/hook/deliveries')).body;
  await github.ask('jwt', 'POST', `/app/hook/deliveries/${lost.id}/attempts`);
  await github.settle();
  expect(received()).toEqual([1]);
});

test('duplicates arrive twice under one GUID', async () => {
  await github.faults({ webhooks: { duplicate: 1 } });
  expect(await opened(2)).toEqual([1, 1, 2, 2]);
  const guids = receiver.received.map(({ headers }) => headers['x-github-delivery']);
  expect(guids[0]).toBe(guids[1]);
  expect(new Set(guids).size).toBe(2);
});

test('delayed ones wait on the sandbox clock', async () => {
  await github.faults({ webhooks: { delay: 'PT1H' } });
  expect(await opened(2)).toEqual([]);
  await github.ask('nobody', 'POST', '/_sandbox/clock', { advance: 'PT59M' });
  expect(received()).toEqual([]);
  await github.ask('nobody', 'POST', '/_sandbox/clock', { advance: 'PT1M' });
  expect(received()).toEqual([1, 2]);
});

test('reordered ones all arrive, in another order', async () => {
  await github.faults({ webhooks: { reorder: true } });
  const order = await opened(12);
  expect(order.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  expect(order).not.toEqual(order.toSorted((a, b) => a - b));
});

test('only those of the named events are touched', async () => {
  await github.faults({ webhooks: { drop: 1, events: ['issues'] } });
  await github.repo('writer', 'POST', '/issues', { title: 'dropped' });
  await github.repo('writer', 'POST', '/issues/4/comments', { body: 'arrives' });
  await github.settle();
  expect(receiver.names()).toEqual(['issue_comment.created']);
});

test('those of a repository’s own hooks are not touched', async () => {
  const script = await receiveWebhooks();
  const config = { url: script.url, content_type: 'json' };
  await github.repo('admin', 'POST', '/hooks', { config, events: ['issues'] });
  await github.faults({ webhooks: { drop: 1 } });
  await opened(2);
  expect(script.received.map(({ payload }: Loose) => payload.issue.title)).toEqual(['1', '2']);
  await script.close();
});
