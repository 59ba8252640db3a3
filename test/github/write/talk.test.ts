import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import { marker } from '../../../src/core/names/markers.js';
import { type TestGithub, startGithub } from './support.js';

let github: TestGithub;
beforeEach(async () => void (github = await startGithub()));
afterEach(() => github.close());

const HOLD = { name: 'subagent:hold', color: 'd93f0b', description: 'Does not land' };
const TRACKING = { name: 'subagent:tracking', color: '5319e7', description: 'The tracking issue' };

/** The app's changes of state so far. */
const effects = () => github.github.world.store.effect;

const labelsOf = async (number: number): Promise<string[]> =>
  (await github.repo('GET', `/issues/${number}/labels`)).map(({ name }: { name: string }) => name);

const bodiesOf = async (number: number): Promise<string[]> =>
  (await github.repo('GET', `/issues/${number}/comments`)).map(({ body }: { body: string }) => body);

describe('labels', () => {
  test('are made with colour and description, once', async () => {
    const action = { kind: 'ensure label', label: HOLD } as const;
    expect(await github.outcome(action)).toBe('done');
    expect(await github.repo('GET', '/labels/subagent:hold')).toMatchObject(HOLD);
    const before = effects();
    expect(await github.outcome(action)).toBe('done');
    expect(effects()).toBe(before);
  });

  test('are put on, made first where the repository lacks them, and taken off', async () => {
    const on = { kind: 'add label', number: 8, label: HOLD, cause: 'command 1' } as const;
    expect(await github.outcome(on)).toBe('done');
    expect(await github.outcome(on)).toBe('done');
    expect(await labelsOf(8)).toEqual([HOLD.name]);
    expect(await github.repo('GET', '/labels/subagent:hold')).toMatchObject(HOLD);
    const off = { kind: 'remove label', number: 8, label: HOLD.name, cause: 'command 2' } as const;
    expect(await github.outcome(off)).toBe('done');
    expect(await github.outcome(off)).toBe('done');
    expect(await labelsOf(8)).toEqual([]);
  });

  test('that GitHub does not take are refused with its reason', async () => {
    const label = { ...HOLD, name: 'x'.repeat(51) };
    expect(await github.outcome({ kind: 'ensure label', label })).toMatch(/^terminal: .*name is too long/);
  });
});

describe('comments', () => {
  const said = { kind: 'comment', number: 8, body: 'Refused.', cause: 'LE_8' } as const;

  test('are written once per cause', async () => {
    expect(await github.outcome(said)).toBe('done');
    expect(await github.outcome(said)).toBe('done');
    expect(await github.outcome({ ...said, cause: 'LE_9' })).toBe('done');
    expect(await bodiesOf(8)).toEqual([
      `Refused.\n\n${marker('said', { cause: 'LE_8' })}`,
      `Refused.\n\n${marker('said', { cause: 'LE_9' })}`,
    ]);
  });

  test('are there once where two processes write one at the same time', async () => {
    const both = await Promise.all([github.outcome(said), github.outcome(said)]);
    expect(both).toEqual(['done', 'done']);
    expect(await bodiesOf(8)).toEqual([`Refused.\n\n${marker('said', { cause: 'LE_8' })}`]);
    const posts = (await github.requests()).filter((operation) => operation === 'issues/create-comment');
    expect(posts).toHaveLength(2);
  });

  test('are not kept back by somebody else who copies the marker', async () => {
    await github.repo('POST', '/issues/8/comments', { body: marker('said', { cause: 'LE_8' }) });
    expect(await github.outcome(said)).toBe('done');
    expect(await bodiesOf(8)).toHaveLength(2);
  });

  test('have no line that could be taken for a command', async () => {
    const body = 'Try this:\n/merge all\n  /hold\n\tin/between';
    expect(await github.outcome({ ...said, body })).toBe('done');
    expect((await bodiesOf(8))[0]).toMatch(/^Try this:\n\\\/merge all\n {2}\\\/hold\n\tin\/between\n/);
  });

  test('are not written while those that are there cannot be read', async () => {
    await github.faults({
      requests: [{ match: { operation: 'OwnComments' }, when: 'before', answer: { status: 502, body: {} } }],
    });
    expect(await github.outcome(said)).toMatch(/^transient: /);
    expect(await bodiesOf(8)).toEqual([]);
  });

  test('on what is gone are refused', async () => {
    expect(await github.outcome({ ...said, number: 99 })).toMatch(/^terminal: Could not resolve/);
  });

  test('that met a server error after their effect are found the next time', async () => {
    await github.faults({
      requests: [
        { match: { operation: 'issues/create-comment' }, when: 'after', answer: { status: 502, body: {} } },
      ],
    });
    expect(await github.outcome(said)).toMatch(/^transient: /);
    expect(await github.outcome(said)).toBe('done');
    expect(await bodiesOf(8)).toHaveLength(1);
  });

  test('are reacted to once', async () => {
    const { id } = await github.repo('POST', '/issues/8/comments', { body: '/hold' });
    const action = { kind: 'react', comment: id, number: 8, with: 'confused' } as const;
    expect(await github.outcome(action)).toBe('done');
    expect(await github.outcome(action)).toBe('done');
    const reactions = await github.repo('GET', `/issues/comments/${id}/reactions`);
    expect(reactions.map(({ content }: { content: string }) => content)).toEqual(['confused']);
    expect(await github.outcome({ ...action, comment: 9_999 })).toMatch(/^terminal: Not Found/);
  });
});

describe('issues', () => {
  test('depend on others, once; a pull request is refused', async () => {
    const { id } = await github.repo('GET', '/issues/5');
    const action = {
      kind: 'add dependency',
      number: 8,
      blocking: { databaseId: id, number: 5 },
      cause: 'comment-1',
    } as const;
    expect(await github.outcome(action)).toBe('done');
    expect(await github.outcome(action)).toBe('done');
    const blocking = await github.repo('GET', '/issues/8/dependencies/blocked_by');
    expect(blocking.map(({ number }: { number: number }) => number)).toEqual([5]);
    const pull = await github.pull('work');
    const { id: pullIssue } = await github.repo('GET', `/issues/${pull.number}`);
    expect(
      await github.outcome({ ...action, blocking: { databaseId: pullIssue, number: pull.number } }),
    ).toMatch(/^terminal: .*may only be an issue/);
  });

  test('depend on others no longer, once', async () => {
    const { id } = await github.repo('GET', '/issues/5');
    const blocking = { databaseId: id, number: 5 };
    await github.repo('POST', '/issues/8/dependencies/blocked_by', { issue_id: id }).catch(() => null);
    const action = { kind: 'remove dependency', number: 8, blocking, cause: 'comment-1' } as const;
    expect(await github.outcome(action)).toBe('done');
    expect(await github.repo('GET', '/issues/8/dependencies/blocked_by')).toEqual([]);
    const before = effects();
    expect(await github.outcome(action)).toBe('done');
    expect(effects()).toBe(before);
  });

  test('are closed with their reason; one that is closed keeps its own', async () => {
    const action = { kind: 'close issue', number: 8, reason: 'completed' } as const;
    expect(await github.outcome(action)).toBe('done');
    const closed = await github.repo('GET', '/issues/8');
    expect(closed).toMatchObject({ state: 'closed', state_reason: 'completed' });
    const before = effects();
    expect(await github.outcome(action)).toBe('done');
    expect(effects()).toBe(before);
  });
});

describe('the tracking issue', () => {
  const body = (digest: string, over = false) =>
    `All of it.\n\n${marker('deployment', { base: 'main', digest, ...(over && { over: 'yes' }) })}`;
  const create = {
    kind: 'create tracker',
    title: 'Subagent deployment: 2 issues',
    body: body('aaaa'),
    label: TRACKING,
    key: 'main',
  } as const;

  const trackers = async (): Promise<number[]> =>
    (await github.repo('GET', '/issues?state=all&labels=subagent:tracking')).map(
      ({ number }: { number: number }) => number,
    );

  test('is made with its label, and not again while one is there, whatever it shows and whoever closed it', async () => {
    expect(await github.outcome(create)).toBe('done');
    const made = await trackers();
    expect(made).toHaveLength(1);
    await github.repo('PATCH', `/issues/${made[0]}`, { state: 'closed' });
    const [outcome] = await github.writer.batch([{ ...create, body: body('bbbb') }]);
    expect(outcome).toMatchObject({
      error: null,
      notes: [`the tracking issue is there already: #${made[0]}`],
    });
    expect(await trackers()).toEqual(made);
  });

  test('is found without its label', async () => {
    await github.outcome(create);
    const [number] = await trackers();
    await github.repo('DELETE', `/issues/${number}/labels/${TRACKING.name}`);
    expect(await github.outcome(create)).toBe('done');
    expect(await trackers()).toEqual([]);
  });

  test('is made beside one of another base, one that is over, and a copy by somebody else', async () => {
    await github.outcome({
      ...create,
      body: `Other.\n\n${marker('deployment', { base: 'next', digest: 'a' })}`,
    });
    await github.outcome({ ...create, body: body('a', true) });
    await github.repo('POST', '/issues', { title: 'A copy', body: body('aaaa'), labels: [TRACKING.name] });
    expect(await github.outcome(create)).toBe('done');
    expect(await trackers()).toHaveLength(4);
  });

  test('is written in one request, closed at its end and opened again', async () => {
    await github.outcome(create);
    const [number = 0] = await trackers();
    const update = {
      kind: 'update tracker',
      number,
      title: 'Complete',
      body: body('c'),
      state: 'closed',
    } as const;
    const before = await github.requests();
    expect(await github.outcome(update)).toBe('done');
    expect(await github.repo('GET', `/issues/${number}`)).toMatchObject({
      title: 'Complete',
      state: 'closed',
    });
    expect((await github.requests()).slice(before.length)).toEqual(['issues/update']);
    expect(await github.outcome({ ...update, state: 'open' })).toBe('done');
    expect(await github.repo('GET', `/issues/${number}`)).toMatchObject({ state: 'open' });
  });
});
