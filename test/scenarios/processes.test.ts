import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import {
  type Workplace,
  buildIfMissing,
  createWorkplace,
  startCommand,
  startSandboxCommand,
} from '../cli/support.js';
import { eventually, freePort } from '../support/processes.js';
import type { Loose } from '../support/sandbox.js';

let place: Workplace;
let port: number;
let github: Awaited<ReturnType<typeof startSandboxCommand>>;

beforeAll(async () => {
  await buildIfMissing();
  place = await createWorkplace();
  port = await freePort();
  const webhookUrl = `http://127.0.0.1:${port}/api/github/webhooks`;
  github = await startSandboxCommand(place, '--no-app', '--webhook-url', webhookUrl);
}, 120_000);

afterAll(() => place.remove());

function label(issue: number) {
  return github.repo('admin', 'POST', `/issues/${issue}/labels`, { labels: ['deploy-subagent'] });
}

async function pulls(): Promise<Loose[]> {
  return (await github.repo('admin', 'GET', '/pulls')).body;
}

/** The draft of an issue, once it is there. */
function draftOf(issue: number): Promise<Loose> {
  const isIt = (pull: Loose) => pull.head.ref === `feature/issue-${issue}` && pull.draft;
  return eventually(async () => (await pulls()).find(isIt));
}

async function isHealthy(at: number): Promise<true | undefined> {
  return (await fetch(`http://127.0.0.1:${at}/healthz`)).status === 200 || undefined;
}

describe('a bot that cannot reach GitHub', () => {
  test('answers that it is well all the same', async () => {
    const at = await freePort();
    const nowhere = `http://127.0.0.1:${await freePort()}`;
    const bot = startCommand(place, ['start'], {
      ...github.credentials,
      GITHUB_API_URL: nowhere,
      PORT: String(at),
    });
    expect(await eventually(() => isHealthy(at))).toBe(true);
    expect((await bot.stop()).code).toBe(0);
  }, 60_000);
});

describe('one reconcile, as a process', () => {
  const once = ['reconcile', '--repo', 'acme/market', '--once'];

  test('prints with --dry-run what it would do, and writes nothing', async () => {
    await label(8);
    const { code, stdout } = await startCommand(place, [...once, '--dry-run'], github.credentials).ended;
    expect(code).toBe(0);
    expect(stdout).toContain('make the branch `feature/issue-8` of #8 and its pull request');
    const requests: Loose[] = (await github.ask('nobody', 'GET', '/_sandbox/requests')).body;
    expect(requests.map(({ kind }) => kind)).toContain('read');
    expect(requests.filter(({ kind }) => kind === 'write')).toEqual([]);
    expect(await pulls()).toEqual([]);
  }, 60_000);

  test('does it without', async () => {
    const { code } = await startCommand(place, once, github.credentials).ended;
    expect(code).toBe(0);
    expect((await pulls()).map((pull) => [pull.head.ref, pull.draft])).toEqual([['feature/issue-8', true]]);
  }, 60_000);
});

describe('the bot and the local GitHub as two processes', () => {
  let bot: ReturnType<typeof startCommand>;

  beforeAll(async () => {
    bot = startCommand(place, ['start'], { ...github.credentials, PORT: String(port) });
    await eventually(() => isHealthy(port));
  }, 60_000);

  test('a label becomes a draft, and a comment is answered', async () => {
    await label(6);
    expect((await draftOf(6))?.title).toBe('Fix: Issue #6 - Vector DB Decoupling');
    const { id } = (await github.repo('admin', 'POST', '/issues/6/comments', { body: '/hold -- later' }))
      .body;
    const reactions = await eventually(async () => {
      const { body } = await github.repo('admin', 'GET', `/issues/comments/${id}/reactions`);
      return body.length > 0 ? body : undefined;
    });
    expect(reactions?.map((reaction: Loose) => reaction.content)).toEqual(['+1']);
  }, 90_000);

  test('both end in good order when they are asked to', async () => {
    expect([(await bot.stop()).code, (await github.stop()).code]).toEqual([0, 0]);
  }, 30_000);
});
