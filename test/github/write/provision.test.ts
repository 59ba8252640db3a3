import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import type { Provision } from '../../../src/core/actions/action.js';
import { type TestGithub, digest, startGithub } from './support.js';

let github: TestGithub;
beforeEach(async () => void (github = await startGithub()));
afterEach(() => github.close());

const TITLES = { 4: 'Four', 5: 'Five', 8: 'Eight' } as const;
const BODIES = { 4: 'four', 5: 'five', 8: 'The text of eight' } as const;

async function provision(number: keyof typeof BODIES): Promise<Provision> {
  const branch = `feature/issue-${number}`;
  return {
    kind: 'provision',
    number,
    from: await github.head('main'),
    task: {
      branch,
      path: `.agents/subagent_issue_${number}.md`,
      content: `The task of ${number}\n`,
      headline: `Record the task of issue ${number}`,
      body: `Issue: #${number}`,
    },
    pull: {
      head: branch,
      base: 'main',
      title: `Fix: Issue #${number}`,
      body: `Closes #${number}`,
      draft: true,
    },
    approved: { title: TITLES[number], bodySha256: digest(BODIES[number]) },
  };
}

/** Titles of the open pull requests, drafts marked, and the messages of their commits. */
async function provisioned(): Promise<readonly string[]> {
  const pulls: { number: number; title: string; draft: boolean }[] = await github.repo('GET', '/pulls');
  return Promise.all(
    pulls.map(async ({ number, title, draft }) => {
      const commits: { commit: { message: string } }[] = await github.repo('GET', `/pulls/${number}/commits`);
      const messages = commits.map(({ commit }) => JSON.stringify(commit.message)).join(' ');
      return `${title}${draft ? ' (draft)' : ''}: ${messages}`;
    }),
  );
}

const EIGHT = 'Fix: Issue #8 (draft): "Record the task of issue 8\\n\\nIssue: #8"';

describe('provisioning', () => {
  test('makes branch, task commit and draft in one document, after one look at the issue', async () => {
    expect(await github.outcome(await provision(8))).toBe('done');
    expect(await provisioned()).toEqual([EIGHT]);
    const file = await github.repo('GET', '/contents/.agents/subagent_issue_8.md?ref=feature/issue-8');
    expect(Buffer.from(file.content, 'base64').toString()).toBe('The task of 8\n');
    expect(await github.requests()).toEqual([
      'BeforeProvisioning',
      'RepositoryId',
      'createRef createCommitOnBranch createPullRequest',
    ]);
  });

  test('looks at all issues of a batch in one query, and one that changed holds up no other', async () => {
    await github.repo('PATCH', '/issues/5', { body: 'an edit nobody approved' });
    await github.repo('PATCH', '/issues/4', { state: 'closed' });
    const actions = [await provision(4), await provision(5), await provision(8)];
    const outcomes = await github.writer.batch(actions);
    expect(outcomes.map(({ error }) => error && `${error.kind}: ${error.message}`)).toEqual([
      'transient: the issue changed meanwhile',
      'transient: the issue changed meanwhile',
      null,
    ]);
    expect(outcomes.map(({ action }) => action)).toEqual(actions);
    expect(await provisioned()).toEqual([EIGHT]);
    expect((await github.requests()).filter((one) => one === 'BeforeProvisioning')).toHaveLength(1);
  });

  test('writes nothing while the issues cannot be read', async () => {
    await github.faults({
      requests: [
        { match: { operation: 'BeforeProvisioning' }, when: 'before', answer: { status: 502, body: {} } },
      ],
    });
    expect(await github.outcome(await provision(8))).toMatch(/^transient: /);
    expect(await provisioned()).toEqual([]);
  });

  test('leaves a branch to the run that made it first', async () => {
    const action = await provision(8);
    await github.branch('feature/issue-8', 'theirs.txt');
    const before = await github.head('feature/issue-8');
    expect(await github.outcome(action)).toBe('transient: Reference already exists');
    expect(await github.head('feature/issue-8')).toBe(before);
  });

  test('goes on where another run stopped between two steps of the same work', async () => {
    const action = await provision(8);
    await github.branch('feature/issue-8');
    expect(await github.outcome(action)).toBe('transient: Reference already exists');
    expect(await provisioned()).toEqual([EIGHT]);
  });

  test('is refused whole and then done by REST, step by step', async () => {
    await github.faults({
      requests: [
        {
          match: { mutation: 'createRef' },
          when: 'before',
          answer: { status: 403, body: { message: 'Resource not accessible by integration' } },
        },
      ],
    });
    expect(await github.outcome(await provision(8))).toBe('done');
    expect(await provisioned()).toEqual([EIGHT]);
    expect((await github.requests()).slice(3)).toEqual([
      'git/create-ref',
      'repos/get-content',
      'repos/create-or-update-file-contents',
      'pulls/create',
    ]);
  });

  test('by REST replaces the task file that an earlier deployment left on the base', async () => {
    await github.commit('main', '.agents/subagent_issue_8.md', 'the earlier task\n');
    await github.refuseField('createRef', 'FORBIDDEN', 'Resource not accessible by integration');
    const action = await provision(8);
    // The other two fields are refused with it, for want of an answer, and follow it.
    expect(await github.outcome(action)).toBe('done');
    expect(await provisioned()).toEqual([EIGHT]);
  });

  test('by REST leaves a branch to the run that made it first', async () => {
    const action = await provision(8);
    await github.branch('feature/issue-8', 'theirs.txt');
    await github.refuseField('createRef', 'FORBIDDEN', 'Resource not accessible by integration');
    expect(await github.outcome(action)).toMatch(/^transient: .*already exists/);
    expect(await provisioned()).toEqual([]);
  });

  test('opens an ordinary pull request where there are no drafts', async () => {
    const { state } = github.github.world.store;
    const id = Object.values(state.repositories)[0]!.id;
    github.github.world.store.seed(({ state: draft }) => void (draft.repositories[id]!.drafts = false));
    expect(await github.outcome(await provision(8))).toBe('done');
    expect(await provisioned()).toEqual([EIGHT.replace(' (draft)', '')]);
  });

  test('assumes nothing after a server error: the next run finds the branch', async () => {
    const action = await provision(8);
    await github.faults({
      requests: [{ match: { mutation: 'createRef' }, when: 'after', answer: { status: 502, body: {} } }],
    });
    expect(await github.outcome(action)).toMatch(/^transient: /);
    expect(await provisioned()).toEqual([EIGHT]);
    expect(await github.outcome(action)).toBe('transient: Reference already exists');
    expect(await provisioned()).toEqual([EIGHT]);
  });
});
