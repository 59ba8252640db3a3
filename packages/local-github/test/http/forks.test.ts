import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { afterAll, beforeAll, expect, test } from '@jest/globals';

import { APP, type Loose, receiveWebhooks, startGithub } from '../support/github.js';

const run = promisify(execFile);

let github: Awaited<ReturnType<typeof startGithub>>;
let receiver: Awaited<ReturnType<typeof receiveWebhooks>>;
let clone: string;
beforeAll(async () => {
  clone = await mkdtemp(join(tmpdir(), 'clone-'));
  receiver = await receiveWebhooks();
  const events = [...APP.events, 'fork', 'check_run', 'check_suite', 'pull_request_review'];
  github = await startGithub({ webhookUrl: receiver.url, app: { ...APP, events } });
});
afterAll(async () => {
  await receiver.close();
  await github.close();
  await rm(clone, { recursive: true });
});

/** git in the clone, as the outsider. */
async function git(...args: string[]): Promise<string> {
  const who = ['-c', 'user.name=Olaf', '-c', 'user.email=olaf@example.org'];
  return (await run('git', [...who, ...args], { cwd: clone })).stdout.trim();
}

async function commit(text: string): Promise<string> {
  await writeFile(join(clone, 'lock.py'), text);
  await git('add', '.');
  await git('commit', '-qm', `Lock ${text}`);
  return git('rev-parse', 'HEAD');
}

/** The webhooks since the last call: `name.action`, with the repository that they are about. */
async function told(): Promise<readonly Loose[]> {
  await github.settle();
  return receiver.received.splice(0).map(({ headers, payload }) => ({
    name: `${String(headers['x-github-event'])}.${payload.action}`,
    payload,
  }));
}
const namesOf = (webhooks: readonly Loose[]) => webhooks.map(({ name }) => name);

test('an outsider forks, pushes, opens a pull request, follows it up, and it is merged', async () => {
  const { ask, repo, info } = github;
  const fork = (method: string, path: string, body?: unknown) =>
    ask('outsider', method, `/repos/olaf/market${path}`, body);

  // The fork: https://docs.github.com/en/rest/repos/forks#create-a-fork
  const made = await repo('outsider', 'POST', '/forks', {});
  expect(made).toMatchObject({
    status: 202,
    body: {
      full_name: 'olaf/market',
      fork: true,
      default_branch: 'main',
      parent: { full_name: 'acme/market' },
      source: { full_name: 'acme/market' },
      permissions: { admin: true },
    },
  });
  expect((await repo('outsider', 'POST', '/forks')).body.id).toBe(made.body.id);
  expect((await repo('nobody', 'GET', '')).body).toMatchObject({ fork: false, forks_count: 1 });
  const forked = await told();
  expect(namesOf(forked)).toEqual(['fork.undefined']);
  expect(forked[0]!.payload).toMatchObject({
    repository: { full_name: 'acme/market' },
    forkee: { full_name: 'olaf/market' },
    sender: { login: 'olaf' },
  });

  // Its owner pushes; everybody else reads.
  const address = info.git.replace('acme/market', 'olaf/market');
  const as = (who: 'outsider' | 'writer') => address.replace('://', `://x:${info.tokens[who]!}@`);
  await git('clone', '-q', as('outsider'), '.');
  await git('checkout', '-qb', 'lock');
  const first = await commit('1');
  await expect(git('push', '-q', as('writer'), 'lock')).rejects.toThrow(/403|denied/);
  await git('push', '-q', 'origin', 'lock');
  expect((await ask('nobody', 'GET', '/repos/olaf/market/git/ref/heads/lock')).body.object.sha).toBe(first);
  expect((await ask('writer', 'GET', '/repos/olaf/market/contents/lock.py?ref=lock')).status).toBe(200);
  expect(await told()).toEqual([]);

  // The comparison, and the pull request: no write on the base is needed.
  const compared = await repo('nobody', 'GET', '/compare/main...olaf:lock');
  expect(compared.body).toMatchObject({ ahead_by: 1, files: [{ filename: 'lock.py' }] });
  const opened = await repo('outsider', 'POST', '/pulls', { title: 'Lock', head: 'olaf:lock', base: 'main' });
  expect(opened).toMatchObject({
    status: 201,
    body: {
      head: { label: 'olaf:lock', sha: first, user: { login: 'olaf' }, repo: { full_name: 'olaf/market' } },
      base: { label: 'acme:main', repo: { full_name: 'acme/market' } },
      maintainer_can_modify: true,
    },
  });
  const { number } = opened.body;
  const heard = await told();
  expect(namesOf(heard)).toEqual(['pull_request.opened', 'check_suite.requested']);
  expect(heard.find(({ name }) => name === 'check_suite.requested')!.payload.check_suite).toMatchObject({
    head_branch: null,
    head_sha: first,
    pull_requests: [],
  });
  expect(heard.find(({ name }) => name === 'pull_request.opened')!.payload.pull_request.head).toMatchObject({
    label: 'olaf:lock',
    repo: { full_name: 'olaf/market', fork: true },
  });
  expect((await run('git', ['ls-remote', info.git, `refs/pull/${number}/head`])).stdout).toContain(first);

  // Checks are made in the base's repository, which has the commits of the fork.
  const check = { name: 'tests', head_sha: first, status: 'completed', conclusion: 'success' };
  expect((await repo('ci', 'POST', '/check-runs', check)).body).toMatchObject({ pull_requests: [] });
  expect((await repo('writer', 'POST', `/statuses/${first}`, { state: 'success' })).status).toBe(201);
  expect((await repo('nobody', 'GET', `/compare/main...${first}`)).body.ahead_by).toBe(1);
  expect((await fork('GET', `/commits/${first}/check-runs`)).body.total_count).toBe(0);
  expect((await repo('nobody', 'GET', '/pulls?head=olaf:lock')).body).toHaveLength(1);
  expect((await repo('nobody', 'GET', '/pulls?head=acme:lock')).body).toEqual([]);
  await told();

  // A push to the fork moves the pull request, and so does a forced one.
  const second = await commit('2');
  await git('push', '-q', 'origin', 'lock');
  expect((await repo('nobody', 'GET', `/pulls/${number}`)).body.head.sha).toBe(second);
  const followed = await told();
  expect(namesOf(followed)).toEqual(['pull_request.synchronize', 'check_suite.requested']);
  expect(followed[0]!.payload).toMatchObject({ before: first, after: second });
  await git('reset', '-q', '--hard', first);
  const third = await commit('3');
  await git('push', '-q', '--force', 'origin', 'lock');
  const query = `query ($n: Int!) { repository(owner: "acme", name: "market") { pullRequest(number: $n) {
    isCrossRepository maintainerCanModify headRefOid headRepositoryOwner { login }
    headRepository { nameWithOwner isFork parent { nameWithOwner } }
    headRef { name target { oid } repository { nameWithOwner } }
    timelineItems(first: 10, itemTypes: [HEAD_REF_FORCE_PUSHED_EVENT]) { nodes {
      ... on HeadRefForcePushedEvent { beforeCommit { oid } afterCommit { oid } ref { repository { nameWithOwner } } } } }
  } } }`;
  expect((await github.graphql('app', query, { n: number })).body.data.repository.pullRequest).toEqual({
    isCrossRepository: true,
    maintainerCanModify: true,
    headRefOid: third,
    headRepositoryOwner: { login: 'olaf' },
    headRepository: {
      nameWithOwner: 'olaf/market',
      isFork: true,
      parent: { nameWithOwner: 'acme/market' },
    },
    headRef: { name: 'lock', target: { oid: third }, repository: { nameWithOwner: 'olaf/market' } },
    timelineItems: {
      nodes: [
        {
          beforeCommit: { oid: second },
          afterCommit: { oid: third },
          ref: { repository: { nameWithOwner: 'olaf/market' } },
        },
      ],
    },
  });
  await told();

  // Not by the outsider, but by somebody with write.
  expect((await repo('outsider', 'PUT', `/pulls/${number}/merge`, {})).status).toBe(403);
  expect((await repo('writer', 'PUT', `/pulls/${number}/merge`, {})).status).toBe(200);
  const main = (await repo('nobody', 'GET', '/commits/main')).body;
  expect(main).toMatchObject({ parents: [{}, { sha: third }] });
  expect(main.commit.message).toBe(`Merge pull request #${number} from olaf/lock\n\nLock`);
  expect((await repo('nobody', 'GET', `/pulls/${number}`)).body).toMatchObject({
    merged: true,
    state: 'closed',
  });
  expect((await fork('GET', '/git/ref/heads/lock')).status).toBe(200);
  expect(namesOf(await told())).toContain('pull_request.closed');
});
