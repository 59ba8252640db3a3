import { generateKeyPairSync } from 'node:crypto';
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { EmitterWebhookEvent } from '@octokit/webhooks';
import { Probot } from 'probot';
import type { Click } from '../../src/app/ports.js';
import { registerHandlers } from '../../src/intake/handlers.js';
import { createLogger } from '../../src/operate/log.js';

const ME = 41;
const APP = 1001;
const PERSON = 7;
const repository = { full_name: 'acme/market' };

const asked: string[] = [];
const clicked: (Click | undefined)[] = [];
const AT = Date.parse('2026-01-05T10:00:00Z');
const world = { me: ME as number | undefined, requests: 0, refuse: false, log: '' };
let probot: Probot;

beforeAll(async () => {
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  });
  probot = new Probot({
    appId: APP,
    privateKey,
    secret: 'a-secret-of-this-test',
    log: createLogger({
      level: 'trace',
      clock: { now: () => 0 },
      stream: {
        write: (line) => {
          world.log += line;
        },
      },
    }),
    request: {
      fetch: async () => {
        world.requests += 1;
        throw new Error('GitHub cannot be reached');
      },
    },
  });
  await probot.ready();
  registerHandlers(probot, {
    app: APP,
    me: () => world.me,
    clock: { now: () => AT },
    enqueue: async ({ installation, repository: name }, cause, click) => {
      if (world.refuse) throw new Error('the queue is away');
      asked.push(`${installation} ${name} ${cause}`);
      clicked.push(click);
    },
  });
});

/** What is enqueued for this webhook. */
async function hintsOf(name: string, payload: object, sender = PERSON): Promise<readonly string[]> {
  const event = {
    id: 'd-1',
    name,
    payload: { installation: { id: 5 }, repository, sender: { id: sender }, ...payload },
  };
  await probot.webhooks.receive(event as unknown as EmitterWebhookEvent);
  return asked.splice(0);
}

describe('a change of the repository', () => {
  test.each([
    ['issues', 'labeled'],
    ['issues', 'closed'],
    ['issue_comment', 'created'],
    ['issue_dependencies', 'blocked_by_added'],
    ['label', 'deleted'],
    ['pull_request', 'synchronize'],
    ['pull_request_review', 'submitted'],
    ['merge_group', 'checks_requested'],
    ['repository', 'renamed'],
    ['check_run', 'rerequested'],
    ['check_run', 'requested_action'],
    ['check_suite', 'rerequested'],
  ])('%s.%s enqueues the repository once, with the event and the delivery as cause', async (name, action) => {
    expect(await hintsOf(name, { action })).toEqual([`5 acme/market ${name}.${action} d-1`]);
  });

  test.each(['push', 'create', 'delete'])(
    '%s, which has no action, enqueues the repository',
    async (name) => {
      expect(await hintsOf(name, { ref: 'refs/heads/main' })).toEqual([`5 acme/market ${name} d-1`]);
    },
  );

  test.each([
    ['sub_issues', 'sub_issue_added'],
    ['star', 'created'],
    ['repository', 'deleted'],
    ['repository', 'archived'],
  ])('%s.%s enqueues nothing', async (name, action) => {
    expect(await hintsOf(name, { action })).toEqual([]);
  });

  test('a webhook without an installation or a repository enqueues nothing', async () => {
    expect(await hintsOf('issues', { action: 'opened', installation: undefined })).toEqual([]);
    expect(await hintsOf('label', { action: 'created', repository: undefined })).toEqual([]);
  });
});

describe('own events', () => {
  test.each(['issues', 'issue_comment', 'pull_request', 'push', 'create', 'label'])(
    'what the app did itself (%s) enqueues nothing',
    async (name) => {
      expect(await hintsOf(name, { action: 'edited' }, ME)).toEqual([]);
    },
  );

  test('the app is known by its id: a person of the same name is not the app', async () => {
    const sender = { id: PERSON, login: 'yardmaster[bot]', type: 'Bot' };
    expect(await hintsOf('issues', { action: 'edited', sender })).toHaveLength(1);
  });

  test('while the own id is not known nothing counts as own', async () => {
    world.me = undefined;
    expect(await hintsOf('issues', { action: 'edited' }, ME)).toHaveLength(1);
    expect(await hintsOf('issues', { action: 'edited', sender: null })).toHaveLength(1);
    world.me = ME;
  });

  test('a merge group counts also if the app put the pull request into the queue', async () => {
    expect(await hintsOf('merge_group', { action: 'checks_requested' }, ME)).toHaveLength(1);
  });
});

describe('checks', () => {
  test.each(['check_run', 'check_suite'])(
    'a %s of others enqueues when it is completed, only then',
    async (name) => {
      const payload = { [name]: { app: { id: 15_368 } } };
      expect(await hintsOf(name, { action: 'completed', ...payload })).toHaveLength(1);
      expect(await hintsOf(name, { action: 'created', ...payload })).toEqual([]);
      expect(await hintsOf(name, { action: 'requested', ...payload })).toEqual([]);
    },
  );

  test.each(['check_run', 'check_suite'])(
    'an own %s enqueues nothing, whoever is the sender',
    async (name) => {
      const payload = { action: 'completed', [name]: { app: { id: APP } } };
      expect(await hintsOf(name, payload)).toEqual([]);
      expect(await hintsOf(name, payload, ME)).toEqual([]);
    },
  );

  test('a check of others on a commit that the app pushed enqueues, although the app is the sender', async () => {
    const payload = { action: 'completed', check_run: { app: { id: 15_368 } } };
    expect(await hintsOf('check_run', payload, ME)).toHaveLength(1);
  });

  test('a check of an app that is gone enqueues', async () => {
    expect(await hintsOf('check_suite', { action: 'completed', check_suite: { app: null } })).toHaveLength(1);
  });

  test('a commit status enqueues unless it is pending', async () => {
    expect(await hintsOf('status', { state: 'failure' })).toHaveLength(1);
    expect(await hintsOf('status', { state: 'pending' })).toEqual([]);
  });
});

describe('installations', () => {
  const two = [{ full_name: 'acme/market' }, { full_name: 'acme/stall' }];

  test.each(['created', 'unsuspend', 'new_permissions_accepted'])(
    'installation.%s enqueues every repository that it names',
    async (action) => {
      expect(await hintsOf('installation', { action, repositories: two, repository: undefined })).toEqual([
        `5 acme/market installation.${action} d-1`,
        `5 acme/stall installation.${action} d-1`,
      ]);
    },
  );

  test('an installation that names no repositories is left to the sweep', async () => {
    expect(await hintsOf('installation', { action: 'unsuspend', repository: undefined })).toEqual([]);
  });

  test('repositories that are added are enqueued, those that are removed are not', async () => {
    const payload = { repositories_added: two, repositories_removed: [], repository: undefined };
    expect(await hintsOf('installation_repositories', { action: 'added', ...payload })).toHaveLength(2);
    expect(await hintsOf('installation_repositories', { action: 'removed', ...payload })).toEqual([]);
  });

  test('a deleted or suspended installation enqueues nothing', async () => {
    expect(await hintsOf('installation', { action: 'deleted', repositories: two })).toEqual([]);
    expect(await hintsOf('installation', { action: 'suspend' })).toEqual([]);
  });
});

test('no handler asks GitHub for anything', async () => {
  await hintsOf('issues', { action: 'opened' });
  expect(world.requests).toBe(0);
});

test('a hint that the queue does not keep fails the delivery, and its payload is not logged', async () => {
  world.refuse = true;
  const issue = { title: 'TITLEMARKER', body: 'BODYMARKER' };
  await expect(hintsOf('issues', { action: 'opened', issue })).rejects.toThrow('the queue is away');
  world.refuse = false;
  expect(world.log).toContain('the queue is away');
  expect(world.log).not.toContain('MARKER');
});

describe('a click', () => {
  const run = { id: 77, head_sha: 'f'.repeat(40), app: { id: APP } };
  const grace = { id: PERSON, login: 'grace', type: 'User' };

  /** The click that is enqueued for this webhook. */
  async function clickIn(name: string, payload: object): Promise<Click | undefined> {
    clicked.length = 0;
    expect(await hintsOf(name, { sender: grace, ...payload })).toHaveLength(1);
    return clicked[0];
  }

  test('on a button says who, on what, which and when, and nothing else of the payload', async () => {
    const payload = {
      action: 'requested_action',
      check_run: { ...run, output: { title: 'secret' } },
      requested_action: { identifier: 'undo-override' },
    };
    expect(await clickIn('check_run', payload)).toEqual({
      by: { login: 'grace', kind: 'person' },
      sha: run.head_sha,
      run: 77,
      identifier: 'undo-override',
      at: AT,
    });
  });

  test('on "Re-run" is a click, too', async () => {
    expect(await clickIn('check_run', { action: 'rerequested', check_run: run })).toMatchObject({
      run: 77,
      identifier: 'rerun',
      at: AT,
    });
  });

  test('on "Re-run all checks" names the commit, and the time that GitHub gives', async () => {
    const check_suite = { head_sha: run.head_sha, updated_at: '2026-01-05T09:00:00Z' };
    expect(await clickIn('check_suite', { action: 'rerequested', check_suite })).toMatchObject({
      sha: run.head_sha,
      run: null,
      identifier: 'rerun',
      at: AT - 3_600_000,
    });
  });

  test.each([
    ['a bot', { id: 8, login: 'helper[bot]', type: 'Bot' }, 'bot'],
    ['who is neither person nor bot', { id: 8, login: 'acme', type: 'Organization' }, 'bot'],
    ['the app itself', { id: ME, login: 'yardmaster[bot]', type: 'Bot' }, 'me'],
  ])('of %s is told apart', async (_, sender, kind) => {
    const click = await clickIn('check_run', { action: 'rerequested', check_run: run, sender });
    expect(click?.by).toEqual({ login: sender.login, kind });
  });

  test.each([
    ['check_run', { action: 'requested_action', check_run: run }],
    ['check_run', { action: 'requested_action', requested_action: { identifier: 'undo-override' } }],
    ['check_run', { action: 'rerequested', check_run: run, sender: { id: PERSON } }],
    ['check_suite', { action: 'rerequested', check_suite: { head_sha: 'f', updated_at: null } }],
    ['check_suite', { action: 'rerequested', check_suite: { head_sha: 'f', updated_at: 'today' } }],
  ])('%s that does not tell all of it is only a hint', async (name, payload) => {
    expect(await clickIn(name, payload)).toBeUndefined();
  });

  test('is told by no other webhook', async () => {
    const payload = { action: 'created', check_run: run, requested_action: { identifier: 'undo-override' } };
    expect(await clickIn('issues', payload)).toBeUndefined();
  });
});
