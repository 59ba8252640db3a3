import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import type { GateWrite } from '../../../src/core/actions/action.js';
import type { Verdict } from '../../../src/core/gate/verdict.js';
import { type TestGithub, startGithub } from './support.js';

let github: TestGithub;
beforeEach(async () => void (github = await startGithub()));
afterEach(() => github.close());

const WAITS: Verdict = {
  status: 'in_progress',
  conclusion: null,
  title: 'Waits for #8',
  summary: 'What unblocks it:\n\n- #8',
  buttons: [],
  externalId: 'v1 aaaa',
};
const FREE: Verdict = {
  status: 'completed',
  conclusion: 'success',
  title: 'Free to merge: nothing to wait for',
  summary: 'Everything is merged.',
  buttons: [],
  externalId: 'v1 bbbb',
};
const OTHER = 'f'.repeat(40);

const publish = (...gates: GateWrite[]) => ({ kind: 'publish gates', name: 'merge-order', gates }) as const;
const gate = (sha: string, verdict: Verdict, run: string | null = null): GateWrite => ({ sha, verdict, run });

const runsOf = async (sha: string) =>
  (await github.repo('GET', `/commits/${sha}/check-runs?filter=all`)).check_runs;

async function issueRef(number: number) {
  return { issue: (await github.repo('GET', `/issues/${number}`)).node_id as string, number };
}

describe('gates', () => {
  test('are made as the verdict says, and an unfinished one is updated', async () => {
    const sha = await github.head('main');
    expect(await github.outcome(publish(gate(sha, WAITS)))).toBe('done');
    const [made] = await runsOf(sha);
    expect(made).toMatchObject({
      name: 'merge-order',
      head_sha: sha,
      status: 'in_progress',
      conclusion: null,
      external_id: WAITS.externalId,
      output: { title: WAITS.title, summary: WAITS.summary },
    });
    expect(await github.outcome(publish(gate(sha, FREE, made.node_id)))).toBe('done');
    const runs = await runsOf(sha);
    expect(runs).toHaveLength(1);
    expect(runs[0]).toMatchObject({
      id: made.id,
      status: 'completed',
      conclusion: 'success',
      external_id: FREE.externalId,
      output: { title: FREE.title },
    });
  });

  test('keep their start where they are updated, unless the landing that they record begins', async () => {
    const sha = await github.head('main');
    const startOf = async () => (await runsOf(sha))[0].started_at as string;
    await github.outcome(publish(gate(sha, WAITS)));
    const [{ node_id: run, started_at: first }] = await runsOf(sha);
    await github.outcome(publish(gate(sha, { ...WAITS, externalId: 'v1 cccc' }, run)));
    expect(await startOf()).toBe(first);
    const startedAt = Date.parse(first) + 90 * 60_000;
    expect(await github.outcome(publish({ ...gate(sha, FREE, run), startedAt }))).toBe('done');
    expect(Date.parse(await startOf())).toBe(startedAt);
  });

  test('that are renewed end the run that they replace, so that it cannot turn stale later', async () => {
    const sha = await github.head('main');
    expect(await github.outcome(publish(gate(sha, WAITS)))).toBe('done');
    const [old] = await runsOf(sha);
    expect(await github.outcome(publish({ ...gate(sha, WAITS), replaces: old.node_id }))).toBe('done');
    const runs = await runsOf(sha);
    expect(runs.map((run: { id: number }) => run.id)).toHaveLength(2);
    expect(runs.find((run: { id: number }) => run.id === old.id)).toMatchObject({
      status: 'completed',
      conclusion: 'cancelled',
      output: { title: 'Renewed' },
    });
    expect(runs.find((run: { id: number }) => run.id !== old.id)).toMatchObject({
      status: 'in_progress',
      external_id: WAITS.externalId,
    });
  });

  test('of fifty heads take three documents, after one look at the repository', async () => {
    const heads: string[] = [];
    for (let index = 0; index < 50; index += 1)
      heads.push(await github.commit('main', `${index}.txt`, 'x\n'));
    expect(await github.outcome(publish(...heads.map((sha) => gate(sha, FREE))))).toBe('done');
    for (const sha of heads) expect(await runsOf(sha)).toMatchObject([{ conclusion: 'success' }]);
    const requests = await github.requests();
    expect(requests).toHaveLength(4);
    expect(requests.slice(1).map((fields) => fields.split(' ').length)).toEqual([20, 20, 10]);
  });

  test('that are refused hide no other', async () => {
    const sha = await github.head('main');
    const [outcome] = await github.writer.batch([publish(gate(OTHER, FREE), gate(sha, FREE))]);
    expect(outcome?.error?.kind).toBe('terminal');
    expect(outcome?.notes).toEqual([`merge-order on fffffff: ${outcome?.error?.message}`]);
    expect(await runsOf(sha)).toHaveLength(1);
  });

  test('whose run is gone are made anew later', async () => {
    const sha = await github.head('main');
    expect(await github.outcome(publish(gate(sha, FREE, 'CR_nothing')))).toMatch(/^transient: /);
    expect(await runsOf(sha)).toEqual([]);
  });

  test('of a document that met a server error fail together, and the next document goes out', async () => {
    const sha = await github.head('main');
    const gates = Array.from({ length: 21 }, (_, index) =>
      gate(sha, { ...WAITS, externalId: `v1 ${index}` }),
    );
    await github.faults({
      requests: [
        { match: { mutation: 'createCheckRun' }, when: 'before', answer: { status: 502, body: {} } },
      ],
    });
    const [outcome] = await github.writer.batch([publish(...gates)]);
    expect(outcome?.error?.kind).toBe('transient');
    expect(outcome?.notes).toHaveLength(20);
    expect(await runsOf(sha)).toMatchObject([{ external_id: 'v1 20' }]);
  });

  test('stop at a limit, and so does what comes behind them', async () => {
    const sha = await github.head('main');
    const gates = Array.from({ length: 21 }, () => gate(sha, WAITS));
    await github.faults({
      requests: [
        {
          match: { mutation: 'createCheckRun' },
          when: 'before',
          answer: {
            status: 403,
            headers: { 'retry-after': '60' },
            body: { message: 'secondary rate limit' },
          },
        },
      ],
    });
    const close = { kind: 'close issue', number: 8, reason: 'completed' } as const;
    const outcomes = await github.writer.batch([publish(...gates), close]);
    expect(outcomes.map(({ error }) => [error?.kind, error?.options.retryAfter])).toEqual([
      ['transient', 60_000],
      ['transient', 60_000],
    ]);
    expect(await runsOf(sha)).toEqual([]);
    expect(await github.repo('GET', '/issues/8')).toMatchObject({ state: 'open' });
  });
});

describe('assignees', () => {
  async function pulls() {
    const made = [await github.pull('one'), await github.pull('two')];
    return made.map(({ node_id, number }) => ({ id: node_id as string, number: number as number }));
  }
  const assigneesOf = async (number: number): Promise<string[]> =>
    (await github.repo('GET', `/issues/${number}`)).assignees.map(({ login }: { login: string }) => login);

  test('are looked up together and assigned together, once', async () => {
    const [one, two] = await pulls();
    const action = {
      kind: 'assign',
      pulls: [
        { ...one!, login: 'linus' },
        { ...two!, login: 'grace' },
      ],
    } as const;
    expect(await github.outcome(action)).toBe('done');
    expect(await github.outcome(action)).toBe('done');
    expect([await assigneesOf(one!.number), await assigneesOf(two!.number)]).toEqual([['linus'], ['grace']]);
    expect((await github.requests()).slice(0, 2)).toEqual([
      'Assignees',
      'addAssigneesToAssignable addAssigneesToAssignable',
    ]);
  });

  test('whom GitHub does not know are noted, also where there is nobody else', async () => {
    const [one, two] = await pulls();
    const ghost = { ...one!, login: 'ghost-of-nobody' };
    const [both] = await github.writer.batch([
      { kind: 'assign', pulls: [ghost, { ...two!, login: 'grace' }] },
    ]);
    expect(both).toMatchObject({
      error: null,
      notes: [
        `assignee of #${one!.number}: Could not resolve to a User with the login of 'ghost-of-nobody'.`,
      ],
    });
    expect(await assigneesOf(two!.number)).toEqual(['grace']);
    expect(await github.outcome({ kind: 'assign', pulls: [ghost] })).toBe('done');
  });

  test('are assigned by REST where GraphQL is forbidden', async () => {
    const [one] = await pulls();
    const sentence = 'Resource not accessible by integration';
    await github.refuseField('addAssigneesToAssignable', 'FORBIDDEN', sentence);
    expect(await github.outcome({ kind: 'assign', pulls: [{ ...one!, login: 'linus' }] })).toBe('done');
    expect(await assigneesOf(one!.number)).toEqual(['linus']);
    expect((await github.requests()).at(-1)).toBe('issues/add-assignees');
  });

  test('who cannot be looked up fail, and what goes out with them does not', async () => {
    const [one] = await pulls();
    const sha = await github.head('main');
    await github.faults({
      requests: [{ match: { operation: 'Assignees' }, when: 'before', answer: { status: 502, body: {} } }],
    });
    const outcomes = await github.writer.batch([
      { kind: 'assign', pulls: [{ ...one!, login: 'linus' }] },
      publish(gate(sha, FREE)),
    ]);
    expect(outcomes.map(({ error }) => error?.kind ?? 'done')).toEqual(['transient', 'done']);
    expect(await runsOf(sha)).toHaveLength(1);
  });
});

describe('pins', () => {
  const isPinned = async () => {
    const { state } = github.github.world.store;
    return Object.values(state.repositories)[0]!.pinned.map(({ issueId }) => state.issues[issueId]!.number);
  };

  test('are set and taken off, once', async () => {
    const eight = await issueRef(8);
    expect(await github.outcome({ kind: 'pin', ...eight })).toBe('done');
    expect(await github.outcome({ kind: 'pin', ...eight })).toBe('done');
    expect(await isPinned()).toEqual([8]);
    expect(await github.outcome({ kind: 'unpin', ...eight })).toBe('done');
    expect(await github.outcome({ kind: 'unpin', ...eight })).toBe('done');
    expect(await isPinned()).toEqual([]);
  });

  test('for which there is no room are only noted, and gates in the same document are written', async () => {
    const { number } = await github.repo('POST', '/issues', { title: 'Ten' });
    const refs = [await issueRef(4), await issueRef(5), await issueRef(8), await issueRef(number)];
    const sha = await github.head('main');
    const outcomes = await github.writer.batch([
      ...refs.map((ref) => ({ kind: 'pin', ...ref }) as const),
      publish(gate(sha, FREE)),
    ]);
    expect(outcomes.map(({ error }) => error)).toEqual([null, null, null, null, null]);
    expect(outcomes.map(({ notes }) => notes)).toEqual([
      [],
      [],
      [],
      [`pin of #${number}: A repository can have at most 3 pinned issues.`],
      [],
    ]);
    expect(await isPinned()).toEqual([4, 5, 8]);
    expect(await runsOf(sha)).toHaveLength(1);
    expect((await github.requests()).filter((fields) => fields.includes('pinIssue'))).toEqual([
      'pinIssue pinIssue pinIssue pinIssue createCheckRun',
    ]);
  });
});
