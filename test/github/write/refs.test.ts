import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import { AppError } from '../../../src/app/errors.js';
import { type TestGithub, startGithub } from './support.js';

let github: TestGithub;
beforeEach(async () => void (github = await startGithub()));
afterEach(() => github.close());

const OTHER = 'f'.repeat(40);

describe('moving a branch', () => {
  test('takes it forward, and once it is there again changes nothing', async () => {
    const from = await github.branch('work');
    const to = await github.commit('main', 'a.txt', 'a\n');
    const action = { kind: 'move branch', branch: 'work', from, to } as const;
    expect(await github.outcome(action)).toBe('done');
    expect(await github.head('work')).toBe(to);
    expect(await github.outcome(action)).toBe('done');
  });

  test('is tried again later if somebody pushed meanwhile, and keeps what they pushed', async () => {
    const from = await github.branch('work');
    const to = await github.commit('main', 'a.txt', 'a\n');
    const theirs = await github.commit('work', 'b.txt', 'b\n');
    expect(await github.outcome({ kind: 'move branch', branch: 'work', from, to })).toBe(
      'transient: work moved meanwhile',
    );
    expect(await github.head('work')).toBe(theirs);
  });
});

describe('a fast-forward', () => {
  async function landing() {
    const before = await github.head('main');
    const pull = await github.pull('work');
    const after: string = pull.head.sha;
    return {
      kind: 'fast-forward',
      pull: { id: pull.node_id, number: pull.number },
      branch: 'main',
      before,
      after,
    } as const;
  }

  test('makes the tested commit the head of the base, and GitHub calls the pull request merged', async () => {
    const action = await landing();
    expect(await github.outcome(action)).toBe('done');
    expect(await github.head('main')).toBe(action.after);
    expect(await github.repo('GET', `/pulls/${action.pull.number}`)).toMatchObject({ merged: true });
    expect(await github.outcome(action)).toBe('done');
  });

  test('is not made for a pull request of a stack, and says who can merge that', async () => {
    const action = await landing();
    const stack = { base: { ref: 'main', sha: action.before }, size: 2, position: 1, id: 1, number: 1 };
    const match = { method: 'GET', path: `/repos/acme/market/pulls/${action.pull.number}` };
    const open = { state: 'open', merged: false, draft: false };
    const body = { ...open, head: { sha: action.after }, base: { ref: 'main' }, stack };
    await github.faults({ requests: [{ match, when: 'before', answer: { status: 200, body } }] });
    expect(await github.outcome(action)).toBe(
      `terminal: Pull request #${action.pull.number} is part of a stack, which GitHub merges only as a stack. ` +
        'Somebody with write merges the stack there, or takes the pull request out of it',
    );
    expect(await github.head('main')).toBe(action.before);
  });

  test.each([
    ['was closed', { state: 'closed' }],
    ['goes elsewhere now', { base: 'next' }],
  ])('is not made for a pull request that %s: it is judged again', async (_, change) => {
    const action = await landing();
    await github.branch('next');
    await github.repo('PATCH', `/pulls/${action.pull.number}`, change);
    expect(await github.outcome(action)).toBe(
      `transient: pull request #${action.pull.number} changed meanwhile`,
    );
    expect(await github.head('main')).toBe(action.before);
  });

  test('is not made for one that became a draft, or was pushed to', async () => {
    const action = await landing();
    await github.commit('work', 'late.txt', 'late\n');
    expect(await github.outcome(action)).toMatch(/^transient: .* changed meanwhile$/);
    const draft = await github.pull('sketch', { draft: true });
    const pull = { id: draft.node_id, number: draft.number };
    expect(await github.outcome({ ...action, pull, after: draft.head.sha })).toMatch(/^transient: /);
    expect(await github.head('main')).toBe(action.before);
  });

  test('is tried again later if the base moved', async () => {
    const action = await landing();
    const theirs = await github.commit('main', 'b.txt', 'b\n');
    expect(await github.outcome(action)).toBe('transient: main moved meanwhile');
    expect(await github.head('main')).toBe(theirs);
  });

  test('is never forced: what is not one is refused in the words of GitHub', async () => {
    const action = await landing();
    const theirs = await github.commit('main', 'b.txt', 'b\n');
    expect(await github.outcome({ ...action, before: theirs })).toBe(
      'terminal: Update is not a fast forward',
    );
    expect(await github.head('main')).toBe(theirs);
  });

  test('that a rule of the base refuses is terminal, with the rule', async () => {
    const action = await landing();
    await github.repo('PUT', '/branches/main/protection', {
      required_status_checks: { strict: false, contexts: ['ci'] },
      enforce_admins: true,
      required_pull_request_reviews: null,
      restrictions: null,
    });
    expect(await github.outcome(action)).toMatch(/^terminal: .*"ci"/s);
    expect(await github.head('main')).toBe(action.before);
  });

  test('assumes nothing after a server error, and finds itself done the next time', async () => {
    const action = await landing();
    await github.faults({
      requests: [{ match: { mutation: 'updateRefs' }, when: 'after', answer: { status: 502, body: {} } }],
    });
    expect(await github.outcome(action)).toMatch(/^transient: /);
    expect(await github.head('main')).toBe(action.after);
    expect(await github.outcome(action)).toBe('done');
  });
});

describe('deleting a branch', () => {
  test('deletes it, and one that is gone is fine', async () => {
    const expectedHead = await github.branch('work');
    const action = { kind: 'delete branch', branch: 'work', expectedHead } as const;
    expect(await github.outcome(action)).toBe('done');
    await expect(github.head('work')).rejects.toThrow('404');
    expect(await github.outcome(action)).toBe('done');
  });

  test('keeps a branch that was pushed to since', async () => {
    const expectedHead = await github.branch('work');
    const theirs = await github.commit('work', 'b.txt', 'b\n');
    expect(await github.outcome({ kind: 'delete branch', branch: 'work', expectedHead })).toBe(
      'transient: work moved meanwhile',
    );
    expect(await github.head('work')).toBe(theirs);
  });
});

describe('the task file', () => {
  const task = {
    branch: 'work',
    path: '.agents/task 8.md',
    content: '# Aufgabe\nüber alles ✅\n',
    headline: 'Record the task of issue 8',
    body: 'As approved.\n\nIssue: #8',
  };

  test('is committed on the expected head with its trailers, and removed again in one commit', async () => {
    const expectedHead = await github.branch('work');
    expect(await github.outcome({ kind: 'write task', task, expectedHead })).toBe('done');
    const path = `/contents/${encodeURIComponent(task.path)}?ref=work`;
    const file = await github.repo('GET', path);
    expect(Buffer.from(file.content, 'base64').toString()).toBe(task.content);
    const [commit] = await github.repo('GET', '/commits?sha=work');
    expect(commit.commit.message).toBe(`${task.headline}\n\n${task.body}`);

    const headline = 'Remove the task file of issue 8';
    const removal = { kind: 'remove task file', branch: 'work', path: task.path, headline } as const;
    expect(await github.outcome({ ...removal, expectedHead: commit.sha })).toBe('done');
    await expect(github.repo('GET', path)).rejects.toThrow('404');
    expect((await github.repo('GET', '/commits?sha=work'))[0].commit.message).toBe(headline);
  });

  test('is written later if the branch moved meanwhile', async () => {
    const expectedHead = await github.branch('work');
    const theirs = await github.commit('work', 'b.txt', 'b\n');
    expect(await github.outcome({ kind: 'write task', task, expectedHead })).toMatch(/^transient: /);
    expect(await github.head('work')).toBe(theirs);
  });

  test('cannot be written where there is no such branch', async () => {
    expect(await github.outcome({ kind: 'write task', task, expectedHead: OTHER })).toMatch(/^terminal: /);
  });
});

test.each([
  ['Required status check "build" is in progress.', true],
  [
    'refusing to allow a GitHub App to create or update workflow `a.yml` without `workflows` permission',
    true,
  ],
  ['Changes must be made through a pull request.', undefined],
  ['Changes must be made through a pull request. Required status check "build" is expected.', undefined],
])(
  'a fast-forward refused with “%s” is told of the pull request alone where that is what it is about',
  async (said, ofPull) => {
    const { node_id: id, number, head } = await github.pull('refused');
    const before = await github.head('main');
    await github.refuseField('updateRefs', 'UNPROCESSABLE', said);
    const action = {
      kind: 'fast-forward',
      pull: { id, number },
      branch: 'main',
      before,
      after: head.sha,
    } as const;
    const error: unknown = await github.writer.write(action).catch((thrown: unknown) => thrown);
    if (!(error instanceof AppError)) throw new Error(`no AppError but ${String(error)}`);
    expect([error.kind, error.options.ofPull]).toEqual(['terminal', ofPull]);
  },
);
