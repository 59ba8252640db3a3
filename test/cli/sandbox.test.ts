import { createHmac, createSign } from 'node:crypto';
import { existsSync, readFileSync, statSync, watch } from 'node:fs';
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { text } from 'node:stream/consumers';

import { afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';

import {
  type Loose,
  type Workplace,
  buildIfMissing,
  createWorkplace,
  startCommand,
  startSandboxCommand,
} from './support.js';

type Sandbox = Awaited<ReturnType<typeof startSandboxCommand>>;

let place: Workplace;
jest.setTimeout(60_000);
beforeAll(buildIfMissing, 120_000);
beforeEach(async () => {
  place = await createWorkplace();
});
afterEach(() => place.remove());

const start = (...args: string[]): Promise<Sandbox> => startSandboxCommand(place, ...args);

/** A JSON web token of the app, from what the info file says of it. */
function appToken({ app }: Loose): string {
  const now = Math.floor(Date.now() / 1000);
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const head = `${part({ alg: 'RS256', typ: 'JWT' })}.${part({ iat: now - 30, exp: now + 300, iss: app.id })}`;
  const signature = createSign('RSA-SHA256').update(head).sign(readFileSync(app.privateKeyFile, 'utf8'));
  return `${head}.${signature.toString('base64url')}`;
}

describe('the info file', () => {
  test('appears by a rename, complete, when the app is installed, its label is there and all is idle', async () => {
    const file = place.file('info.json');
    const events: string[] = [];
    const contents: string[] = [];
    const watcher = watch(place.folder, { persistent: false }, (event, name) => {
      events.push(`${event} ${name}`);
      if (name === 'info.json' && existsSync(file)) contents.push(readFileSync(file, 'utf8'));
    });
    const command = startCommand(place, ['sandbox', '--info', file]);
    while (!existsSync(file) && command.isRunning()) await new Promise((resolve) => setTimeout(resolve, 10));
    const info: Loose = JSON.parse(await readFile(file, 'utf8'));
    const ask = async (method: string, path: string, token: string = info.tokens.admin) => {
      const headers = { authorization: `token ${token}` };
      const response = await fetch(`${info.api}${path}`, { method, headers });
      return { status: response.status, body: (await response.json()) as Loose };
    };
    const settled = await ask('POST', '/_sandbox/settle');
    expect(settled).toEqual({ status: 200, body: { now: expect.any(String), ran: 0 } });
    const label = await ask('GET', `/repos/${info.repository}/labels/deploy-subagent`);
    expect(label).toMatchObject({ status: 200, body: { description: expect.stringMatching(/./) } });
    const installed = await ask('GET', `/repos/${info.repository}/installation`, appToken(info));
    expect(installed).toMatchObject({
      status: 200,
      body: { id: info.app.installation, app_slug: 'yardmaster' },
    });
    watcher.close();
    expect(events).not.toContain('change info.json');
    for (const content of contents) expect(JSON.parse(content)).toEqual(info);
    expect(await readdir(place.folder)).toEqual(['info.json']);
    expect(statSync(file).mode & 0o077).toBe(0);
    expect(command.told()).toBe('');
  });

  test('says where everything is, who is there and who the app is, no address ends in a slash, and the clock starts at --now', async () => {
    const { info, pid, ask, repo } = await start('--now', '2026-01-05T10:00:00Z', '--no-app');
    const { url } = info;
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const token = expect.stringMatching(/^gh[ps]_\w+$/);
    const [admin, maintainer, writer, triager, outsider, ci] = [token, token, token, token, token, token];
    expect(info).toEqual({
      url,
      api: url,
      graphql: `${url}/graphql`,
      git: `${url}/acme/market.git`,
      repository: 'acme/market',
      pid,
      now: '2026-01-05T10:00:00Z',
      tokens: { admin, maintainer, writer, triager, outsider, ci },
      users: {
        admin: 'ada',
        maintainer: 'grace',
        writer: 'linus',
        triager: 'tove',
        outsider: 'olaf',
        ci: 'ci[bot]',
      },
      app: {
        id: 1001,
        slug: 'yardmaster',
        installation: 2001,
        privateKeyFile: expect.stringMatching(/\/app\.pem$/),
        webhookSecretFile: expect.stringMatching(/\/secret$/),
      },
    });
    expect(new Set(Object.values(info.tokens)).size).toBe(6);
    const clock = Date.parse((await ask('nobody', 'GET', '/_sandbox/clock')).body.now);
    expect(clock - Date.parse('2026-01-05T10:00:00Z')).toBeLessThan(60_000);
    const { created_at: at } = (await repo('writer', 'POST', '/issues', { title: 'dated' })).body;
    expect(at).toMatch(/^2026-01-05T10:0/);
  });

  test('is printed where no file is named, and the clock starts at the real time without --now', async () => {
    const command = startCommand(place, ['sandbox', '--no-app']);
    while (!command.told().endsWith('}\n') && command.isRunning()) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    const info: Loose = JSON.parse(command.told());
    const clock = (await (await fetch(`${info.api}/_sandbox/clock`)).json()) as Loose;
    expect(Math.abs(Date.parse(clock.now) - Date.now())).toBeLessThan(60_000);
    expect(info).toMatchObject({ repository: 'acme/market' });
    expect((await command.stop()).code).toBe(0);
  });
});

describe('where it listens', () => {
  test('is one port of 127.0.0.1 for everything, the bot too, and no other address', async () => {
    const { info } = await start();
    for (const path of ['/healthz', '/user', '/acme/market.git/info/refs?service=git-upload-pack']) {
      const headers = { authorization: `token ${info.tokens.writer}` };
      expect((await fetch(`${info.url}${path}`, { headers })).status).toBe(200);
    }
    const port = Number(new URL(info.url).port);
    const own = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
    const others = own.map(({ address }) => address).filter((address) => address !== '127.0.0.1');
    expect(await answers('127.0.0.1', port)).toBe(true);
    for (const host of ['127.0.0.2', '::1', ...others]) {
      expect({ host, answers: await answers(host, port) }).toEqual({ host, answers: false });
    }
  });

  test('is the port that was asked for, and each start is a new GitHub', async () => {
    const first = await start('--no-app');
    const { port } = new URL(first.info.url);
    await first.repo('writer', 'POST', '/issues', { title: 'gone after the end' });
    expect((await first.repo('nobody', 'GET', '/issues/9')).status).toBe(200);
    await first.stop();
    const second = await start('--no-app', '--port', port);
    expect(second.info.url).toBe(first.info.url);
    expect((await second.repo('nobody', 'GET', '/issues/9')).status).toBe(404);
    expect(second.info.tokens.writer).not.toBe(first.info.tokens.writer);
    expect((await second.ask(first.info.tokens.writer, 'GET', '/user')).status).toBe(401);
  });

  test('is nowhere if that port is taken, and nothing is left of the attempt', async () => {
    const first = await start('--no-app');
    const before = await readdir(place.temporary);
    const { port } = new URL(first.info.url);
    const second = await startCommand(place, ['sandbox', '--no-app', '--port', port]).ended;
    expect(second).toMatchObject({ stdout: '', stderr: expect.stringContaining(`127.0.0.1:${port}`) });
    expect(second.code).not.toBe(0);
    expect(await readdir(place.temporary)).toEqual(before);
  });
});

/** True if something takes a connection there within a second. */
function answers(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 1000 });
    const end = (taken: boolean) => {
      socket.destroy();
      resolve(taken);
    };
    socket.on('connect', () => end(true));
    socket.on('timeout', () => end(false));
    socket.on('error', () => end(false));
  });
}

describe('the end', () => {
  test.each(['SIGTERM', 'SIGINT'] as const)(
    'by %s comes with 0 and leaves nothing in the temporary folder, also in the middle of work',
    async (signal) => {
      const sandbox = await start();
      expect(await readdir(place.temporary)).not.toEqual([]);
      for (const number of [4, 8]) {
        await sandbox.repo('admin', 'POST', `/issues/${number}/labels`, { labels: ['deploy-subagent'] });
      }
      const { code, stderr } = await sandbox.stop(signal);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(await readdir(place.temporary)).toEqual([]);
      await expect(fetch(sandbox.info.url)).rejects.toThrow();
    },
  );
});

describe('without --seed', () => {
  test('there is the example repository, with the bot in it, and nothing is deployed until somebody labels', async () => {
    const { repo } = await start();
    const issues: Loose[] = (await repo('nobody', 'GET', '/issues')).body;
    expect(new Set(issues.map(({ number }) => number))).toEqual(new Set([4, 5, 6, 8]));
    for (const { body, labels } of issues) {
      expect(body).toMatch(
        /### Scope[^]+### Effort[^]+### Risk[^]+### Mitigation[^]+### Depends on[^]+### Shares/,
      );
      expect(labels.map(({ name }: Loose) => name)).toEqual([expect.stringMatching(/^shares:/)]);
    }
    const files = (await repo('nobody', 'GET', '/contents')).body.map(({ name }: Loose) => name);
    expect(files).toEqual(expect.arrayContaining(['AGENTS.md', 'CLAUDE.md', 'README.md']));
    expect(files).not.toContain('.github');
    const branches = (await repo('nobody', 'GET', '/branches')).body;
    expect(branches).toMatchObject([{ name: 'main', protected: false }]);
    expect((await repo('nobody', 'GET', '/pulls?state=all')).body).toEqual([]);
    expect((await repo('outsider', 'POST', '/issues', { title: 'the next one' })).body.number).toBe(9);
  });
});

describe('with --no-app', () => {
  test('no bot runs, webhooks without an address are kept as undelivered and listed as failed, and a second process acts as the app', async () => {
    const { repo, ask, info } = await start('--no-app');
    expect((await repo('nobody', 'GET', '/labels/deploy-subagent')).status).toBe(404);
    await repo('admin', 'POST', '/issues/8/labels', { labels: ['deploy-subagent'] });
    expect(await ask('nobody', 'POST', '/_sandbox/settle')).toMatchObject({ status: 200, body: { ran: 0 } });
    expect((await repo('nobody', 'GET', '/branches')).body).toHaveLength(1);
    expect((await ask('nobody', 'GET', '/_sandbox/requests')).body).toEqual([]);
    const failed = await ask(appToken(info), 'GET', '/app/hook/deliveries?status=failure');
    expect(failed.body.map(({ event, action, status }: Loose) => [event, action, status])).toEqual([
      ['issues', 'labeled', 'undelivered'],
      ['label', 'created', 'undelivered'],
    ]);

    const bot = startCommand(place, ['reconcile', '--repo', info.repository, '--once'], {
      GITHUB_API_URL: info.api,
      APP_ID: String(info.app.id),
      PRIVATE_KEY_PATH: info.app.privateKeyFile,
      WEBHOOK_SECRET_PATH: info.app.webhookSecretFile,
    });
    expect((await bot.ended).code).toBe(0);
    expect((await repo('nobody', 'GET', '/pulls')).body).toMatchObject([
      { head: { ref: 'feature/issue-8' }, draft: true, user: { login: 'yardmaster[bot]' } },
    ]);
    const requests: Loose[] = (await ask('nobody', 'GET', '/_sandbox/requests')).body;
    expect(requests.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['auth', 'read', 'write']));
  });

  test('webhooks go to --webhook-url, signed with the secret of the info file', async () => {
    const received: { name: string; signature: string; body: string }[] = [];
    const receiver = createServer((request, response) => {
      void text(request).then((body) => {
        const { 'x-github-event': name, 'x-hub-signature-256': signature } = request.headers;
        received.push({ name: String(name), signature: String(signature), body });
        return response.writeHead(202).end();
      });
    });
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
    const { repo, ask, info } = await start('--no-app', '--webhook-url', url);
    await repo('outsider', 'POST', '/issues', { title: 'heard' });
    await ask('nobody', 'POST', '/_sandbox/settle');
    receiver.close();
    receiver.closeAllConnections();
    const secret = await readFile(info.app.webhookSecretFile, 'utf8');
    expect(received.map(({ name }) => name)).toEqual(['issues']);
    for (const { body, signature } of received) {
      expect(signature).toBe(`sha256=${createHmac('sha256', secret).update(body).digest('hex')}`);
      expect(JSON.parse(body)).toMatchObject({
        action: 'opened',
        issue: { title: 'heard' },
        installation: { id: 2001 },
      });
    }
    const deliveries = await ask(appToken(info), 'GET', '/app/hook/deliveries');
    expect(deliveries.body).toMatchObject([{ event: 'issues', status_code: 202 }]);
  });
});

describe('with --seed', () => {
  test('the file says what there is, its config and its protection too', async () => {
    const seed = place.file('seed.yml');
    await writeFile(
      seed,
      `repository: wharf/crane
users: [{ login: nils, role: admin }, { login: inga, role: write }]
files: { README.md: crane }
labels: [{ name: docs, color: c5def5, description: Words }]
issues: [{ number: 3, title: Three, author: inga }, { number: 7, title: Seven, labels: [docs], blocked_by: [3] }]
config: { merge: { when: approved } }
protection:
  main: { required_checks: [{ context: test, app: ci }, { context: merge-order, app: yardmaster }], approvals: 1 }
merge_methods: [squash]
`,
    );
    const { repo, info } = await start('--seed', seed);
    expect(info.users).toEqual({ admin: 'nils', writer: 'inga', ci: 'ci[bot]' });
    const config = (await repo('nobody', 'GET', '/contents/.github/subagents.yml')).body;
    expect(Buffer.from(config.content, 'base64').toString()).toBe('merge:\n  when: approved\n');
    expect((await repo('admin', 'GET', '/branches/main/protection')).body).toMatchObject({
      required_status_checks: {
        checks: [
          { context: 'test', app_id: 1002 },
          { context: 'merge-order', app_id: 1001 },
        ],
      },
      required_pull_request_reviews: { required_approving_review_count: 1 },
    });
    expect((await repo('nobody', 'GET', '/issues/7/dependencies/blocked_by')).body).toMatchObject([
      { number: 3 },
    ]);
    expect((await repo('nobody', 'GET', '/issues/3')).body.user.login).toBe('inga');
    expect((await repo('writer', 'POST', '/issues', { title: 'next' })).body.number).toBe(8);
    expect((await repo('admin', 'GET', '')).body).toMatchObject({
      allow_squash_merge: true,
      allow_rebase_merge: false,
    });
  });
});

describe('what was given wrongly is told in a sentence, with exit code 2 and nothing left:', () => {
  test.each([
    [
      'an unknown key of the seed',
      ['--seed', 'seed.yml'],
      /^The seed cannot be used:\n {2}isues: expected no such key/,
    ],
    ['a seed that is no file', ['--seed', 'none.yml'], /--seed .*none\.yml/],
    ['a port that is no number', ['--port', 'many'], /--port .*"many"/],
    ['a port that does not exist', ['--port', '65536'], /--port .*"65536"/],
    ['a time that is none', ['--now', 'noon'], /--now .*noon/],
  ])('%s', async (_, args, message) => {
    await writeFile(place.file('seed.yml'), 'repository: a/b\nisues: []\n');
    const { code, stdout, stderr } = await startCommand(place, ['sandbox', ...args]).ended;
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(await readdir(place.temporary)).toEqual([]);
  });
});
