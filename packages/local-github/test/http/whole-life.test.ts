import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { afterAll, beforeAll, expect, test } from '@jest/globals';

import { startGithub } from '../support/github.js';

const run = promisify(execFile);

let github: Awaited<ReturnType<typeof startGithub>>;
let clone: string;
beforeAll(async () => {
  clone = await mkdtemp(join(tmpdir(), 'clone-'));
  github = await startGithub({
    seed: `
repository: acme/market
files: { README.md: hello }
issues: [{ number: 8, title: Eight }]
protection: { main: { required_checks: [{ context: tests, app: ci }] } }
`,
  });
});
afterAll(async () => {
  await github.close();
  await rm(clone, { recursive: true });
});

/** git in the clone, as the maintainer: this protection holds everybody but administrators. */
async function git(...args: string[]): Promise<string> {
  const who = ['-c', 'user.name=Grace', '-c', 'user.email=grace@example.org'];
  return (await run('git', [...who, ...args], { cwd: clone })).stdout.trim();
}

test('an issue goes from its label to its merged pull request with nothing but HTTP and git', async () => {
  const { repo, info } = github;
  expect((await repo('writer', 'POST', '/issues/8/labels', { labels: ['ready'] })).status).toBe(200);

  await git('clone', '-q', info.git.replace('://', `://grace:${info.tokens.maintainer!}@`), '.');
  await git('checkout', '-qb', 'feature/issue-8');
  await writeFile(join(clone, 'lock.py'), 'lock = True\n');
  await git('add', '.');
  await git('commit', '-qm', 'Lock');
  await git('push', '-q', 'origin', 'feature/issue-8');
  const sha = await git('rev-parse', 'HEAD');

  const opened = await repo('writer', 'POST', '/pulls', {
    title: 'Fix: Issue #8',
    body: 'Closes #8',
    head: 'feature/issue-8',
    base: 'main',
  });
  expect(opened.status).toBe(201);
  const path = `/pulls/${opened.body.number}`;
  expect((await repo('nobody', 'GET', `${path}/files`)).body).toMatchObject([
    { filename: 'lock.py', status: 'added' },
  ]);

  await expect(git('push', 'origin', 'HEAD:main')).rejects.toThrow(/GH006: Protected branch update failed/);
  const early = await repo('maintainer', 'PUT', `${path}/merge`, { merge_method: 'squash' });
  expect(early.status).toBe(405);
  expect(early.body.message).not.toBe('');

  expect((await repo('maintainer', 'POST', `${path}/reviews`, { event: 'APPROVE' })).status).toBe(200);
  const check = { name: 'tests', head_sha: sha, status: 'completed', conclusion: 'success' };
  expect((await repo('ci', 'POST', '/check-runs', check)).status).toBe(201);
  expect(
    (await repo('nobody', 'GET', `/commits/${sha}/check-runs?check_name=tests&filter=latest`)).body,
  ).toMatchObject({
    total_count: 1,
    check_runs: [{ conclusion: 'success' }],
  });

  // Everything that the protection asks for is there: the very commit that was tested may land.
  await git('push', '-q', 'origin', 'HEAD:main');
  const merged = await repo('nobody', 'GET', path);
  expect(merged.body).toMatchObject({ state: 'closed', merged: true, merge_commit_sha: sha });
  expect((await repo('nobody', 'GET', '/git/ref/heads/main')).body.object.sha).toBe(sha);
  expect((await repo('nobody', 'GET', '/issues/8')).body).toMatchObject({
    state: 'closed',
    state_reason: 'completed',
  });

  expect((await repo('writer', 'DELETE', '/git/refs/heads/feature/issue-8')).status).toBe(204);
  expect((await repo('nobody', 'GET', '/git/matching-refs/heads/feature')).body).toEqual([]);
});

test('where a review is required too, the merge waits for it, and pushing past the pull request is refused', async () => {
  const { repo } = github;
  const rules = {
    required_status_checks: { strict: false, checks: [{ context: 'tests' }] },
    enforce_admins: false,
    required_pull_request_reviews: { required_approving_review_count: 1 },
    restrictions: null,
  };
  const neither = { ...rules, required_status_checks: { strict: false } };
  expect((await repo('admin', 'PUT', '/branches/main/protection', neither)).status).toBe(422);
  expect((await repo('admin', 'PUT', '/branches/main/protection', rules)).status).toBe(200);
  await git('checkout', '-qb', 'feature/issue-9');
  await writeFile(join(clone, 'pool.py'), 'pool = []\n');
  await git('add', '.');
  await git('commit', '-qm', 'Pool');
  await git('push', '-q', 'origin', 'feature/issue-9');
  const sha = await git('rev-parse', 'HEAD');
  const opened = await repo('writer', 'POST', '/pulls', {
    title: 'Pool',
    head: 'feature/issue-9',
    base: 'main',
  });
  const path = `/pulls/${opened.body.number}`;
  const check = { name: 'tests', head_sha: sha, conclusion: 'success' };
  expect((await repo('ci', 'POST', '/check-runs', check)).status).toBe(201);
  expect((await repo('maintainer', 'PUT', `${path}/merge`, {})).status).toBe(405);
  expect((await repo('maintainer', 'POST', `${path}/reviews`, { event: 'APPROVE' })).status).toBe(200);
  await expect(git('push', 'origin', 'HEAD:main')).rejects.toThrow(/GH006/);
  const merged = await repo('maintainer', 'PUT', `${path}/merge`, { merge_method: 'squash', sha });
  expect(merged.status).toBe(200);
  expect((await repo('nobody', 'GET', '/git/ref/heads/main')).body.object.sha).toBe(merged.body.sha);
});
