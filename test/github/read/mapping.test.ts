import { describe, expect, test } from '@jest/globals';

import { read } from '../../../src/core/model/index.js';
import { createFaults } from '../../../src/github/read/answer.js';
import { type RawContext, readChecks } from '../../../src/github/read/checks.js';
import { type RawCommit, commitsOf } from '../../../src/github/read/commits.js';
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
    const commit: RawCommit = { oid: 'abc', message: 'Text', author, authors, committer: null, signature };
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
    headRefOid: 'head',
    mergeable: 'MERGEABLE',
    baseRef: { target: { oid: 'base' } },
    target: { compare: { behindBy: 3 } },
    commits: none,
    heads: { nodes: [{ commit }] },
    rewritten: none,
    latestOpinionatedReviews: none,
    files: none,
    forcePushes: none,
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
  expect(details.get('PR_1')).toMatchObject({ value: { behindBy: 3, lacks: { kind: 'unreadable' } } });
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
});
