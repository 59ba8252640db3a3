import { writeFile } from 'node:fs/promises';

import { afterAll, beforeAll, expect, test } from '@jest/globals';

import {
  type Workplace,
  buildIfMissing,
  createWorkplace,
  startCommand,
  startSandboxCommand,
} from '../cli/support.js';
import { rulesOf } from '../support/landing-worlds.js';
import type { Loose } from '../support/sandbox.js';
import { MARKET } from '../support/seeds.js';

const ONCE = ['reconcile', '--repo', 'acme/market', '--once'];

/** A base that takes no head without the gate, CI and an approval. */
const RULES = JSON.stringify(rulesOf({ method: 'fast-forward' }).rulesets);

const SEED = `${MARKET}rulesets: ${RULES}
config: { task-file: { keep: true }, merge: { method: fast-forward, checks: [test] } }
issues:
  - { number: 5, title: Second, author: ada }
  - { number: 6, title: Asked about, author: ada }
  - { number: 8, title: First, author: ada, body: "### Shares\\n\\nmarket_scanner.py" }
`;

let place: Workplace;
let github: Awaited<ReturnType<typeof startSandboxCommand>>;

beforeAll(async () => {
  await buildIfMissing();
  place = await createWorkplace();
  await writeFile(place.file('seed.yml'), SEED);
  github = await startSandboxCommand(place, '--no-app', '--seed', place.file('seed.yml'));
}, 120_000);

afterAll(() => place.remove());

const done = async (who: string, method: string, path: string, body?: unknown): Promise<Loose> =>
  (await github.repo(who, method, path, body)).body;

/** So many processes do one reconcile each, at the same time: how they ended. */
async function reconcile(count: number): Promise<readonly (number | null)[]> {
  const started = Array.from({ length: count }, () => startCommand(place, ONCE, github.credentials));
  return (await Promise.all(started.map(({ ended }) => ended))).map(({ code }) => code);
}

async function pullOf(issue: number): Promise<Loose> {
  const pulls: Loose[] = await done('admin', 'GET', '/pulls?state=all');
  return pulls.find(({ head }) => head.ref === `feature/issue-${issue}`);
}

async function mainLog(): Promise<Loose[]> {
  return (await done('admin', 'GET', '/commits?sha=main')).toReversed();
}

/** What happened to an issue or pull request, with the times of each. */
async function happened(number: number): Promise<Record<string, number>> {
  const timeline: Loose[] = await done('admin', 'GET', `/issues/${number}/timeline?per_page=100`);
  const events = ['commented', 'labeled', 'merged', 'closed', 'reopened'];
  return Object.fromEntries(
    events.map((name) => [name, timeline.filter(({ event }) => event === name).length]),
  );
}

/** The work is done, reviewed as far as that is asked, and green; nobody has asked for it to land. */
async function makeReady(issue: number): Promise<Loose> {
  const { node_id: id, head, number } = await pullOf(issue);
  const content = Buffer.from('done = True\n').toString('base64');
  const file = { message: `Work on issue ${issue}`, branch: head.ref, content };
  await done('writer', 'PUT', `/contents/issue-${issue}.py`, file);
  const query =
    'mutation ($id: ID!) { markPullRequestReadyForReview(input: { pullRequestId: $id }) { clientMutationId } }';
  await github.ask('writer', 'POST', '/graphql', { query, variables: { id } });
  const pull = await done('admin', 'GET', `/pulls/${number}`);
  const check = { name: 'test', head_sha: pull.head.sha, status: 'completed', conclusion: 'success' };
  await done('ci', 'POST', '/check-runs', check);
  await done('maintainer', 'POST', `/pulls/${number}/reviews`, { event: 'APPROVE' });
  return pull;
}

test('two processes at once make no difference twice that people see', async () => {
  const deploy = await done('writer', 'POST', '/issues/8/comments', { body: '/subagent deploy' });
  const question = await done('writer', 'POST', '/issues/6/comments', { body: '/subagent status' });
  await done('writer', 'POST', '/issues/5/labels', { labels: ['deploy-subagent'] });
  await reconcile(2);
  expect(await reconcile(1)).toEqual([0]);

  for (const { id } of [deploy, question]) {
    const reactions: Loose[] = await done('admin', 'GET', `/issues/comments/${id}/reactions`);
    expect(reactions.map(({ content, user }) => `${user.login}: ${content}`)).toHaveLength(1);
  }
  const comments: Loose[] = await done('admin', 'GET', '/issues/6/comments');
  expect(comments.map(({ user }) => user.login)).toEqual(['linus', 'yardmaster[bot]']);
  const timeline: Loose[] = await done('admin', 'GET', '/issues/8/timeline');
  const labels = timeline.filter(({ event }) => event === 'labeled').map(({ label }) => label.name);
  expect(new Set(labels)).toEqual(new Set(['deploy-subagent', 'shares:market_scanner.py']));
  expect(labels).toHaveLength(2);
  const pulls: Loose[] = await done('admin', 'GET', '/pulls?state=all');
  expect(pulls.map(({ head }): string => head.ref).toSorted()).toEqual([
    'feature/issue-5',
    'feature/issue-8',
  ]);
  const trackers: Loose[] = await done('admin', 'GET', '/issues?labels=subagent:tracking');
  expect(trackers).toHaveLength(1);
}, 120_000);

/** So many processes at once are asked to land the pull request of an issue. */
async function landAtOnce(count: number, issue: number) {
  const { id } = await done('writer', 'POST', `/issues/${issue}/comments`, { body: '/subagent merge' });
  const before = await mainLog();
  // Whoever comes too late has not failed.
  expect(await reconcile(count)).toEqual(Array.from({ length: count }, () => 0));
  const pull = await pullOf(issue);
  expect(await happened(pull.number)).toEqual({
    commented: 0,
    labeled: 0,
    merged: 1,
    closed: 1,
    reopened: 0,
  });
  const shared = issue === 8 ? 1 : 0;
  expect(await happened(issue)).toEqual({
    commented: issue === 8 ? 2 : 1,
    // To deploy, to land, and what it shares.
    labeled: 2 + shared,
    merged: 0,
    closed: 1,
    reopened: 0,
  });
  const reactions: Loose[] = await done('admin', 'GET', `/issues/comments/${id}/reactions`);
  expect(reactions.map(({ content, user }) => `${user.login}: ${content}`)).toEqual(['yardmaster[bot]: +1']);
  return { pull, added: (await mainLog()).slice(before.length) };
}

test('ten processes at once make one landing by fast-forward on a protected base', async () => {
  const { head } = await makeReady(8);
  const { added } = await landAtOnce(10, 8);
  expect(added.map(({ commit }) => commit.message.split('\n', 1)[0])).toEqual([
    'Record the task of issue 8',
    'Work on issue 8',
  ]);
  expect(added.at(-1).sha).toBe(head.sha);
}, 120_000);

test('ten processes at once make one landing by squash there, and one end of the deployment', async () => {
  const path = '/contents/.github/subagents.yml';
  const { sha } = await done('admin', 'GET', path);
  const config = 'task-file: { keep: true }\nmerge: { method: squash, checks: [test] }\n';
  const content = Buffer.from(config).toString('base64');
  await done('admin', 'PUT', path, { message: 'Squash', branch: 'main', sha, content });
  await makeReady(5);
  const { pull, added } = await landAtOnce(10, 5);
  expect(added.map(({ sha: landed }) => landed)).toEqual([pull.merge_commit_sha]);

  expect(await reconcile(1)).toEqual([0]);
  // Of two that two processes made the older one stays.
  const trackers: Loose[] = await done('admin', 'GET', '/issues?labels=subagent:tracking&state=all');
  const tracker = trackers.toSorted((a, b) => a.number - b.number)[0];
  expect(tracker.title).toBe('Subagent deployment: 2 issues · ✅ complete');
  const comments: Loose[] = await done('admin', 'GET', `/issues/${tracker.number}/comments`);
  expect(comments.filter(({ body }) => body.includes('The deployment on'))).toHaveLength(1);
  const branches: Loose[] = await done('admin', 'GET', '/branches');
  expect(branches.map(({ name }) => name)).toEqual(['main']);
}, 120_000);
