import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { afterAll, beforeAll, expect, test } from '@jest/globals';

import { type Loose, startGithub } from '../support/github.js';

const run = promisify(execFile);

let github: Awaited<ReturnType<typeof startGithub>>;
let clone: string;
beforeAll(async () => {
  clone = await mkdtemp(join(tmpdir(), 'clone-'));
  github = await startGithub({
    seed: `
repository: acme/market
files: { README.md: hello }
labels: [{ name: ready, color: 00ff00 }]
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

/** What the timeline of an issue or pull request says, as `who what`. */
async function story(number: number): Promise<string[]> {
  const { body } = await github.repo('nobody', 'GET', `/issues/${number}/timeline`);
  return body.map(({ event, actor, user }: Loose) => `${(actor ?? user).login} ${event}`);
}

test('an issue goes from its label to its merged pull request with nothing but HTTP and git', async () => {
  const { repo, info } = github;
  // Label: triage puts one that exists, and makes none.
  expect((await repo('triager', 'POST', '/issues/8/labels', { labels: ['raedy'] })).status).toBe(403);
  expect((await repo('triager', 'POST', '/issues/8/labels', { labels: ['ready'] })).status).toBe(200);

  // Branch and push.
  await git('clone', '-q', info.git.replace('://', `://grace:${info.tokens.maintainer!}@`), '.');
  await git('checkout', '-qb', 'feature/issue-8');
  await writeFile(join(clone, 'lock.py'), 'lock = True\n');
  await git('add', '.');
  await git('commit', '-qm', 'Lock');
  await git('push', '-q', 'origin', 'feature/issue-8');
  const sha = await git('rev-parse', 'HEAD');
  expect((await repo('nobody', 'GET', '/git/ref/heads/feature/issue-8')).body.object.sha).toBe(sha);

  // Pull request: a draft, which nobody merges.
  const opened = await repo('writer', 'POST', '/pulls', {
    title: 'Fix: Issue #8',
    body: 'Closes #8',
    head: 'feature/issue-8',
    base: 'main',
    draft: true,
  });
  expect(opened).toMatchObject({ status: 201, body: { draft: true, head: { sha }, base: { ref: 'main' } } });
  const path = `/pulls/${opened.body.number}`;
  expect((await repo('nobody', 'GET', `${path}/files`)).body).toMatchObject([
    { filename: 'lock.py', status: 'added' },
  ]);
  expect(await repo('maintainer', 'PUT', `${path}/merge`, {})).toMatchObject({
    status: 405,
    body: { message: expect.stringMatching(/draft/i) },
  });
  const ready = `mutation ($id: ID!) { markPullRequestReadyForReview(input: { pullRequestId: $id }) { clientMutationId } }`;
  await github.graphql('writer', ready, { id: opened.body.node_id });

  // Review: not by the author.
  expect((await repo('writer', 'POST', `${path}/reviews`, { event: 'APPROVE' })).status).toBe(422);
  expect((await repo('maintainer', 'POST', `${path}/reviews`, { event: 'APPROVE' })).status).toBe(200);

  // The protection refuses the push and the merge until the check has passed, and says which one.
  const refusal = { status: 405, body: { message: expect.stringContaining('"tests"') } };
  const report = { name: 'tests', head_sha: sha, status: 'completed' };
  await expect(git('push', 'origin', 'HEAD:main')).rejects.toThrow(/GH006: Protected branch update failed/);
  expect(await repo('maintainer', 'PUT', `${path}/merge`, { merge_method: 'squash' })).toMatchObject(refusal);
  expect((await repo('ci', 'POST', '/check-runs', { ...report, conclusion: 'failure' })).status).toBe(201);
  expect(await repo('maintainer', 'PUT', `${path}/merge`, { merge_method: 'squash' })).toMatchObject(refusal);
  await expect(git('push', 'origin', 'HEAD:main')).rejects.toThrow(/"tests"/);
  expect((await repo('ci', 'POST', '/check-runs', { ...report, conclusion: 'success' })).status).toBe(201);
  expect(
    (await repo('nobody', 'GET', `/commits/${sha}/check-runs?check_name=tests&filter=latest`)).body,
  ).toMatchObject({ total_count: 1, check_runs: [{ conclusion: 'success' }] });
  expect((await repo('nobody', 'GET', path)).body).toMatchObject({
    state: 'open',
    merged: false,
    merged_at: null,
  });

  // Now it allows the very commit that was tested: an indirect merge by fast-forward.
  await git('push', '-q', 'origin', 'HEAD:main');
  expect((await repo('nobody', 'GET', '/git/ref/heads/main')).body.object.sha).toBe(sha);
  expect((await repo('nobody', 'GET', path)).body).toMatchObject({
    state: 'closed',
    merged: true,
    merged_by: { login: 'grace' },
    merge_commit_sha: sha,
  });
  expect((await repo('nobody', 'GET', '/issues/8')).body).toMatchObject({
    state: 'closed',
    state_reason: 'completed',
    closed_by: { login: 'grace' },
  });
  expect((await repo('maintainer', 'PUT', `${path}/merge`, {})).status).toBe(405);

  // The branch goes; the pull request keeps its head, and everybody's clone learns of both.
  await git('push', '-q', 'origin', '--delete', 'feature/issue-8');
  expect((await repo('nobody', 'GET', '/git/matching-refs/heads/feature')).body).toEqual([]);
  expect((await repo('nobody', 'GET', path)).body).toMatchObject({ merged: true, head: { sha } });
  await git('fetch', '-q', '--prune', 'origin', `+refs/pull/*/head:refs/pull/*`);
  expect(await git('rev-parse', `refs/pull/${opened.body.number}`)).toBe(sha);
  await git('fetch', '-q', '--prune');
  expect(await git('branch', '-r', '--format', '%(refname:short)')).not.toContain('feature');
  expect(await git('rev-parse', 'origin/main')).toBe(sha);

  expect(await story(8)).toEqual(['tove labeled', 'grace closed']);
  expect(await story(opened.body.number)).toEqual([
    'linus ready_for_review',
    'grace reviewed',
    'grace merged',
    'grace closed',
    'grace head_ref_deleted',
  ]);
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
