import { describe, expect, test } from '@jest/globals';

import { createFaults } from '../../../src/github/read/answer.js';
import { type RawPull, corePull } from '../../../src/github/read/pull.js';

const ME = 7;
const AT = '2026-01-05T10:00:00Z';
const APP = { __typename: 'Bot', login: 'yardmaster', databaseId: ME };
const GRACE = { __typename: 'User', login: 'grace', databaseId: 8 };

const RAW: RawPull = {
  id: 'PR_1',
  number: 1,
  title: '',
  body: '',
  state: 'OPEN',
  isDraft: false,
  isCrossRepository: false,
  createdAt: AT,
  closedAt: null,
  updatedAt: AT,
  changedFiles: 1,
  viewerDidAuthor: true,
  author: APP,
  headRefName: 'feature/issue-5',
  headRefOid: 'head',
  baseRefName: 'main',
  mergeCommit: null,
  assignees: { nodes: [] },
  last: { nodes: [] },
  tip: null,
};

function queueOf(parts: Partial<RawPull>, failing?: string) {
  const errors = failing === undefined ? [] : [{ message: 'Not for you', path: ['p', failing] }];
  const { queued, leftQueue } = corePull({ ...RAW, ...parts }, createFaults(errors), ['p'], ME).pull;
  return { queued, leftQueue };
}

const ENTRY = { position: 2, enqueuer: APP, baseCommit: null, headCommit: null };
const ADDED = { __typename: 'AddedToMergeQueueEvent', createdAt: AT } as const;
const REMOVED = {
  __typename: 'RemovedFromMergeQueueEvent',
  createdAt: AT,
  reason: 'manual',
  actor: GRACE,
} as const;
const NONE = { kind: 'read', value: null };

describe('a place in a merge queue', () => {
  test.each([
    ['the app', APP, { login: 'yardmaster[bot]', kind: 'me' }],
    ['a person', GRACE, { login: 'grace', kind: 'person' }],
    ['nobody that GitHub names', null, null],
  ])('is that of %s', (_, enqueuer, by) => {
    expect(queueOf({ mergeQueueEntry: { ...ENTRY, enqueuer }, queueEvents: { nodes: [ADDED] } })).toEqual({
      queued: { kind: 'read', value: { position: 2, by, group: null } },
      leftQueue: NONE,
    });
  });

  test('was never taken, where nothing tells of one', () => {
    expect(queueOf({ mergeQueueEntry: null, queueEvents: { nodes: [] } })).toEqual({
      queued: NONE,
      leftQueue: NONE,
    });
  });
});

describe('the end of a place in a merge queue', () => {
  const at = Date.parse(AT);

  test('is told with who and why', () => {
    expect(queueOf({ mergeQueueEntry: null, queueEvents: { nodes: [REMOVED] } }).leftQueue).toEqual({
      kind: 'read',
      value: { at, by: { login: 'grace', kind: 'person' }, reason: 'manual' },
    });
  });

  test('is known without its reason where the last event is that it was added', () => {
    expect(queueOf({ mergeQueueEntry: null, queueEvents: { nodes: [ADDED] } }).leftQueue).toEqual({
      kind: 'read',
      value: { at, by: null, reason: null },
    });
  });

  test('cannot be read where GitHub refuses it or leaves it out', () => {
    const refused = queueOf({ mergeQueueEntry: null, queueEvents: { nodes: [REMOVED] } }, 'queueEvents');
    expect(refused.leftQueue).toEqual({ kind: 'unreadable', why: 'Not for you' });
    expect(queueOf({ mergeQueueEntry: null, queueEvents: { nodes: null } }).leftQueue).toEqual({
      kind: 'unreadable',
      why: 'GitHub left out how it left the merge queue',
    });
  });
});
