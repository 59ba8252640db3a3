import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';

import { APP, type Loose, type Who, receiveWebhooks, startGithub } from '../support/github.js';

/** The life of two pull requests in a merge queue as people, CI and an App see it. Payloads are checked as they are made. */
let github: Awaited<ReturnType<typeof startGithub>>;
let receiver: Awaited<ReturnType<typeof receiveWebhooks>>;
const PERMISSIONS = { ...APP.permissions, merge_queues: 'read' } as const;
const EVENTS = [...APP.events, 'merge_group'];

const seed = `
repository: acme/market
files: { README.md: hello }
issues: [{ number: 8, title: Eight }]
protection:
  main: { required_checks: [{ context: tests, app: ci }, { context: merge-order, app: yardmaster }] }
merge_queue: { method: SQUASH, timeout: 30 }
`;

beforeAll(async () => {
  receiver = await receiveWebhooks();
  github = await startGithub({
    seed,
    webhookUrl: receiver.url,
    app: { ...APP, permissions: PERMISSIONS, events: EVENTS },
  });
});
afterAll(async () => {
  await receiver.close();
  await github.close();
});
beforeEach(async () => {
  await github.settle();
  receiver.received.length = 0;
});

/** A branch with one file and its pull request; both required checks have passed on its head. */
async function pullRequest(name: string, body = ''): Promise<Loose> {
  const { sha } = (await github.repo('nobody', 'GET', '/git/ref/heads/main')).body.object;
  await github.repo('writer', 'POST', '/git/refs', { ref: `refs/heads/${name}`, sha });
  const content = Buffer.from(name).toString('base64');
  const file = { message: `Add ${name}`, content, branch: name };
  await github.repo('writer', 'PUT', `/contents/${name}.txt`, file);
  const made = await github.repo('writer', 'POST', '/pulls', { title: name, head: name, base: 'main', body });
  await check('ci', 'tests', made.body.head.sha);
  await check('app', 'merge-order', made.body.head.sha);
  return made.body;
}
async function check(who: 'ci' | 'app', name: string, sha: string, conclusion = 'success') {
  const made = await github.repo(who, 'POST', '/check-runs', { name, head_sha: sha, conclusion });
  expect(made.status).toBe(201);
}
const enqueue = (who: Who, pull: Loose) =>
  github.graphql(
    who,
    `mutation ($id: ID!, $head: GitObjectID) {
      enqueuePullRequest(input: { pullRequestId: $id, expectedHeadOid: $head }) { mergeQueueEntry { position state } }
    }`,
    { id: pull.node_id, head: pull.head.sha },
  );
const dequeue = (who: Who, pull: Loose) =>
  github.graphql(
    who,
    `mutation ($id: ID!) { dequeuePullRequest(input: { id: $id }) { mergeQueueEntry { pullRequest { number } } } }`,
    { id: pull.node_id },
  );
/** The queue as the app reads it. */
async function queue(): Promise<Loose[]> {
  await github.settle();
  const { body } = await github.graphql(
    'app',
    `{ repository(owner: "acme", name: "market") { mergeQueue { entries(first: 10) { nodes {
      position state solo jump enqueuedAt enqueuer { login } headCommit { oid } baseCommit { oid } pullRequest { number }
    } } } } }`,
  );
  expect(body.errors).toBeUndefined();
  return body.data.repository.mergeQueue.entries.nodes;
}
const groups = () =>
  receiver.received
    .filter(({ headers }) => headers['x-github-event'] === 'merge_group')
    .map(({ payload }) => payload);
const main = async () => (await github.repo('nobody', 'GET', '/git/ref/heads/main')).body.object.sha;

test('two that are queued merge in order when CI and the app have passed both groups', async () => {
  const [one, two] = [await pullRequest('one', 'Closes #8'), await pullRequest('two')];
  const base = await main();
  await github.settle();
  receiver.received.length = 0;
  expect((await github.repo('maintainer', 'PUT', `/pulls/${one.number}/merge`, {})).body.message).toBe(
    'Changes must be made through the merge queue',
  );
  expect((await enqueue('writer', one)).body.data.enqueuePullRequest.mergeQueueEntry).toEqual({
    position: 1,
    state: 'QUEUED',
  });
  await enqueue('maintainer', two);
  const entries = await queue();
  expect(entries).toMatchObject([
    {
      position: 1,
      state: 'AWAITING_CHECKS',
      solo: false,
      jump: false,
      enqueuer: { login: 'linus' },
      baseCommit: { oid: base },
      pullRequest: { number: one.number },
    },
    { position: 2, enqueuer: { login: 'grace' }, pullRequest: { number: two.number } },
  ]);
  const heads = entries.map(({ headCommit }) => headCommit.oid);
  expect(entries[1].baseCommit.oid).toBe(heads[0]);
  expect(groups()).toMatchObject([
    {
      action: 'checks_requested',
      merge_group: {
        head_sha: heads[0],
        head_ref: `refs/heads/gh-readonly-queue/main/pr-${one.number}-${base}`,
        base_sha: base,
        base_ref: 'refs/heads/main',
        head_commit: { id: heads[0], message: 'Add one (#9)' },
      },
      installation: { id: 2001 },
      sender: { login: 'github-merge-queue[bot]' },
    },
    { merge_group: { head_sha: heads[1], base_sha: heads[0] } },
  ]);
  const asked = receiver.received.filter(({ payload }) => payload.check_suite !== undefined);
  expect(asked.map(({ payload }) => [payload.action, payload.check_suite.head_sha])).toEqual(
    heads.map((sha) => ['requested', sha]),
  );

  await check('ci', 'tests', heads[1]);
  await check('app', 'merge-order', heads[1]);
  await check('ci', 'tests', heads[0]);
  expect((await queue()).map(({ state }) => state)).toEqual(['AWAITING_CHECKS', 'MERGEABLE']);
  expect(await main()).toBe(base);
  await check('app', 'merge-order', heads[0]);
  expect(await queue()).toEqual([]);
  expect(await main()).toBe(heads[1]);
  for (const [index, { number }] of [one, two].entries()) {
    expect((await github.repo('nobody', 'GET', `/pulls/${number}`)).body).toMatchObject({
      merged: true,
      merge_commit_sha: heads[index],
      merged_by: { login: 'github-merge-queue[bot]' },
    });
  }
  expect((await github.repo('nobody', 'GET', '/issues/8')).body.state).toBe('closed');
  expect((await github.repo('nobody', 'GET', '/git/matching-refs/heads/gh-readonly-queue')).body).toEqual([]);
  expect(groups().map(({ action, reason }) => reason ?? action)).toEqual([
    'checks_requested',
    'checks_requested',
    'merged',
    'merged',
  ]);
  const pulls = receiver.names().filter((name) => name.startsWith('pull_request.'));
  expect(pulls.filter((name) => name !== 'pull_request.edited')).toEqual([
    'pull_request.enqueued',
    'pull_request.enqueued',
    'pull_request.closed',
    'pull_request.closed',
    'pull_request.dequeued',
    'pull_request.dequeued',
  ]);
});

test('a check that fails on the first throws it out; the second is built anew and merges', async () => {
  const [one, two] = [await pullRequest('red'), await pullRequest('blue')];
  const base = await main();
  await enqueue('writer', one);
  await enqueue('writer', two);
  const before = await queue();
  receiver.received.length = 0;
  await check('ci', 'tests', before[0].headCommit.oid, 'failure');
  const [left, ...others] = await queue();
  expect(others).toEqual([]);
  expect(left).toMatchObject({ position: 1, baseCommit: { oid: base }, pullRequest: { number: two.number } });
  expect(left.headCommit.oid).not.toBe(before[1].headCommit.oid);
  expect(
    groups().map(({ action, reason, merge_group: { head_sha: sha } }) => [reason ?? action, sha]),
  ).toEqual([
    ['dequeued', before[0].headCommit.oid],
    ['invalidated', before[1].headCommit.oid],
    ['checks_requested', left.headCommit.oid],
  ]);
  const told = receiver.received.find(({ payload }) => payload.action === 'dequeued')!.payload;
  expect(told).toMatchObject({ reason: 'CI_FAILURE', number: one.number, pull_request: { state: 'open' } });
  await check('ci', 'tests', left.headCommit.oid);
  await check('app', 'merge-order', left.headCommit.oid);
  expect(await queue()).toEqual([]);
  expect(await main()).toBe(left.headCommit.oid);
  expect((await github.repo('nobody', 'GET', '/contents/red.txt')).status).toBe(404);
  const { data } = (
    await github.graphql(
      'app',
      `query ($number: Int!) { repository(owner: "acme", name: "market") { pullRequest(number: $number) {
        state isInMergeQueue isMergeQueueEnabled mergeQueueEntry { id } mergeQueue { id url configuration { mergeMethod mergingStrategy checkResponseTimeout maximumEntriesToBuild } }
        timelineItems(last: 2) { nodes { __typename
          ... on AddedToMergeQueueEvent { enqueuer { login } }
          ... on RemovedFromMergeQueueEvent { reason actor { login } enqueuer { login } beforeCommit { oid } }
        } }
      } } }`,
      { number: one.number },
    )
  ).body;
  expect(data.repository.pullRequest).toMatchObject({
    state: 'OPEN',
    isInMergeQueue: false,
    isMergeQueueEnabled: true,
    mergeQueueEntry: null,
    mergeQueue: {
      url: `${github.url}/acme/market/queue/main`,
      configuration: {
        mergeMethod: 'SQUASH',
        mergingStrategy: 'ALLGREEN',
        checkResponseTimeout: 30,
        maximumEntriesToBuild: 5,
      },
    },
    timelineItems: {
      nodes: [
        { __typename: 'AddedToMergeQueueEvent', enqueuer: { login: 'linus' } },
        {
          __typename: 'RemovedFromMergeQueueEvent',
          reason: 'failed_checks',
          actor: { login: 'github-merge-queue' },
          enqueuer: { login: 'linus' },
          beforeCommit: { oid: before[0].headCommit.oid },
        },
      ],
    },
  });
  const { body: events } = await github.repo('nobody', 'GET', `/issues/${one.number}/timeline`);
  expect(events.slice(-2).map(({ event }: Loose) => event)).toEqual([
    'added_to_merge_queue',
    'removed_from_merge_queue',
  ]);
});

test('a group whose checks do not come in time leaves when the clock says so', async () => {
  const one = await pullRequest('slow');
  await enqueue('writer', one);
  expect(await queue()).toHaveLength(1);
  await github.ask('nobody', 'POST', '/_sandbox/clock', { advance: 'PT29M' });
  expect(await queue()).toHaveLength(1);
  await github.ask('nobody', 'POST', '/_sandbox/clock', { advance: 'PT1M' });
  expect(await queue()).toEqual([]);
  const told = receiver.received.find(({ payload }) => payload.action === 'dequeued')!.payload;
  expect(told.reason).toBe('CI_TIMEOUT');
});

test('refusals come as errors of the field, and dequeuing gives the entry back', async () => {
  const one = await pullRequest('away');
  expect((await enqueue('triager', one)).body.errors).toMatchObject([{ type: 'FORBIDDEN' }]);
  expect((await dequeue('writer', one)).body.errors).toMatchObject([{ type: 'UNPROCESSABLE' }]);
  await enqueue('app', one);
  expect((await enqueue('writer', one)).body.errors).toMatchObject([
    { type: 'UNPROCESSABLE', message: 'Pull request is already in the queue' },
  ]);
  expect((await dequeue('writer', one)).body.data.dequeuePullRequest.mergeQueueEntry).toEqual({
    pullRequest: { number: one.number },
  });
  expect(await queue()).toEqual([]);
});

/** https://docs.github.com/en/webhooks/webhook-events-and-payloads#merge_group */
test('an app without merge queues: read is told nothing of groups and does not read the queue', async () => {
  const deaf = await receiveWebhooks();
  const other = await startGithub({
    seed: 'repository: acme/market\nfiles: { README.md: hello }\nmerge_queue: true',
    webhookUrl: deaf.url,
    app: { ...APP, events: EVENTS },
  });
  const sha = (await other.repo('nobody', 'GET', '/git/ref/heads/main')).body.object.sha;
  await other.repo('writer', 'POST', '/git/refs', { ref: 'refs/heads/x', sha });
  const file = { message: 'x', content: '', branch: 'x' };
  await other.repo('writer', 'PUT', '/contents/x.txt', file);
  const pull = (await other.repo('writer', 'POST', '/pulls', { title: 'x', head: 'x', base: 'main' })).body;
  const mutation = `mutation ($id: ID!) { enqueuePullRequest(input: { pullRequestId: $id }) { clientMutationId } }`;
  await other.graphql('writer', mutation, { id: pull.node_id });
  await other.settle();
  expect((await other.repo('nobody', 'GET', `/pulls/${pull.number}`)).body.merged).toBe(true);
  expect(deaf.names()).toContain('pull_request.dequeued');
  expect(deaf.names().filter((name) => name.startsWith('merge_group'))).toEqual([]);
  const read = `{ repository(owner: "acme", name: "market") { mergeQueue { id } } }`;
  expect((await other.graphql('app', read)).body).toMatchObject({
    data: { repository: { mergeQueue: null } },
    errors: [{ type: 'FORBIDDEN' }],
  });
  expect((await other.graphql('writer', read)).body.data.repository.mergeQueue.id).toMatch(/^MQ_/);
  await deaf.close();
  await other.close();
});
