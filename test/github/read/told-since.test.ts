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

/** Reads it where the owner's default holds, which has not changed for years, with these versions of the repository's own file. */
async function ofDefault(own: readonly Loose[], errors: GraphqlAnswer<Loose>['errors'] = []) {
  const old = answerWith([version({ committedDate: '2020-01-01T10:00:00Z', own: null })]);
  const transport: Transport = {
    graphql: <T>(_: string, variables: Readonly<Record<string, unknown>> = {}) =>
      Promise.resolve(
        ('name' in variables && variables.name === '.github'
          ? old
          : answerWith(own, errors)) as GraphqlAnswer<T>,
      ),
    rest: () => Promise.reject(new Error('REST was asked')),
  };
  const sync = { times: ['09:00'], timezone: 'UTC' };
  const input = {
    transport,
    place: { owner: 'acme', name: 'market' },
    appId: 1,
    memory: createMemory(0),
    parameters: { settings: { ...defaultSettings(), sync }, defaultBranch: 'main' },
    ids: [],
  };
  const config = { kind: 'read', value: { oid: 'a', text: TEXT, from: 'acme/.github' } } as const;
  const found = await readToldSince(input, { config });
  return found?.kind === 'read' ? found.value.sync : found;
}

test("the owner's default counts from when the repository's own file went, and as before where there never was one", async () => {
  const gone = version({ file: { object: null } });
  expect(await ofDefault([gone, version({ own: { nodes: [{ createdAt: MERGED }] } })])).toBe(parseTime(SEEN));
  expect(await ofDefault([])).toBe(parseTime('2020-01-01T10:00:00Z'));
});

test("it cannot be read while nobody knows when the repository's own file went", async () => {
  const path = ['repository', 'defaultBranchRef', 'target', 'history'];
  expect(await ofDefault([], [{ path, message: 'lost' }])).toEqual({ kind: 'unreadable', why: 'lost' });
});

test('a file that told nobody anything in between makes the same file new', async () => {
  const memory = createMemory(0);
  memory.toldSince.set('config', 'acme/.github a', { kind: 'read', value: { stakeholders: {}, sync: 0 } });
  const parameters = { settings: defaultSettings(), defaultBranch: 'main' };
  const transport: Transport = {
    graphql: () => Promise.reject(new Error()),
    rest: () => Promise.reject(new Error()),
  };
  const input = {
    transport,
    place: { owner: 'acme', name: 'market' },
    appId: 1,
    memory,
    parameters,
    ids: [],
  };
  const config = { kind: 'read', value: { oid: 'b', text: '', from: null } } as const;
  expect(await readToldSince(input, { config })).toBeNull();
  expect(memory.toldSince.get('config', 'acme/.github a')).toBeUndefined();
});
