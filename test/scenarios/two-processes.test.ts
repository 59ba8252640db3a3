import { afterAll, beforeAll, expect, test } from '@jest/globals';

import {
  type Workplace,
  buildIfMissing,
  createWorkplace,
  startCommand,
  startSandboxCommand,
} from '../cli/support.js';
import type { Loose } from '../support/sandbox.js';

const ONCE = ['reconcile', '--repo', 'acme/market', '--once'];

let place: Workplace;
let github: Awaited<ReturnType<typeof startSandboxCommand>>;
let credentials: Record<string, string>;

beforeAll(async () => {
  await buildIfMissing();
  place = await createWorkplace();
  github = await startSandboxCommand(place, '--no-app');
  const { api, app } = github.info;
  credentials = {
    APP_ID: String(app.id),
    PRIVATE_KEY_PATH: app.privateKeyFile,
    WEBHOOK_SECRET_PATH: app.webhookSecretFile,
    GITHUB_API_URL: api,
  };
}, 120_000);

afterAll(() => place.remove());

const done = async (who: string, method: string, path: string, body?: unknown): Promise<Loose> =>
  (await github.repo(who, method, path, body)).body;

/** So many processes do one reconcile each, at the same time: how they ended. */
async function reconcile(count: number): Promise<readonly (number | null)[]> {
  const started = Array.from({ length: count }, () => startCommand(place, ONCE, credentials));
  return (await Promise.all(started.map(({ ended }) => ended))).map(({ code }) => code);
}

test('two processes at once make no difference twice that people see', async () => {
  const deploy = await done('writer', 'POST', '/issues/8/comments', { body: '/subagent deploy' });
  const question = await done('writer', 'POST', '/issues/6/comments', { body: '/subagent status' });
  await reconcile(2);
  expect(await reconcile(1)).toEqual([0]);

  for (const { id } of [deploy, question]) {
    const reactions: Loose[] = await done('admin', 'GET', `/issues/comments/${id}/reactions`);
    expect(reactions.map(({ content, user }) => `${user.login}: ${content}`)).toHaveLength(1);
  }
  const comments: Loose[] = await done('admin', 'GET', '/issues/6/comments');
  expect(comments.map(({ user }) => user.login)).toEqual(['linus', 'yardmaster[bot]']);
  const timeline: Loose[] = await done('admin', 'GET', '/issues/8/timeline');
  const labels = timeline.filter(({ event }) => event === 'labeled').map(({ label }) => label.name);
  expect(new Set(labels)).toEqual(new Set(['deploy-subagent', 'shares:market_scanner.py']));
  expect(labels).toHaveLength(2);
  const pulls: Loose[] = await done('admin', 'GET', '/pulls?state=all');
  expect(pulls.map(({ head }) => head.ref)).toEqual(['feature/issue-8']);
  const trackers: Loose[] = await done('admin', 'GET', '/issues?labels=subagent:tracking');
  expect(trackers).toHaveLength(1);
}, 120_000);
