import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';

import type { Snapshot } from '../../../src/core/model/index.js';
import { AppError } from '../../../src/app/errors.js';
import type { GraphqlAnswer } from '../../../src/github/transport.js';
import { type Loose, type Reading, type Tamper, startReading } from './support.js';

jest.setTimeout(60_000);

let github: Reading;
let pull: number;
beforeAll(async () => {
  github = await startReading();
  pull = (await github.pull('feature/issue-5')).number;
  await github.as('writer')('POST', '/issues/5/comments', { body: '/hold' });
  for (const title of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm']) {
    await github.as('writer')('POST', '/issues', { title, labels: ['deploy-subagent'] });
  }
});
afterAll(() => github.close());

/** Changes a copy of what GitHub answered to one document, as often as asked. */
function change(document: string, edit: (data: Loose) => readonly object[] | void, times = Infinity): Tamper {
  let left = times;
  return (name, _, answer) => {
    if (name !== document || left === 0) return answer;
    left -= 1;
    const data = structuredClone(answer.data);
    const errors = edit(data) ?? [];
    return { data, errors: [...answer.errors, ...errors] } as GraphqlAnswer<Loose>;
  };
}

function issueFive({ issues }: Snapshot) {
  return issues.kind === 'read' ? issues.value.find(({ number }) => number === 5) : issues;
}

function openPull({ pulls }: Snapshot) {
  return pulls.kind === 'read' ? pulls.value.find(({ number }) => number === pull) : pulls;
}

async function refusal(tamper: Tamper): Promise<Partial<AppError>> {
  const error: unknown = await github
    .newReader(tamper)
    .read()
    .catch((thrown: unknown) => thrown);
  if (!(error instanceof AppError)) throw new Error(`no AppError but ${String(error)}`);
  return { kind: error.kind, message: error.message, options: error.options };
}

const forbidden = (...path: (string | number)[]) => [{ type: 'FORBIDDEN', message: 'Not for you', path }];

describe('a part that is missing is unreadable, and nothing else', () => {
  test('a short list', async () => {
    const reader = github.newReader(
      change('Core', (data) => void (data.repository.open.nodes[0].blockedBy.nodes = [])),
    );
    const snapshot = await reader.read();
    expect(issueFive(snapshot)).toMatchObject({
      blockedBy: { kind: 'unreadable', why: 'GitHub gave 0 of 1 entries' },
      labels: { kind: 'read' },
      history: { kind: 'read' },
    });
  });

  test('an error below a part', async () => {
    const tamper = change('Core', (data) => {
      data.repository.open.nodes[0].labels = null;
      return forbidden('repository', 'open', 'nodes', 0, 'labels');
    });
    const snapshot = await github.newReader(tamper).read();
    expect(issueFive(snapshot)).toMatchObject({
      labels: { kind: 'unreadable', why: 'Not for you' },
      blockedBy: { kind: 'read' },
    });
    expect(snapshot.pulls.kind).toBe('read');
  });

  test('issues that events of dependencies named and that are shown no more, each with who removed it', async () => {
    const gone = { createdAt: '2026-01-05T10:00:00Z', blockingIssue: null };
    const tria = { __typename: 'User', login: 'tria', databaseId: 77 };
    type Gone = readonly [type: string, actor: object | null];
    const eventsOf = (events: readonly Gone[]) =>
      change('IssueHistories', (data) => {
        for (const { timelineItems } of data.nodes) {
          for (const [type, actor] of events) {
            timelineItems.nodes.push({ __typename: type, ...gone, actor });
            timelineItems.pageCount += 1;
          }
        }
      });
    const lostOf = async (...events: readonly Gone[]) => {
      const five = issueFive(await github.newReader(eventsOf(events)).read());
      if (five === undefined || 'kind' in five || five.history.kind === 'unreadable')
        throw new Error('unread');
      return five.history.value.lostDependencies;
    };
    const at = Date.parse(gone.createdAt);
    expect(await lostOf()).toBeUndefined();
    expect(await lostOf(['BlockedByAddedEvent', null])).toEqual({ added: 1, removals: [] });
    expect(await lostOf(['BlockedByAddedEvent', tria], ['BlockedByRemovedEvent', tria])).toMatchObject({
      added: 1,
      removals: [{ actor: { login: 'tria' }, at }],
    });
    expect(await lostOf(['BlockedByRemovedEvent', null])).toEqual({
      added: 0,
      removals: [{ actor: null, at }],
    });
  });

  test('a place in a merge queue that is not for the app', async () => {
    const tamper = change('Core', (data) => {
      const at = data.repository.pulls.nodes.findIndex((node: Loose) => node.number === pull);
      return forbidden('repository', 'pulls', 'nodes', at, 'mergeQueueEntry');
    });
    expect(openPull(await github.newReader(tamper).read())).toMatchObject({
      queued: { kind: 'unreadable', why: 'Not for you' },
      ownChecks: { kind: 'read' },
      detail: { kind: 'read' },
    });
  });

  test('what the app has on the newest commits of the base', async () => {
    const tamper = change('Core', (data) => {
      data.repository.base.target.newest = null;
      data.repository.base.target.own = null;
      return [
        ...forbidden('repository', 'base', 'target', 'newest'),
        ...forbidden('repository', 'base', 'target', 'own'),
      ];
    });
    expect((await github.newReader(tamper).read()).base).toMatchObject({
      kind: 'read',
      value: { everChecked: true, ownChecks: { kind: 'unreadable', why: 'Not for you' } },
    });
  });

  test('the rules of rulesets', async () => {
    const tamper = change('Core', (data) => {
      data.repository.base.rules = null;
      return forbidden('repository', 'base', 'rules');
    });
    expect((await github.newReader(tamper).read()).base).toMatchObject({
      value: { rules: { kind: 'unreadable', why: 'Not for you' } },
    });
  });

  test('an error on a single value spoils the list that it is in', async () => {
    const tamper = change('Core', (data) => {
      data.repository.open.nodes[0].author = null;
      return forbidden('repository', 'open', 'nodes', 0, 'author');
    });
    const { issues, pulls } = await github.newReader(tamper).read();
    expect([issues, pulls.kind]).toEqual([{ kind: 'unreadable', why: 'Not for you' }, 'read']);
  });

  test.each([
    ['an issue', 'open', 'issues'],
    ['a pull request', 'pulls', 'pulls'],
    ['a branch', 'refs', 'branches'],
  ] as const)('%s that was left out', async (_, list, part) => {
    const tamper = change('Core', (data) => void (data.repository[list].nodes[0] = null));
    expect((await github.newReader(tamper).read())[part].kind).toBe('unreadable');
  });

  test('fewer issues than there are', async () => {
    const tamper = change('Core', (data) => void data.repository.open.nodes.pop());
    const { issues } = await github.newReader(tamper).read();
    expect(issues).toEqual({ kind: 'unreadable', why: 'GitHub gave 13 of 14 entries' });
  });

  test('an issue’s timeline that has fewer events than it says, or has an event left out', async () => {
    const shorter = change('IssueHistories', (data) => {
      for (const node of data.nodes) node.timelineItems.nodes.pop();
    });
    expect(issueFive(await github.newReader(shorter).read())).toMatchObject({
      history: { kind: 'unreadable', why: expect.stringMatching(/^its timeline: GitHub gave/) },
    });
    const without = change('IssueHistories', (data) => {
      for (const node of data.nodes) node.timelineItems.nodes[0] = null;
    });
    expect(issueFive(await github.newReader(without).read())).toMatchObject({
      history: { kind: 'unreadable' },
    });
  });

  test.each([
    ['commits', 'commits'],
    ['latestOpinionatedReviews', 'reviews'],
    ['files', 'files'],
  ])('%s of a pull request', async (field, part) => {
    const tamper = change('PullDetails', (data) => void (data.a0[field].totalCount += 3));
    expect(openPull(await github.newReader(tamper).read())).toMatchObject({
      detail: { kind: 'read', value: { [part]: { kind: 'unreadable' } } },
    });
  });

  test('the rules of the base', async () => {
    const tamper = change('Core', (data) => {
      data.repository.base.refUpdateRule = null;
      return forbidden('repository', 'base', 'refUpdateRule');
    });
    const { base } = await github.newReader(tamper).read();
    expect(base).toMatchObject({ value: { checks: { kind: 'read' }, rules: { why: 'Not for you' } } });
  });

  test('the settings file', async () => {
    const tamper = change('Core', (data) => {
      data.repository.config = null;
      return forbidden('repository', 'config');
    });
    expect((await github.newReader(tamper).read()).config).toEqual({
      kind: 'unreadable',
      why: 'Not for you',
    });
  });

  test('a comment, so that no command is taken for the only one', async () => {
    const tamper = change('Comments', (data) => {
      data.nodes[0].reactionGroups = null;
    });
    expect((await github.newReader(tamper).read()).comments.kind).toBe('unreadable');
  });

  test('a pull request whose head moved between two questions', async () => {
    const tamper = change('PullDetails', (data) => void (data.a0.headRefOid = 'f'.repeat(40)));
    expect(openPull(await github.newReader(tamper).read())).toMatchObject({
      detail: { why: 'it changed while it was read' },
    });
  });
});

test('the checks before the app’s own force push are not known where GitHub has no longer what it replaced', async () => {
  let me = 0;
  const learn = change('Core', ({ viewer }) => void (me = viewer.databaseId));
  const lose = change('PullDetails', ({ a0 }) => {
    const actor = { __typename: 'Bot', login: 'yardmaster', databaseId: me };
    const afterCommit = { oid: a0.headRefOid };
    a0.forcePushes.nodes = [{ createdAt: '2026-01-05T10:00:00Z', actor, beforeCommit: null, afterCommit }];
    a0.rewritten.nodes = [{ beforeCommit: null }];
  });
  const tamper: Tamper = (name, variables, answer) => lose(name, variables, learn(name, variables, answer));
  expect(openPull(await github.newReader(tamper).read())).toMatchObject({
    detail: { value: { forcePushes: [], earlierChecks: { why: 'the head before the update is gone' } } },
  });
});

describe('what could not be read is asked for again', () => {
  test('a history', async () => {
    const tamper = change('IssueHistories', (data) => void (data.nodes = data.nodes.map(() => null)), 1);
    const reader = github.newReader(tamper);
    expect(issueFive(await reader.read())).toMatchObject({ history: { kind: 'unreadable' } });
    expect(issueFive(await reader.read())).toMatchObject({ history: { kind: 'read' } });
  });

  test('an unknown mergeability', async () => {
    const tamper = change('PullDetails', (data) => void (data.a0.mergeable = 'UNKNOWN'), 1);
    const reader = github.newReader(tamper);
    expect(openPull(await reader.read())).toMatchObject({ detail: { value: { mergeable: 'unknown' } } });
    expect(openPull(await reader.read())).toMatchObject({ detail: { value: { mergeable: 'mergeable' } } });
  });
});

test('whether a head that is behind may merge so is asked again until GitHub knows', async () => {
  const behind = change('PullDetails', ({ a0 }) => {
    a0.headRef.compare = { aheadBy: 1, commits: { totalCount: 1, nodes: [{ oid: 'a'.repeat(40) }] } };
    a0.mergeStateStatus = asked === 0 ? 'UNKNOWN' : 'BEHIND';
    asked += 1;
  });
  let asked = 0;
  const reader = github.newReader(behind);
  const first = openPull(await reader.read());
  expect(first).toMatchObject({ detail: { value: { mergeable: 'unknown', mustUpdate: false } } });
  const second = openPull(await reader.read());
  expect(second).toMatchObject({ detail: { value: { mergeable: 'mergeable', mustUpdate: true } } });
});

describe('a question that is too much', () => {
  const limits: GraphqlAnswer<Loose> = {
    data: null,
    errors: [{ type: 'RESOURCE_LIMITS_EXCEEDED', message: 'Resource limits for this query exceeded.' }],
  };

  test('is asked in smaller pages, and all of them are read', async () => {
    const sizes: number[] = [];
    const reader = github.newReader((name, variables, answer) => {
      if (name !== 'Core' && name !== 'More') return answer;
      sizes.push(variables.size);
      return variables.size > 6 ? limits : answer;
    });
    const { issues } = await reader.read();
    expect(issues).toMatchObject({ kind: 'read', value: { length: 14 } });
    expect(sizes).toEqual([50, 25, 12, 6, 6, 6]);
  });

  test('is asked for fewer objects, and one that is too much by itself is unreadable', async () => {
    const counts: number[] = [];
    const five = issueFive(await github.reader.read());
    const reader = github.newReader((name, variables, answer) => {
      if (name !== 'IssueHistories') return answer;
      counts.push(variables.ids.length);
      return five && 'id' in five && variables.ids.includes(five.id) ? limits : answer;
    });
    const { issues } = await reader.read();
    const read = issues.kind === 'read' ? issues.value.filter(({ history }) => history.kind === 'read') : [];
    expect([counts[0], read.length]).toEqual([14, 13]);
  });
});

describe('no answer at all', () => {
  test('a repository that the app does not see', async () => {
    const tamper = change('Core', (data) => {
      data.repository = null;
      return [{ type: 'NOT_FOUND', message: 'Could not resolve', path: ['repository'] }];
    });
    expect(await refusal(tamper)).toMatchObject({ kind: 'terminal', message: 'Could not resolve' });
  });

  test('a limit that is used up', async () => {
    const tamper: Tamper = () => ({
      data: null,
      errors: [{ type: 'RATE_LIMITED', message: 'API rate limit exceeded' }],
      retryAfter: 90_000,
    });
    expect(await refusal(tamper)).toMatchObject({ kind: 'transient', options: { retryAfter: 90_000 } });
  });

  test('an error that belongs to no part', async () => {
    const tamper = change('Core', () => [{ message: 'Odd', path: ['repository', 'owner'] }]);
    expect(await refusal(tamper)).toMatchObject({ kind: 'transient', message: 'Odd' });
  });
});
