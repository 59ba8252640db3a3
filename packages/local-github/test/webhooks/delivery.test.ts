import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';

import { signature } from '../../src/webhooks/send.js';
import { APP, receiveWebhooks, startGithub } from '../support/github.js';

let github: Awaited<ReturnType<typeof startGithub>>;
let receiver: Awaited<ReturnType<typeof receiveWebhooks>>;
let status = 200;

beforeAll(async () => {
  receiver = await receiveWebhooks(() => status);
  github = await startGithub({ webhookUrl: receiver.url, app: { ...APP, webhookSecret: 'sesame' } });
});
beforeEach(() => {
  status = 200;
  receiver.received.length = 0;
});
afterAll(async () => {
  await receiver.close();
  await github.close();
});

const deliveries = async (query = '') =>
  (await github.ask('jwt', 'GET', `/app/hook/deliveries${query}`)).body;

async function label(name: string): Promise<void> {
  await github.repo('admin', 'POST', '/issues/8/labels', { labels: [name] });
  await github.settle();
}

describe('a webhook of the app', () => {
  test('is signed, named, and tells what happened, where, and to which installation', async () => {
    await label('bug-2');
    expect(receiver.names()).toEqual(['label.created', 'issues.labeled']);
    const { headers, text, payload } = receiver.received[1]!;
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      'x-github-event': 'issues',
      'x-github-delivery': expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f-]{27}$/),
      'x-github-hook-installation-target-type': 'integration',
      'x-github-hook-installation-target-id': '1001',
      'x-hub-signature-256': signature('sesame', text),
      'user-agent': expect.stringMatching(/^GitHub-Hookshot\//),
    });
    expect(payload).toMatchObject({
      action: 'labeled',
      issue: { number: 8 },
      label: { name: 'bug-2' },
      repository: { full_name: 'acme/market' },
      organization: { login: 'acme' },
      sender: { login: 'ada', type: 'User' },
      installation: { id: 2001 },
    });
  });

  test('shows the state that its own effect made, also if more happened since', async () => {
    await github.repo('admin', 'PATCH', '/issues/4', { title: 'first' });
    await github.repo('admin', 'PATCH', '/issues/4', { title: 'second' });
    await github.settle();
    expect(receiver.received.map(({ payload }) => payload.issue.title)).toEqual(['first', 'second']);
  });

  test('is sent once the answer of its request has been sent, in the order of the effects', async () => {
    for (let n = 1; n <= 5; n += 1) await github.repo('admin', 'POST', '/issues', { title: `n${n}` });
    await github.settle();
    expect(receiver.received.map(({ payload }) => payload.issue.title)).toEqual([
      'n1',
      'n2',
      'n3',
      'n4',
      'n5',
    ]);
  });

  test('is not made for events that the app does not subscribe to', async () => {
    await github.repo('admin', 'POST', '/issues/8/reactions', { content: '+1' });
    await github.settle();
    expect(receiver.received).toEqual([]);
  });

  test('that nobody takes is listed as failed and not sent again by itself', async () => {
    status = 503;
    await label('failing');
    const [last] = await deliveries('?status=failure');
    expect(last).toMatchObject({
      event: 'issues',
      action: 'labeled',
      status: 'Invalid HTTP Response: 503',
      status_code: 503,
      redelivery: false,
      installation_id: 2001,
    });
    status = 200;
    receiver.received.length = 0;
    await github.ask('nobody', 'POST', '/_sandbox/clock', { advance: 'P3D' });
    await github.settle();
    expect(receiver.received).toEqual([]);
  });

  test('can be redelivered under its own GUID, and read with what was sent and answered', async () => {
    status = 500;
    await label('again');
    status = 200;
    const [failed] = await deliveries('?status=failure');
    const asked = await github.ask('jwt', 'POST', `/app/hook/deliveries/${failed.id}/attempts`);
    expect(asked.status).toBe(202);
    await github.settle();
    const [last] = await deliveries();
    expect(last).toMatchObject({ guid: failed.guid, redelivery: true, status_code: 200, status: 'OK' });
    expect(last.id).not.toBe(failed.id);
    const whole = await github.ask('jwt', 'GET', `/app/hook/deliveries/${last.id}`);
    expect(whole.body).toMatchObject({
      url: receiver.url,
      request: { payload: { action: 'labeled', label: { name: 'again' } } },
      response: { payload: 'taken' },
    });
    expect(receiver.received.at(-1)!.headers['x-github-delivery']).toBe(failed.guid);
  });

  test('can be listed page by page with a cursor', async () => {
    const first = await github.ask('jwt', 'GET', '/app/hook/deliveries?per_page=2');
    expect(first.body).toHaveLength(2);
    const [, next] = /<([^>]+)>; rel="next"/.exec(first.headers.get('link')!)!;
    const second = await github.ask('jwt', 'GET', next!);
    expect(second.body[0].id).toBe(first.body[1].id - 1);
  });

  test('of another app cannot be read, and one that does not exist is 404', async () => {
    expect((await github.ask('jwt', 'GET', '/app/hook/deliveries/99999')).status).toBe(404);
    expect((await github.ask('ci', 'GET', '/app/hook/deliveries')).status).toBe(401);
  });
});

describe('a webhook of a repository', () => {
  const hook = (url: string, events: string[], secret?: string) => ({
    config: { url, content_type: 'json', ...(secret !== undefined && { secret }) },
    events,
  });

  test('is set up, listed and removed by administrators only', async () => {
    const script = await receiveWebhooks();
    for (const who of ['maintainer', 'writer', 'app'] as const) {
      expect((await github.repo(who, 'POST', '/hooks', hook(script.url, ['push']))).status).toBe(403);
    }
    const made = await github.repo('admin', 'POST', '/hooks', hook(script.url, ['issues', 'push'], 'pst'));
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      active: true,
      events: ['issues', 'push'],
      config: { secret: '********' },
    });
    expect((await github.repo('admin', 'POST', '/hooks', hook(script.url, ['push']))).status).toBe(422);
    expect((await github.repo('admin', 'POST', '/hooks', hook('ftp://a/b', ['push']))).status).toBe(422);
    expect((await github.repo('admin', 'GET', '/hooks')).body).toHaveLength(1);

    await label('for-script');
    const { headers, text, payload } = script.received[0]!;
    expect(script.names()).toEqual(['issues.labeled']);
    expect(headers).toMatchObject({
      'x-github-hook-installation-target-type': 'repository',
      'x-hub-signature-256': signature('pst', text),
    });
    expect(payload.installation).toBeUndefined();

    expect((await github.repo('admin', 'DELETE', `/hooks/${made.body.id}`)).status).toBe(204);
    expect((await github.repo('admin', 'DELETE', `/hooks/${made.body.id}`)).status).toBe(404);
    await label('after');
    expect(script.received).toHaveLength(1);
    await script.close();
  });
});

test('without an address webhooks are kept as undelivered', async () => {
  const silent = await startGithub();
  await silent.repo('admin', 'POST', '/issues', { title: 'heard by nobody' });
  await silent.settle();
  const { body } = await silent.ask('jwt', 'GET', '/app/hook/deliveries?status=failure');
  expect(body).toMatchObject([{ event: 'issues', action: 'opened', status: 'undelivered', status_code: 0 }]);
  await silent.close();
});
