import { existsSync, readFileSync, statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { describe, expect, test } from '@jest/globals';

import { startLocalGithub } from '@yardmaster/local-github';
import { APP, SEED, receiveWebhooks, startGithub } from '../support/github.js';

describe('a server', () => {
  test('says where everything is, and no address ends in a slash', async () => {
    const github = await startGithub({ app: { ...APP, webhookSecret: 'sesame' } });
    const { info, url } = github;
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(info).toMatchObject({
      url,
      api: url,
      graphql: `${url}/graphql`,
      git: `${url}/acme/market.git`,
      repository: 'acme/market',
      pid: process.pid,
      app: { id: 1001, slug: 'yardmaster', installation: 2001 },
    });
    expect(readFileSync(info.app.privateKeyFile, 'utf8')).toMatch(/^-----BEGIN RSA PRIVATE KEY-----/);
    expect(readFileSync(info.app.webhookSecretFile, 'utf8')).toBe('sesame');
    expect(statSync(info.app.privateKeyFile).mode & 0o077).toBe(0);
    await github.close();
  });

  test('listens on the port that was asked for, and not if that is taken', async () => {
    const first = await startGithub();
    const port = Number(new URL(first.url).port);
    await expect(startLocalGithub({ port, seed: SEED, app: APP })).rejects.toThrow(/EADDRINUSE/);
    await first.close();
    const second = await startGithub({ port });
    expect(second.url).toBe(first.url);
    await second.close();
  });

  test('ends within five seconds with requests under way, and leaves nothing in the temporary folder', async () => {
    const github = await startGithub();
    const folder = dirname(github.info.app.privateKeyFile);
    await github.repo('app', 'GET', '/labels');
    await github.faults({ requests: [{ match: {}, when: 'before', answer: 'timeout' }] });
    const silent = github.repo('app', 'GET', '/labels').catch((error: unknown) => error);
    await new Promise((resolve) => setTimeout(resolve, 50));
    const started = performance.now();
    await github.close();
    expect(performance.now() - started).toBeLessThan(5000);
    expect(await silent).toMatchObject({ message: 'fetch failed' });
    expect(existsSync(folder)).toBe(false);
    await expect(fetch(github.url)).rejects.toThrow();
  });

  test('keeps its files in a folder of the caller, and leaves that', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'callers-'));
    const github = await startGithub({ folder });
    expect(dirname(github.info.app.privateKeyFile)).toBe(folder);
    await github.close();
    expect(existsSync(folder)).toBe(true);
    await rm(folder, { recursive: true });
  });

  test('refuses a start time that is none', async () => {
    await expect(startLocalGithub({ now: 'noon', seed: SEED, app: APP })).rejects.toThrow(/got noon/);
  });
});

test('another program can be served below a prefix of the same port, and get the webhooks there', async () => {
  const seen: string[] = [];
  const github = await startGithub({
    webhookUrl: '/bot/hook',
    mount: {
      prefixes: ['/bot'],
      handler(incoming, response) {
        seen.push(`${incoming.method} ${incoming.url}`);
        incoming.resume().on('end', () => response.writeHead(202).end('{"from":"bot"}'));
      },
    },
  });
  expect(await github.ask('nobody', 'GET', '/bot/healthz?x=1')).toMatchObject({
    status: 202,
    body: { from: 'bot' },
  });
  expect((await github.ask('nobody', 'GET', '/bottle')).status).toBe(404);
  expect(github.takeViolations()).toHaveLength(1);
  await github.repo('writer', 'POST', '/issues', { title: 'x' });
  await github.settle();
  expect(seen).toEqual(['GET /bot/healthz?x=1', 'POST /bot/hook']);
  await github.close();
});

test('a webhook is not faster than the answer of the request that caused it', async () => {
  const order: string[] = [];
  const receiver = await receiveWebhooks(() => (order.push('webhook'), 200));
  const github = await startGithub({ webhookUrl: receiver.url });
  await new Promise<void>((resolve) => {
    const asking = request(`${github.url}/repos/acme/market/issues`, {
      method: 'POST',
      headers: { authorization: `token ${github.info.tokens.writer!}`, 'content-type': 'application/json' },
    });
    asking.on('response', (response) => {
      order.push('answer');
      response.resume().on('end', resolve);
    });
    asking.end('{"title":"x"}');
  });
  await github.settle();
  expect(order).toEqual(['answer', 'webhook']);
  await receiver.close();
  await github.close();
});
