import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { createCi, filesOnMain, landed, mainLog, mergeAll, untilQuiet, workOn } from '../support/landing.js';
import { type Loose, type Sandbox, startSandbox } from '../support/sandbox.js';

const ISSUES = [4, 5, 6, 8];

describe('four issues on a base without rules', () => {
  let sandbox: Sandbox;
  let tested: readonly string[];
  let tracker: Loose;

  beforeAll(async () => {
    sandbox = await startSandbox();
    const { id } = await sandbox.issue(6);
    await sandbox.repo('admin', 'POST', '/issues/5/dependencies/blocked_by', { issue_id: id });
    await sandbox.deploy(...ISSUES);
    await workOn(sandbox, ISSUES);
    const ci = createCi(sandbox);
    await mergeAll(sandbox);
    await untilQuiet(sandbox, ci);
    tested = ci.tested;
    tracker = await sandbox.tracker();
  }, 120_000);
  afterAll(() => sandbox.stop());

  test('land in the order of the graph, then of their numbers', async () => {
    expect(await landed(sandbox)).toEqual([4, 6, 5, 8]);
  });

  test('leave on main the very commits that were tested, one upon the other', async () => {
    const shas = (await mainLog(sandbox)).map(({ sha }) => sha);
    const heads = (await sandbox.pulls()).map((pull) => pull.head.sha);
    expect(heads.filter((sha) => !shas.includes(sha) || !tested.includes(sha))).toEqual([]);
    expect(heads).toContain(shas.at(-1));
    const commits: readonly Loose[] = await sandbox.repo('admin', 'GET', '/commits?sha=main&per_page=100');
    expect(commits.filter(({ parents }) => parents.length > 1)).toEqual([]);
  });

  test('cost one test run each, and one more for each that had to be brought up to date', () => {
    expect(tested).toHaveLength(ISSUES.length + (ISSUES.length - 1));
  });

  test('leave no branch, no open issue and no task file', async () => {
    expect(await sandbox.branches()).toEqual(['main']);
    const states = await Promise.all(ISSUES.map(async (issue) => (await sandbox.issue(issue)).state));
    expect(states).toEqual(['closed', 'closed', 'closed', 'closed']);
    const files = await filesOnMain(sandbox);
    expect(files.filter((file) => file.startsWith('.agents/'))).toEqual([]);
    expect(files).toEqual(expect.arrayContaining(ISSUES.map((issue) => `issue-${issue}.py`)));
  });

  test('end with a summary, and with the tracking issue unpinned and closed as complete', async () => {
    expect(tracker).toMatchObject({
      state: 'closed',
      title: 'Subagent deployment: 4 issues · ✅ complete',
      body: expect.stringContaining('4 subagents on `main`: ✅ 4 merged'),
    });
    const comments = await sandbox.comments(tracker.number);
    expect(comments.filter((text) => text.includes('The deployment on'))).toHaveLength(1);
    const { data } = await sandbox.graphql(
      'admin',
      'query($owner: String!, $name: String!) { repository(owner: $owner, name: $name) { pinnedIssues(first: 3) { totalCount } } }',
      { owner: 'acme', name: 'market' },
    );
    expect(data.repository.pinnedIssues.totalCount).toBe(0);
  });
});
