import { expect, test } from '@jest/globals';

import { type Settings, defaultSettings } from '../../../src/core/settings/schema.js';
import { parseTime } from '../../../src/core/text/time.js';
import { createMemory } from '../../../src/github/read/memory.js';
import { readToldSince } from '../../../src/github/read/told-since.js';
import type { GraphqlAnswer, Transport } from '../../../src/github/transport.js';
import type { Loose } from './support.js';

const TEXT = 'sync: { times: ["09:00"] }\n';
const COMMITTED = '2026-01-01T10:00:00Z';
const SEEN = '2026-01-02T10:00:00Z';
const MERGED = '2026-01-03T10:00:00Z';

function version(parts: object = {}): Loose {
  return {
    committedDate: COMMITTED,
    own: { nodes: [{ createdAt: SEEN }] },
    associatedPullRequests: { nodes: [] },
    file: { object: { text: TEXT, isTruncated: false } },
    ...parts,
  };
}

function answerWith(
  nodes: readonly Loose[],
  errors: GraphqlAnswer<Loose>['errors'] = [],
): GraphqlAnswer<Loose> {
  return { data: { repository: { defaultBranchRef: { target: { history: { nodes } } } } }, errors };
}

/** Reads it as often as there are object names of the file; counts the questions. */
async function read(answer: GraphqlAnswer<Loose>, oids: readonly string[] = ['a'], settings?: Settings) {
  let asked = 0;
  const transport: Transport = {
    graphql: <T>() => {
      asked += 1;
      return Promise.resolve(answer as GraphqlAnswer<T>);
    },
    rest: () => Promise.reject(new Error('REST was asked')),
  };
  const memory = createMemory(0);
  const sync = { times: ['09:00'], timezone: 'UTC' };
  const input = {
    transport,
    place: { owner: 'acme', name: 'market' },
    appId: 1,
    memory,
    parameters: { settings: settings ?? { ...defaultSettings(), sync }, defaultBranch: 'main' },
    ids: [],
  };
  const found = [];
  for (const oid of oids) {
    const config = { kind: 'read', value: { oid, text: TEXT, from: null } } as const;
    found.push(await readToldSince(input, { config }));
  }
  return { found, asked };
}

const syncOf = async (answer: GraphqlAnswer<Loose>) => {
  const [found] = (await read(answer)).found;
  return found?.kind === 'read' ? found.value.sync : found;
};

test('a version counts from its merge, else from when GitHub first saw it, else from its own date', async () => {
  const merged = { associatedPullRequests: { nodes: [{ mergedAt: MERGED }] } };
  expect(await syncOf(answerWith([version(merged)]))).toBe(parseTime(MERGED));
  expect(await syncOf(answerWith([version()]))).toBe(parseTime(SEEN));
  expect(await syncOf(answerWith([version({ own: { nodes: [] } })]))).toBe(parseTime(COMMITTED));
});

test('a repository that does not show the app its suites and pull requests still has dates', async () => {
  const path = ['repository', 'defaultBranchRef', 'target', 'history', 'nodes', 0];
  const hidden = version({ own: null, associatedPullRequests: null });
  const errors = ['own', 'associatedPullRequests'].map((field) => ({
    path: [...path, field],
    message: 'hidden',
  }));
  expect(await syncOf(answerWith([hidden], errors))).toBe(parseTime(COMMITTED));
});

test('any other fault makes it unreadable, and is asked again', async () => {
  const errors = [{ path: ['repository', 'defaultBranchRef', 'target', 'history'], message: 'lost' }];
  const { found, asked } = await read(answerWith([], errors), ['a', 'a']);
  expect([found, asked]).toEqual([
    [
      { kind: 'unreadable', why: 'lost' },
      { kind: 'unreadable', why: 'lost' },
    ],
    2,
  ]);
});

test('it is asked once for a version, and not at all where nobody is told anything', async () => {
  expect((await read(answerWith([version()]), ['a', 'a', 'b'])).asked).toBe(2);
  expect(await read(answerWith([version()]), ['a'], defaultSettings())).toEqual({ found: [null], asked: 0 });
});
