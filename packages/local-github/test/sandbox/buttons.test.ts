import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';

import { receiveWebhooks, startGithub } from '../support/github.js';

/**
 * Sources: https://docs.github.com/en/rest/guides/using-the-rest-api-to-interact-with-checks#check-runs-and-requested-actions
 * and https://docs.github.com/en/webhooks/webhook-events-and-payloads#check_run. Payloads are checked against GitHub's
 * description when they are made; `github.close` fails on a difference.
 */
let github: Awaited<ReturnType<typeof startGithub>>;
let receiver: Awaited<ReturnType<typeof receiveWebhooks>>;
let head: string;

beforeAll(async () => {
  receiver = await receiveWebhooks();
  github = await startGithub({ webhookUrl: receiver.url });
  head = (await github.repo('nobody', 'GET', '/git/ref/heads/main')).body.object.sha;
});
afterAll(async () => {
  await receiver.close();
  await github.close();
});
beforeEach(async () => {
  await github.settle();
  receiver.received.length = 0;
});

const ALLOW = { label: 'Allow anyway', description: 'Lets this commit pass', identifier: 'override' };

async function create(body: object = {}, who: 'app' | 'ci' = 'app') {
  const run = { name: 'gate', head_sha: head, conclusion: 'failure', actions: [ALLOW], ...body };
  const answer = await github.repo(who, 'POST', '/check-runs', run);
  expect(answer.status).toBe(201);
  await github.settle();
  receiver.received.length = 0;
  return answer.body;
}
const press = (who: 'writer' | 'triager' | 'nobody' | 'app', id: number, identifier: string) =>
  github.ask(who, 'POST', `/_sandbox/check-runs/${id}/click`, { identifier });
const buttons = async (id: number) =>
  (await github.ask('writer', 'GET', `/_sandbox/check-runs/${id}/buttons`)).body.buttons;
async function told() {
  await github.settle();
  return receiver.names();
}
const payload = (index: number) => receiver.received.at(index)!.payload;

describe('a button of a check run', () => {
  test('tells the app that owns the run which one was pressed by whom, and changes nothing', async () => {
    const run = await create();
    expect(await press('writer', run.id, 'override')).toMatchObject({ status: 200, body: {} });
    expect(await told()).toEqual(['check_run.requested_action']);
    expect(payload(0)).toMatchObject({
      requested_action: { identifier: 'override' },
      check_run: { id: run.id, head_sha: head, status: 'completed', conclusion: 'failure' },
      sender: { login: 'linus', type: 'User' },
      repository: { full_name: 'acme/market' },
      installation: { id: 2001 },
    });
    expect((await github.repo('nobody', 'GET', `/check-runs/${run.id}`)).body).toEqual(run);
  });

  test('of another app tells this one nothing', async () => {
    const run = await create({}, 'ci');
    expect((await press('writer', run.id, 'override')).status).toBe(200);
    expect(await told()).toEqual([]);
  });

  test('is shown when the run is completed; a later list of actions takes the place of the first', async () => {
    const run = await create({ conclusion: undefined, status: 'in_progress' });
    expect(await buttons(run.id)).toEqual([]);
    expect(await press('writer', run.id, 'override')).toMatchObject({
      status: 422,
      body: { message: 'The check run "gate" is in_progress: it has buttons when it is completed' },
    });
    await github.repo('app', 'PATCH', `/check-runs/${run.id}`, { conclusion: 'failure' });
    expect(await buttons(run.id)).toEqual([ALLOW]);
    const other = { ...ALLOW, identifier: 'undo' };
    await github.repo('app', 'PATCH', `/check-runs/${run.id}`, { conclusion: 'success', actions: [other] });
    expect(await buttons(run.id)).toEqual([other]);
    expect(await press('writer', run.id, 'override')).toMatchObject({
      status: 422,
      body: { message: 'The check run "gate" has no button but undo; override was pressed' },
    });
    await github.repo('app', 'PATCH', `/check-runs/${run.id}`, { actions: [] });
    expect((await press('writer', run.id, 'undo')).body.message).toBe(
      'The check run "gate" has no button; undo was pressed',
    );
    expect((await told()).filter((name) => name === 'check_run.requested_action')).toEqual([]);
  });

  test('can be given by GraphQL, and more than three or too long a label are refused there too', async () => {
    const { node_id: repositoryId } = (await github.repo('nobody', 'GET', '')).body;
    const document = `mutation ($repositoryId: ID!, $head: GitObjectID!, $actions: [CheckRunAction!]) {
      createCheckRun(input: { repositoryId: $repositoryId, name: "gate", headSha: $head, conclusion: FAILURE, actions: $actions }) {
        checkRun { databaseId }
      }
    }`;
    const make = (actions: object[]) => github.graphql('app', document, { repositoryId, head, actions });
    const { body } = await make([ALLOW]);
    expect(await buttons(body.data.createCheckRun.checkRun.databaseId)).toEqual([ALLOW]);
    for (const actions of [[ALLOW, ALLOW, ALLOW, ALLOW], [{ ...ALLOW, label: 'x'.repeat(21) }]]) {
      expect((await make(actions)).body.errors).toMatchObject([{ type: 'UNPROCESSABLE' }]);
    }
  });

  test('is for people who may write, and there must be such a run', async () => {
    const run = await create();
    expect((await press('triager', run.id, 'override')).status).toBe(403);
    expect((await press('nobody', run.id, 'override')).status).toBe(401);
    expect((await press('app', run.id, 'override')).status).toBe(403);
    expect((await press('writer', 999_999, 'override')).status).toBe(404);
    expect((await github.ask('writer', 'POST', `/_sandbox/check-runs/${run.id}/click`, {})).status).toBe(422);
    expect((await github.ask('triager', 'GET', `/_sandbox/check-runs/${run.id}/buttons`)).status).toBe(403);
    expect(await told()).toEqual([]);
  });
});

/** https://docs.github.com/en/rest/checks/runs#rerequest-a-check-run, https://docs.github.com/en/rest/checks/suites#rerequest-a-check-suite */
describe('a re-run', () => {
  const rerun = (who: 'writer' | 'triager', id: number, kind = 'check-runs') =>
    github.ask(who, 'POST', `/_sandbox/${kind}/${id}/rerun`);
  const suiteOf = async (appId: number) =>
    (await github.repo('nobody', 'GET', `/commits/${head}/check-suites?app_id=${appId}`)).body
      .check_suites[0];

  test('resets the suite, leaves the run, and asks its app; the next conclusion completes the suite', async () => {
    const run = await create({ name: 'again', conclusion: 'success' });
    await github.repo('app', 'POST', '/check-runs', { name: 'gate', head_sha: head, conclusion: 'success' });
    expect(await suiteOf(1001)).toMatchObject({ status: 'completed', conclusion: 'success' });
    await github.settle();
    receiver.received.length = 0;
    expect(await rerun('writer', run.id)).toMatchObject({ status: 200, body: {} });
    expect(await told()).toEqual(['check_run.rerequested']);
    expect(payload(0)).toMatchObject({
      check_run: {
        id: run.id,
        status: 'completed',
        conclusion: 'success',
        check_suite: { status: 'queued', conclusion: null },
      },
      sender: { login: 'linus' },
    });
    expect(await suiteOf(1001)).toMatchObject({ status: 'queued', conclusion: null });
    receiver.received.length = 0;
    await github.repo('app', 'PATCH', `/check-runs/${run.id}`, { conclusion: 'success' });
    expect(await told()).toEqual(['check_run.completed', 'check_suite.completed']);
    expect(await suiteOf(1001)).toMatchObject({ status: 'completed', conclusion: 'success' });
  });

  test('of a suite asks its app for all of it; of another app it tells this one nothing', async () => {
    const run = await create({ conclusion: 'success' });
    await create({ name: 'tests' }, 'ci');
    expect((await rerun('writer', (await suiteOf(1002)).id, 'check-suites')).status).toBe(200);
    expect((await rerun('writer', (await suiteOf(1001)).id, 'check-suites')).status).toBe(200);
    expect(await told()).toEqual(['check_suite.rerequested']);
    expect(payload(0)).toMatchObject({
      check_suite: { status: 'queued', conclusion: null, app: { slug: 'yardmaster' }, head_sha: head },
    });
    expect((await github.repo('nobody', 'GET', `/check-runs/${run.id}`)).body.status).toBe('completed');
  });

  test('is for people who may write, and for what is completed', async () => {
    const running = await create({ conclusion: undefined, status: 'in_progress' });
    expect(await rerun('writer', running.id)).toMatchObject({
      status: 422,
      body: { message: 'This check run is not rerequestable' },
    });
    const run = await create();
    expect((await rerun('triager', run.id)).status).toBe(403);
    expect((await rerun('triager', (await suiteOf(1001)).id, 'check-suites')).status).toBe(403);
    expect(await told()).toEqual([]);
  });

  test('can be asked for by the app that owns the check, by REST, and by no other', async () => {
    const run = await create({ name: 'by-app' });
    const { id } = await suiteOf(1001);
    expect((await github.repo('ci', 'POST', `/check-runs/${run.id}/rerequest`)).status).toBe(403);
    expect((await github.repo('ci', 'POST', `/check-suites/${id}/rerequest`)).status).toBe(403);
    expect((await github.repo('writer', 'POST', `/check-runs/${run.id}/rerequest`)).status).toBe(403);
    expect((await github.repo('app', 'POST', `/check-runs/${run.id + 9999}/rerequest`)).status).toBe(404);
    expect(await github.repo('app', 'POST', `/check-runs/${run.id}/rerequest`)).toMatchObject({
      status: 201,
      body: {},
    });
    expect((await github.repo('app', 'POST', `/check-suites/${id}/rerequest`)).status).toBe(201);
    expect(await told()).toEqual(['check_run.rerequested', 'check_suite.rerequested']);
    expect(payload(0).sender.login).toBe('yardmaster[bot]');
  });
});
