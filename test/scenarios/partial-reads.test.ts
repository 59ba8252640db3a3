import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { type Loose, type Sandbox, startSandbox } from '../support/sandbox.js';
import { MARKET } from '../support/seeds.js';

const SEED = `${MARKET}issues:
  - { number: 1, title: First, author: olaf }
  - { number: 2, title: Second, author: olaf, blocked_by: [1, 3] }
  - { number: 3, title: Third, author: olaf }
`;

let sandbox: Sandbox;
let whole: Loose;

/** Everything that a missing part must not change. */
async function state(): Promise<Loose> {
  const gate = await sandbox.gateOf(2);
  return {
    gate: [gate.status, gate.conclusion, gate.output.title],
    pulls: (await sandbox.pulls()).map((pull) => [pull.number, pull.state, pull.draft]),
    trackers: (await sandbox.trackers()).map((tracker) => [tracker.number, tracker.state]),
    labels: [await sandbox.labels(1), await sandbox.labels(2)],
    branches: await sandbox.branches(),
  };
}

/** Every request of that kind is answered so. */
async function withFault(match: object, answer: object | string): Promise<void> {
  await sandbox.faults({ requests: [{ match, when: 'before', answer, times: 1000 }] });
}

beforeAll(async () => {
  sandbox = await startSandbox({ seed: SEED });
  await sandbox.deploy(1, 2);
  // Whether this counts is a matter of the role of who did it.
  const { id } = await sandbox.repo('writer', 'GET', '/issues/3');
  await sandbox.repo('writer', 'DELETE', `/issues/2/dependencies/blocked_by/${id}`);
  await sandbox.advance('PT1M');
  whole = await state();
});
afterAll(() => sandbox.stop());

const body = (value: object) => ({
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: value,
});

describe('a missing part of a read', () => {
  test.each([
    ['nothing but an error', 'Core', body({ data: null, errors: [{ message: 'Something went wrong' }] })],
    [
      'no repository',
      'Core',
      body({
        data: { viewer: { databaseId: 1 }, repository: null, nodes: [] },
        errors: [{ type: 'NOT_FOUND', path: ['repository'], message: 'Could not resolve to a Repository' }],
      }),
    ],
    ['a server error', 'Core', { status: 502, body: { message: 'Server Error' } }],
    ['a closed connection', 'Core', 'hangup'],
    ['no comments', 'issues/list-comments-for-repo', { status: 500, body: { message: 'Server Error' } }],
    ['no answer about a role', 'repos/get-collaborator-permission-level', { status: 500, body: {} }],
    ['no history of issues', 'IssueHistories', body({ data: { nodes: [null, null] } })],
    ['no details of pull requests', 'PullDetails', body({ data: null, errors: [{ message: 'Timeout' }] })],
    ['no task files', 'Files', body({ data: { repository: null }, errors: [{ message: 'Timeout' }] })],
  ])(
    '(%s) opens no gate and changes nothing else, and what it closed is undone when the part is there again',
    async (_what, operation, answer) => {
      await withFault({ operation }, answer);
      await sandbox.comment('outsider', 1, 'Something happens');
      await sandbox.restartBot();
      await sandbox.advance('PT1M');
      expect((await sandbox.fired())[0]).toBeGreaterThan(0);
      const during = await state();
      expect(during).toEqual({ ...whole, gate: during.gate });
      expect(during.gate).not.toContain('success');
      await sandbox.faults({});
      await sandbox.advance('PT11M');
      expect(await state()).toEqual(whole);
    },
  );

  test('leaves a command for later', async () => {
    await withFault({ operation: 'repos/get-collaborator-permission-level' }, { status: 500, body: {} });
    await sandbox.restartBot();
    const comment = await sandbox.comment('writer', 1, '/hold');
    await sandbox.advance('PT6M');
    expect(await sandbox.reactions(comment)).toEqual([]);
    expect(await sandbox.labels(1)).not.toContain('subagent:hold');
    await sandbox.faults({});
    await sandbox.advance('PT11M');
    expect(await sandbox.reactions(comment)).toEqual(['yardmaster[bot]: +1']);
    expect(await sandbox.labels(1)).toContain('subagent:hold');
  });
});

describe('reads that lag behind the writes', () => {
  test.each([1, 3, 8])('by %i effects make nothing twice', async (lag) => {
    const issue = await sandbox.openIssue('writer', `Lagging ${lag}`, 'Depends on #1');
    await sandbox.faults({ reads: { lag } });
    await sandbox.deploy(issue.number);
    await sandbox.advance('PT10M');
    await sandbox.faults({});
    await sandbox.advance('PT10M');
    const branch = `feature/issue-${issue.number}`;
    expect((await sandbox.pulls()).filter((pull) => pull.head.ref === branch)).toHaveLength(1);
    expect(await sandbox.trackers()).toHaveLength(1);
    expect(await sandbox.blockedBy(issue.number)).toEqual([1]);
    expect(await sandbox.comments(issue.number)).toEqual([]);
    expect((await sandbox.gateOf(issue.number)).output.title).toMatch(/^Waits for #1 /);
  });
});
