import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import type { NewPull } from '../../../src/core/actions/action.js';
import { marker } from '../../../src/core/names/markers.js';
import { type TestGithub, startGithub } from './support.js';

let github: TestGithub;
beforeEach(async () => void (github = await startGithub()));
afterEach(() => github.close());

const refOf = ({ node_id, number }: { node_id: string; number: number }) => ({ id: node_id, number });
const pullOf = (number: number) => github.repo('GET', `/pulls/${number}`);

const OTHER = 'f'.repeat(40);

describe('opening a pull request', () => {
  const pull: NewPull = { head: 'work', base: 'main', title: 'Work', body: 'Closes #8', draft: true };

  test('opens a draft; one that is open already was made by another run', async () => {
    await github.branch('work', 'a.txt');
    expect(await github.outcome({ kind: 'open pull', pull })).toBe('done');
    expect(await github.repo('GET', '/pulls')).toMatchObject([
      { title: 'Work', body: 'Closes #8', draft: true, head: { ref: 'work' }, base: { ref: 'main' } },
    ]);
    expect(await github.outcome({ kind: 'open pull', pull })).toMatch(/^transient: .*already exists/);
    expect(await github.repo('GET', '/pulls')).toHaveLength(1);
  });

  test('opens an ordinary one where there are no drafts', async () => {
    const { store } = github.github.world;
    const { id } = Object.values(store.state.repositories)[0]!;
    store.seed(({ state }) => void (state.repositories[id]!.drafts = false));
    await github.branch('work', 'a.txt');
    expect(await github.outcome({ kind: 'open pull', pull })).toBe('done');
    expect(await github.repo('GET', '/pulls')).toMatchObject([{ title: 'Work', draft: false }]);
  });

  test('says why GitHub does not want it', async () => {
    await github.branch('work');
    expect(await github.outcome({ kind: 'open pull', pull })).toMatch(
      /^terminal: .*No commits between main and work/,
    );
  });
});

describe('a pull request', () => {
  test('is made ready for review, once', async () => {
    const pull = await github.pull('work', { draft: true });
    const action = { kind: 'mark ready', pull: refOf(pull) } as const;
    expect(await github.outcome(action)).toBe('done');
    expect(await pullOf(pull.number)).toMatchObject({ draft: false });
    expect(await github.outcome(action)).toBe('done');
    await github.repo('PATCH', `/pulls/${pull.number}`, { state: 'closed' });
    expect(await github.outcome(action)).toMatch(/^terminal: The pull request is closed/);
  });

  test('is closed with one comment that says why', async () => {
    const pull = await github.pull('work');
    const action = { kind: 'close pull', pull: refOf(pull), comment: 'Cancelled.', cause: 'c-8' } as const;
    expect(await github.outcome(action)).toBe('done');
    expect(await github.outcome(action)).toBe('done');
    expect(await pullOf(pull.number)).toMatchObject({ state: 'closed', merged: false });
    const comments = await github.repo('GET', `/issues/${pull.number}/comments`);
    expect(comments.map(({ body }: { body: string }) => body)).toEqual([
      `Cancelled.\n\n${marker('said', { cause: 'c-8' })}`,
    ]);
  });

  test('gets another base; one that does not exist is refused', async () => {
    const pull = await github.pull('work');
    await github.branch('next');
    const action = { kind: 'retarget', pull: refOf(pull), base: 'next' } as const;
    expect(await github.outcome(action)).toBe('done');
    expect(await pullOf(pull.number)).toMatchObject({ base: { ref: 'next' } });
    expect(await github.outcome(action)).toBe('done');
    expect(await github.outcome({ ...action, base: 'nowhere' })).toMatch(/^terminal: /);
  });
});

describe('updating a branch', () => {
  async function behind(method: 'rebase' | 'merge', theirs = 'b.txt') {
    const pull = await github.pull('work', { path: 'a.txt' });
    await github.commit('main', theirs, 'theirs\n');
    const expectedHead: string = pull.head.sha;
    const planned = { base: 'main', draft: false, expectedHead };
    return { kind: 'update branch', pull: refOf(pull), ...planned, method } as const;
  }
  const behindBy = async () => (await github.repo('GET', '/compare/main...work')).behind_by;
  const parents = async () => (await github.repo('GET', '/commits/work')).parents.length;

  test.each([
    ['rebase', 1],
    ['merge', 2],
  ] as const)('by %s contains the base afterwards, and is done then', async (method, count) => {
    const action = await behind(method);
    expect(await github.outcome(action)).toBe('done');
    expect(await behindBy()).toBe(0);
    expect(await parents()).toBe(count);
    expect(await github.outcome({ ...action, expectedHead: await github.head('work') })).toBe('done');
  });

  test('with a conflict is terminal, in the words of GitHub', async () => {
    const action = await behind('rebase', 'a.txt');
    expect(await github.outcome(action)).toBe('terminal: merge conflict between base and head');
    expect(await github.head('work')).toBe(action.expectedHead);
  });

  test('whose head moved is tried again later', async () => {
    const action = await behind('rebase');
    const theirs = await github.commit('work', 'c.txt', 'c\n');
    expect(await github.outcome(action)).toBe(
      `transient: pull request #${action.pull.number} changed meanwhile`,
    );
    expect(await github.head('work')).toBe(theirs);
  });

  test('whose head moves at the last moment is tried again later, too', async () => {
    const action = await behind('rebase');
    const sentence = "expected head sha didn't match current head ref.";
    await github.refuseField('updatePullRequestBranch', 'UNPROCESSABLE', sentence);
    expect(await github.outcome(action)).toBe(`transient: ${sentence}`);
  });

  test('that became a draft, or goes elsewhere now, is judged again', async () => {
    const action = await behind('rebase');
    const { number } = action.pull;
    await github.branch('next');
    await github.repo('PATCH', `/pulls/${number}`, { base: 'next' });
    expect(await github.outcome(action)).toBe(`transient: pull request #${number} changed meanwhile`);
    await github.repo('PATCH', `/pulls/${number}`, { base: 'main' });
    expect(await github.outcome({ ...action, draft: true })).toMatch(/^transient: /);
    expect(await github.head('work')).toBe(action.expectedHead);
  });

  test('that GitHub has not prepared yet is tried again later', async () => {
    const action = await behind('rebase');
    await github.refuseField('updatePullRequestBranch', 'UNPROCESSABLE', 'rebase not prepared');
    expect(await github.outcome(action)).toBe('transient: rebase not prepared');
    expect(await github.outcome(action)).toBe('done');
  });

  test('that the app may not do is terminal', async () => {
    const action = await behind('rebase');
    const sentence = 'Resource not accessible by integration';
    await github.refuseField('updatePullRequestBranch', 'FORBIDDEN', sentence);
    expect(await github.outcome(action)).toBe(`terminal: ${sentence}`);
  });
});

describe('merging', () => {
  async function ready() {
    const pull = await github.pull('work');
    const head: string = pull.head.sha;
    const title = 'Fix: Eight (#9)';
    return { kind: 'merge', pull: refOf(pull), head, base: 'main', method: 'squash', title } as const;
  }
  const newest = async () => (await github.repo('GET', '/commits?sha=main'))[0].commit.message.split('\n')[0];

  test('merges once, with the title', async () => {
    const action = await ready();
    expect(await github.outcome(action)).toBe('done');
    expect(await pullOf(action.pull.number)).toMatchObject({ merged: true });
    expect(await newest()).toBe('Fix: Eight (#9)');
    const main = await github.head('main');
    expect(await github.outcome(action)).toBe('done');
    expect(await github.head('main')).toBe(main);
  });

  test('by rebase keeps the titles of the commits', async () => {
    const action = await ready();
    expect(await github.outcome({ ...action, method: 'rebase' })).toBe('done');
    expect(await newest()).toBe('Add work.txt');
  });

  test('of another head than the one that was judged does not happen', async () => {
    const action = await ready();
    const changed = `transient: pull request #${action.pull.number} changed meanwhile`;
    expect(await github.outcome({ ...action, head: OTHER })).toBe(changed);
    await github.branch('next');
    await github.repo('PATCH', `/pulls/${action.pull.number}`, { base: 'next' });
    expect(await github.outcome(action)).toBe(changed);
    expect(await pullOf(action.pull.number)).toMatchObject({ merged: false });
  });

  test('of a head that moves between the last look and the merge does not happen', async () => {
    const action = await ready();
    const body = { state: 'open', merged: false, draft: false, head: { sha: OTHER }, base: { ref: 'main' } };
    const match = { method: 'GET', path: `/repos/acme/market/pulls/${action.pull.number}` };
    await github.faults({ requests: [{ match, when: 'before', answer: { status: 200, body } }] });
    expect(await github.outcome({ ...action, head: OTHER })).toMatch(/^transient: Head branch was modified/);
    expect(await pullOf(action.pull.number)).toMatchObject({ merged: false });
  });

  test('that a rule refuses is terminal, in the words of GitHub', async () => {
    const action = await ready();
    await github.repo('PUT', '/branches/main/protection', {
      required_status_checks: { strict: false, contexts: ['merge-order'] },
      enforce_admins: true,
      required_pull_request_reviews: null,
      restrictions: null,
    });
    expect(await github.outcome(action)).toMatch(/^terminal: .*"merge-order"/s);
    expect(await pullOf(action.pull.number)).toMatchObject({ merged: false });
  });

  test('into a base that moved in that moment is tried again later', async () => {
    const action = await ready();
    const message = 'Base branch was modified. Review and try the merge again.';
    await github.faults({
      requests: [
        { match: { operation: 'pulls/merge' }, when: 'before', answer: { status: 405, body: { message } } },
      ],
    });
    expect(await github.outcome(action)).toBe(`transient: ${message}`);
  });

  test('that met a server error after its effect is found done the next time', async () => {
    const action = await ready();
    await github.faults({
      requests: [{ match: { operation: 'pulls/merge' }, when: 'after', answer: { status: 502, body: {} } }],
    });
    expect(await github.outcome(action)).toMatch(/^transient: /);
    const main = await github.head('main');
    expect(await github.outcome(action)).toBe('done');
    expect(await github.head('main')).toBe(main);
  });
});
