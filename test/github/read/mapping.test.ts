import { describe, expect, test } from '@jest/globals';

import { type Actor, type DependencyEvent, type History, read } from '../../../src/core/model/index.js';
import { createFaults } from '../../../src/github/read/answer.js';
import { type RawContext, readChecks } from '../../../src/github/read/checks.js';
import { type RawCommit, commitsOf } from '../../../src/github/read/commits.js';
import { historyLasts } from '../../../src/github/read/history-lasts.js';
import type { CoreBlocker, CoreIssue } from '../../../src/github/read/issue.js';
import { createMemo, remembered } from '../../../src/github/read/memory.js';
import { readPullDetails } from '../../../src/github/read/pull-detail.js';
import type { CorePull } from '../../../src/github/read/pull.js';
import type { GraphqlError, Transport } from '../../../src/github/transport.js';

const ME = 77;
const transport: Transport = {
  graphql: () => Promise.reject(new Error('nothing is to be asked')),
  rest: () => Promise.reject(new Error('nothing is to be asked')),
};

interface Run {
  readonly id: number;
  readonly name?: string;
  readonly workflow?: number | null;
  readonly conclusion?: string;
  readonly app?: { readonly databaseId: number; readonly slug: string };
}

const ACTIONS = { databaseId: 15368, slug: 'github-actions' };

function run({ id, name = 'test', workflow = null, conclusion = 'SUCCESS', app = ACTIONS }: Run): RawContext {
  return {
    __typename: 'CheckRun',
    databaseId: id,
    name,
    status: 'COMPLETED',
    conclusion,
    checkSuite: {
      id: `suite-of-${id}`,
      app,
      workflowRun: workflow === null ? null : { workflow: { databaseId: workflow } },
    },
  };
}

async function statesOf(nodes: readonly RawContext[], errors: readonly GraphqlError[] = []) {
  const commit = { oid: 'abc', statusCheckRollup: { contexts: { totalCount: nodes.length, nodes } } };
  const place = { owner: 'acme', name: 'market' };
  const checks = await readChecks(transport, place, commit, createFaults(errors), ['c']);
  return checks.kind === 'read' ? checks.value.map(({ name, state }) => `${name} ${state}`) : checks.why;
}

describe('which runs count', () => {
  test('the newest of a workflow replaces the others, in whatever order they come', async () => {
    const failed = run({ id: 1, workflow: 5, conclusion: 'FAILURE' });
    const passed = run({ id: 2, workflow: 5 });
    expect(await statesOf([failed, passed])).toEqual(['test passed']);
    expect(await statesOf([passed, failed])).toEqual(['test passed']);
  });

  test('runs of one name in two workflows do not hide each other', async () => {
    const nodes = [run({ id: 1, workflow: 5, conclusion: 'FAILURE' }), run({ id: 2, workflow: 6 })];
    expect(await statesOf(nodes)).toEqual(['test failed', 'test passed']);
  });

  test('without the permission to read workflows every suite counts', async () => {
    const path = ['c', 'statusCheckRollup', 'contexts', 'nodes', 0, 'checkSuite', 'workflowRun'];
    const errors = [{ type: 'FORBIDDEN', message: 'No', path }];
    const nodes = [run({ id: 1, conclusion: 'FAILURE' }), run({ id: 2 })];
    expect(await statesOf(nodes, errors)).toEqual(['test failed', 'test passed']);
  });

  test('of an app without workflows the newest counts', async () => {
    const app = { databaseId: 9, slug: 'ci' };
    expect(await statesOf([run({ id: 1, app, conclusion: 'CANCELLED' }), run({ id: 2, app })])).toEqual([
      'test passed',
    ]);
  });

  test.each([
    ['SUCCESS', 'passed'],
    ['NEUTRAL', 'passed'],
    ['SKIPPED', 'passed'],
    ['FAILURE', 'failed'],
    ['CANCELLED', 'failed'],
    ['TIMED_OUT', 'failed'],
    ['ACTION_REQUIRED', 'failed'],
    ['STALE', 'failed'],
    ['A_NEW_WORD', 'failed'],
  ])('%s is %s', async (conclusion, state) => {
    expect(await statesOf([run({ id: 1, conclusion })])).toEqual([`test ${state}`]);
  });

  test('a status that may not be read makes all unreadable', async () => {
    const path = ['c', 'statusCheckRollup', 'contexts', 'nodes', 0];
    expect(await statesOf([run({ id: 1 })], [{ type: 'FORBIDDEN', message: 'No', path }])).toBe('No');
  });
});

describe('whose commit it is', () => {
  const bot = (id: number) => `${id}+yardmaster[bot]@users.noreply.github.com`;
  const signed = { isValid: true, wasSignedByGitHub: true };

  function authorOf(author: RawCommit['author'], signature: RawCommit['signature']) {
    const authors = { totalCount: 1, nodes: [{ user: author?.user ?? null }] };
    const commit: RawCommit = {
      oid: 'abc',
      message: 'Text',
      committedDate: '2026-01-05T10:00:00Z',
      author,
      authors,
      committer: null,
      signature,
    };
    const commits = commitsOf(read([commit]), ME);
    return commits.kind === 'read' ? commits.value[0]?.author : commits.why;
  }

  test('the app’s only if GitHub signed it', () => {
    expect(authorOf({ email: bot(ME), user: null }, signed)).toEqual({
      login: 'yardmaster[bot]',
      kind: 'me',
    });
    expect(authorOf({ email: bot(ME), user: null }, null)).toBeNull();
    expect(authorOf({ email: bot(ME), user: null }, { ...signed, isValid: false })).toBeNull();
    expect(authorOf({ email: bot(ME), user: null }, { ...signed, wasSignedByGitHub: false })).toBeNull();
  });

  test('another app’s and a person’s', () => {
    expect(authorOf({ email: bot(78), user: null }, signed)).toEqual({
      login: 'yardmaster[bot]',
      kind: 'bot',
    });
    expect(authorOf({ email: 'a@example.com', user: { databaseId: 1, login: 'ada' } }, null)).toEqual({
      login: 'ada',
      kind: 'person',
    });
    expect(authorOf({ email: 'a@example.com', user: null }, null)).toBeNull();
  });
});

test('a fork’s head is counted from the base’s side, and what it lacks is not known', async () => {
  const none = { totalCount: 0, nodes: [] };
  const commit = { oid: 'head', statusCheckRollup: null };
  const answer = {
    state: 'OPEN',
    headRefOid: 'head',
    mergeable: 'MERGEABLE',
    mergeStateStatus: 'BEHIND',
    baseRef: { target: { oid: 'base' } },
    target: { compare: { behindBy: 3 } },
    commits: none,
    heads: { nodes: [{ commit }] },
    rewritten: none,
    latestOpinionatedReviews: none,
    files: none,
    forcePushes: none,
    readied: none,
    assigned: none,
  };
  const fork: CorePull = {
    pull: {
      id: 'PR_1',
      number: 1,
      title: '',
      body: '',
      state: 'open',
      draft: false,
      author: null,
      createdAt: 0,
      closedAt: null,
      head: { branch: 'feature/issue-5', sha: 'head', sameRepository: false },
      base: 'main',
      mergeCommit: null,
      assignees: [],
      changedFiles: 0,
      ownChecks: { kind: 'read', value: [] },
      queued: { kind: 'read', value: null },
      leftQueue: { kind: 'read', value: null },
    },
    updatedAt: 0,
    baseSha: 'base',
    pushedAt: null,
    key: '',
  };
  const asked: unknown[] = [];
  const to = {
    place: { owner: 'acme', name: 'market' },
    me: ME,
    transport: {
      ...transport,
      async graphql(_: string, variables?: Readonly<Record<string, unknown>>) {
        asked.push(variables);
        return { data: { a0: answer } as never, errors: [] };
      },
    },
  };
  const details = await readPullDetails(to, [fork]);
  expect(asked).toMatchObject([{ own0: false, fork0: true, head0: 'head' }]);
  expect(details.get('PR_1')).toMatchObject({
    value: { behindBy: 3, lacks: { kind: 'unreadable' }, mergeable: 'mergeable', mustUpdate: true },
  });
});

describe('what is remembered', () => {
  const now = 100_000;

  async function asksTwice(first: object, second: object) {
    const memo = createMemo<string>();
    let asked = 0;
    const read = (item: object) =>
      remembered(memo, [{ id: 'a', key: 'k', ...item }], now, (items) => {
        asked += items.length;
        return Promise.resolve(new Map([['a', { kind: 'read', value: 'v' } as const]]));
      });
    await read(first);
    await read(second);
    return asked === 2;
  }

  test('by key, and not while the object may still change within its second', async () => {
    const quiet = { updatedAt: now - 5000 };
    const fresh = { updatedAt: now - 4999 };
    expect(await asksTwice(quiet, quiet)).toBe(false);
    expect(await asksTwice(fresh, fresh)).toBe(true);
    expect(await asksTwice(quiet, { ...quiet, key: 'other' })).toBe(true);
  });

  test('for as long as it may be, and no longer', async () => {
    const memo = createMemo<string>();
    let asked = 0;
    const askedAt = async (time: number, lasts: number) => {
      await remembered(
        memo,
        [{ id: 'a', key: 'k' }],
        time,
        () => {
          asked += 1;
          return Promise.resolve(new Map([['a', { kind: 'read', value: 'v' } as const]]));
        },
        () => lasts,
      );
      return asked;
    };
    expect([await askedAt(now, 0), await askedAt(now, 50)]).toEqual([1, 2]);
    expect([await askedAt(now + 49, Infinity), await askedAt(now + 50, Infinity)]).toEqual([2, 3]);
    expect(await askedAt(now * 1_000, 0)).toBe(3);
  });
});

describe('how long a history may be taken from memory', () => {
  const MINUTE = 60_000;
  const now = 1_000 * MINUTE;
  const blocker: CoreBlocker = {
    id: 'I_9',
    databaseId: 9,
    number: 9,
    repository: 'acme/market',
    state: 'open',
    stateReason: null,
    closedAt: null,
  };
  const event = (added: boolean, actor: Actor | null, at = now): DependencyEvent => {
    const { closedAt: _, ...blocking } = blocker;
    return { added, blocking, actor, at };
  };
  const lasting = (
    dependencies: readonly DependencyEvent[],
    blockedBy: CoreIssue['blockedBy'] = { kind: 'read', value: [] },
    more: Partial<History> = {},
  ) => historyLasts({ labels: [], edits: [], closed: null, dependencies, ...more }, blockedBy, now);
  const tria: Actor = { kind: 'person', login: 'tria' };
  const me: Actor = { kind: 'me', login: 'yardmaster[bot]' };

  test('for good where the dependencies are as it says, or the app has removed them', () => {
    const there = { kind: 'read', value: [blocker] } as const;
    expect(lasting([])).toBe(Infinity);
    expect(lasting([event(false, tria), event(true, tria)], there)).toBe(Infinity);
    expect(lasting([event(true, tria), event(false, me)])).toBe(Infinity);
    expect(lasting([event(true, tria)], { kind: 'unreadable', why: 'short' })).toBe(Infinity);
  });

  test('for minutes where somebody removed one: another may add and remove it, and nothing else shows', () => {
    expect(lasting([event(true, tria, 0), event(false, tria, 0)])).toBe(5 * MINUTE);
    expect(lasting([event(false, null, 0)])).toBe(5 * MINUTE);
    const lost = { lostDependencies: { added: 1, removals: [] } };
    expect(lasting([], undefined, lost)).toBe(5 * MINUTE);
  });

  test('not at all while one was added just now that is not there, and later for a minute', () => {
    expect(lasting([event(true, tria, now - 5 * MINUTE + 1)])).toBe(0);
    expect(lasting([event(true, tria, now - 5 * MINUTE)])).toBe(MINUTE);
    const other = { ...event(false, tria), blocking: { ...event(false, tria).blocking, id: 'I_8' } };
    expect(lasting([event(true, tria, 0), other])).toBe(MINUTE);
  });
});
