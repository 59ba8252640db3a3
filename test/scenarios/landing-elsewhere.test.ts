import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { type Loose, type Sandbox, startSandbox } from '../support/sandbox.js';

const SEED = `
repository: acme/market
files: { README.md: market }
config: { base: release }
issues:
  - { number: 1, title: One, author: linus }
`;

describe('on a base that is not the default branch, where GitHub marks nothing as merged by itself', () => {
  let sandbox: Sandbox;
  let head: string;
  let pull: Loose;

  beforeAll(async () => {
    sandbox = await startSandbox({ seed: SEED });
    const main = await sandbox.repo('admin', 'GET', '/git/ref/heads/main');
    await sandbox.repo('admin', 'POST', '/git/refs', { ref: 'refs/heads/release', sha: main.object.sha });
    await sandbox.deploy(1);
    await sandbox.work(1, { 'one.txt': 'one\n' });
    await sandbox.comment('writer', 1, '/ready\n/merge');
    await sandbox.settle();
    await sandbox.advance('PT2M');
    pull = await sandbox.pullOf(1);
    head = pull.head.sha;
  });
  afterAll(() => sandbox.stop());

  test('the commits land and the issue is closed with a word about it', async () => {
    const release = await sandbox.repo('admin', 'GET', '/git/ref/heads/release');
    expect(release.object.sha).toBe(head);
    expect((await sandbox.issue(1)).state).toBe('closed');
    expect(await sandbox.comments(1)).toContainEqual(
      expect.stringContaining(
        `Landed on \`release\` with pull request #${pull.number} as ${head.slice(0, 7)}.`,
      ),
    );
  });

  test('the pull request stays open for ten minutes, and its branch with it', async () => {
    expect((await sandbox.pullOf(1)).state).toBe('open');
    expect(await sandbox.branches()).toContain('feature/issue-1');
  });

  test('then it is closed with a word about it, the branch is deleted, and the deployment is complete', async () => {
    await sandbox.advance('PT11M');
    await sandbox.advance('PT5M');
    expect((await sandbox.pullOf(1)).state).toBe('closed');
    expect(await sandbox.comments(pull.number)).toContainEqual(expect.stringContaining('does not mark'));
    expect(await sandbox.branches()).toEqual(['main', 'release']);
    const tracker = await sandbox.tracker();
    expect([tracker.state, tracker.title]).toEqual(['closed', 'Subagent deployment: 1 issue · ✅ complete']);
  });
});
