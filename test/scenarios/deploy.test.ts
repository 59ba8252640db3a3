import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import { type Sandbox, startSandbox } from '../support/sandbox.js';

let sandbox: Sandbox;

beforeEach(async () => {
  sandbox = await startSandbox();
});
afterEach(() => sandbox.stop());

describe('labelling issues', () => {
  test('gives each a branch, a task file and a draft pull request, and one pinned tracking issue shows them', async () => {
    await sandbox.deploy(8, 6, 5, 4);
    const pulls = await sandbox.pulls();
    expect(
      pulls
        .map((pull) => `${pull.head.ref} ${pull.draft} ${pull.assignees[0].login}`)
        .sort((a, b) => a.localeCompare(b)),
    ).toEqual([
      'feature/issue-4 true ada',
      'feature/issue-5 true ada',
      'feature/issue-6 true ada',
      'feature/issue-8 true ada',
    ]);
    for (const number of [8, 6, 5, 4]) {
      const path = `/contents/.agents/subagent_issue_${number}.md?ref=feature/issue-${number}`;
      const task = await sandbox.repo('nobody', 'GET', path);
      expect(Buffer.from(task.content, 'base64').toString()).toContain('Approved by `ada`');
      expect((await sandbox.gateOf(number)).output.title).toBe('Free to merge: nothing to wait for');
    }
    const trackers = await sandbox.trackers();
    expect(trackers.map((tracker) => tracker.title)).toEqual([
      'Subagent deployment: 4 issues · 🟡 ready for execution',
    ]);
  });

  test.each([[[8]], [[8, 4]], [[8, 6, 5, 4]]])('%j costs at most 3n + 10 requests', async (numbers) => {
    await sandbox.forgetRequests();
    await sandbox.deploy(...numbers);
    const asked = await sandbox.asked();
    process.stdout.write(`Deploying ${numbers.length} together cost ${asked.length} requests\n`);
    expect(asked.length).toBeLessThanOrEqual(3 * numbers.length + 10);
  });

  test('once it is done, a sweep costs one query, one unchanged answer and no write', async () => {
    await sandbox.deploy(8, 6, 5, 4);
    await sandbox.advance('PT1M');
    await sandbox.forgetRequests();
    await sandbox.advance('PT5M');
    const asked = await sandbox.requests();
    expect(asked.map(({ kind, operation, status }) => [kind, operation, status])).toEqual([
      ['read', 'Core', 200],
      ['read', 'issues/list-comments-for-repo', 304],
    ]);
  });
});
