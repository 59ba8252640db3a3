import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import type { CheckRunChange } from '../../src/domain/checks/input.js';
import { createCheckRun, updateCheckRun } from '../../src/domain/checks/runs.js';
import { unmetChecks } from '../../src/domain/checks/required.js';
import { rollup } from '../../src/domain/checks/rollup.js';
import { installApp, addApp } from '../../src/domain/bootstrap.js';
import { ask } from '../support/ask.js';
import { type TestRepository, createTestRepository } from '../support/branches.js';

type Change = Omit<CheckRunChange, 'name'>;

let market: TestRepository;

beforeEach(async () => {
  market = await createTestRepository();
});
afterEach(() => market.close());

const create = (body: object, who: 'app' | 'ada' = 'app') =>
  ask(market.as(who), 'checks/create', { body: { name: 'ci', head_sha: market.first, ...body } });
const update = (id: number, body: object) =>
  ask(market.as('app'), 'checks/update', { path: { check_run_id: id }, body });
const listRuns = async (query: object) =>
  (await ask(market.as('olaf'), 'checks/list-for-ref', { path: { ref: 'main' }, query })).body;

/** A context that acts as a second app. */
function secondApp() {
  const { world, app } = market;
  const other = addApp(world, {
    id: 1002,
    slug: 'ci',
    name: 'CI',
    ownerId: app.ownerId,
    permissions: { checks: 'write', statuses: 'write' },
    events: [],
  });
  installApp(world, { id: 2002, appId: other.id, accountId: app.ownerId });
  const principal = {
    kind: 'installation',
    installationId: 2002,
    appId: other.id,
    accountId: other.botId,
    ownerId: app.ownerId,
    permissions: other.permissions,
  } as const;
  return { app: other, as: () => ({ ...market.as('app'), principal }) };
}

describe('check runs', () => {
  test('a run goes from queued to completed, with one event each, and the suite completes with it', async () => {
    const { status, body: run } = await create({
      external_id: 'landing',
      details_url: 'https://ci.example.com/1',
    });
    expect(status).toBe(201);
    expect(run).toMatchObject({
      status: 'queued',
      conclusion: null,
      completed_at: null,
      external_id: 'landing',
    });
    await update(run.id, { status: 'in_progress' });
    await market.clock.advanceTo(market.clock.now() + 60_000, async () => undefined);
    const { body: done } = await update(run.id, {
      conclusion: 'success',
      output: { title: 'Free', summary: 'Nothing to wait for' },
    });
    expect(done).toMatchObject({
      status: 'completed',
      conclusion: 'success',
      completed_at: '2026-01-05T10:01:00Z',
      output: { title: 'Free', annotations_count: 0 },
      app: { id: 1001 },
    });
    expect(market.news()).toEqual(['check_run.created', 'check_run.completed', 'check_suite.completed']);
  });

  test('a completed run does not go back to in progress, but may change its conclusion', async () => {
    const { body: run } = await create({ conclusion: 'success' });
    const back = await update(run.id, { status: 'in_progress', output: { title: 'Again', summary: '' } });
    expect(back).toMatchObject({
      status: 200,
      body: { status: 'completed', conclusion: 'success', output: { title: 'Again' } },
    });
    expect((await update(run.id, { conclusion: 'failure' })).body).toMatchObject({ conclusion: 'failure' });
  });

  test('belong to apps: people are refused, and another app', async () => {
    expect(await create({}, 'ada')).toMatchObject({ status: 403 });
    const { body: run } = await create({});
    const { as } = secondApp();
    expect(
      await ask(as(), 'checks/update', { path: { check_run_id: run.id }, body: { conclusion: 'success' } }),
    ).toMatchObject({ status: 403 });
    expect((await ask(market.as('olaf'), 'checks/get', { path: { check_run_id: run.id } })).body.status).toBe(
      'queued',
    );
  });

  test.each([
    ['completed without a conclusion', { status: 'completed' }],
    ['a commit that is not there', { head_sha: 'f'.repeat(40) }],
    ['a conclusion that only GitHub sets', { conclusion: 'stale' }],
  ])('%s is 422', async (_, body) => {
    expect((await create(body)).status).toBe(422);
    expect(market.world.store.effect).toBe(0);
  });

  test('texts, annotations and actions over the limits are 422', async () => {
    const annotation = {
      path: 'a',
      startLine: 1,
      endLine: 1,
      level: 'notice',
      message: 'm',
      title: null,
    } as const;
    const action = { label: 'Run', description: 'Runs', identifier: 'run' };
    const wrong: Change[] = [
      { output: { summary: 'x'.repeat(65_536) } },
      { output: { text: 'x'.repeat(65_536) } },
      { output: { annotations: Array.from({ length: 51 }, () => annotation) } },
      { output: { annotations: [{ ...annotation, startLine: 0 }] } },
      { output: { annotations: [{ ...annotation, startLine: 2 }] } },
      { output: { annotations: [{ ...annotation, title: 'x'.repeat(256) }] } },
      { output: { annotations: [{ ...annotation, message: 'é'.repeat(32_769) }] } },
      { actions: [action, action, action, action] },
      { actions: [{ ...action, label: 'x'.repeat(21) }] },
      { actions: [{ ...action, description: 'x'.repeat(41) }] },
      { actions: [{ ...action, identifier: 'x'.repeat(21) }] },
    ];
    const make = (change: Change) =>
      createCheckRun(market.as('app'), market.repository(), { name: 'ci', headSha: market.first, ...change });
    for (const change of wrong) await expect(make(change)).rejects.toMatchObject({ status: 422 });
    const annotations = Array.from({ length: 50 }, () => annotation);
    const run = await make({
      output: { summary: 'x'.repeat(65_535), annotations },
      actions: [
        action,
        action,
        { label: 'x'.repeat(20), description: 'x'.repeat(40), identifier: 'x'.repeat(20) },
      ],
    });
    const more = updateCheckRun(market.as('app'), run, { output: { annotations } });
    expect(more.output).toMatchObject({ summary: 'x'.repeat(65_535) });
    expect(more.output.annotations).toHaveLength(100);
  });

  test('the newest run of a name is listed, the others only when all are asked for', async () => {
    const first = (await create({ conclusion: 'success' })).body.id;
    const second = (await create({ status: 'in_progress' })).body.id;
    await create({ name: 'lint', conclusion: 'success' });
    const ids = (body: { check_runs: { id: number }[] }) => body.check_runs.map(({ id }) => id);
    expect(ids(await listRuns({ check_name: 'ci' }))).toEqual([second]);
    expect(ids(await listRuns({ check_name: 'ci', filter: 'all' }))).toEqual([second, first]);
    expect(await listRuns({ app_id: 1001, status: 'completed' })).toMatchObject({ total_count: 1 });
    expect(await listRuns({ app_id: 7 })).toMatchObject({ total_count: 0 });
    const suites = await ask(market.as('olaf'), 'checks/list-suites-for-ref', {
      path: { ref: market.first },
    });
    expect(suites.body).toMatchObject({
      total_count: 1,
      check_suites: [{ status: 'in_progress', conclusion: null, latest_check_runs_count: 2 }],
    });
    const [{ id }] = suites.body.check_suites;
    const ofSuite = await ask(market.as('olaf'), 'checks/list-for-suite', { path: { check_suite_id: id } });
    expect(ofSuite.body.total_count).toBe(2);
  });

  test('a run that is not completed after fourteen days reads as stale and blocks', async () => {
    await create({ status: 'in_progress' });
    const required = [{ context: 'ci', appId: 1001 }];
    const sentences = () => unmetChecks(market.world.view(), market.repository().id, market.first, required);
    expect(sentences()).toEqual(['Required status check "ci" is in progress.']);
    await market.clock.advanceTo(market.clock.now() + 14 * 86_400_000 + 1000, async () => undefined);
    expect(sentences()).toEqual(['Required status check "ci" is failing.']);
    expect(rollup(market.world.view(), market.repository().id, market.first)).toMatchObject({
      state: 'FAILURE',
    });
  });

  test('a push asks each app with the permission for its checks, once for a commit', async () => {
    const other = secondApp().app.id;
    const oid = await market.commit('main', { 'x.txt': 'x' });
    await market.branch('same', oid);
    const suites = Object.values(market.world.store.state.checkSuites).filter(
      (suite) => suite.headSha === oid,
    );
    expect(suites.map(({ appId, headBranch }) => [appId, headBranch])).toEqual([
      [1001, 'main'],
      [other, 'main'],
    ]);
  });
});

describe('commit statuses', () => {
  const set = (who: 'app' | 'linus' | 'tove', body: object) =>
    ask(market.as(who), 'repos/create-commit-status', { path: { sha: market.first }, body });

  test('are set by people who write and apps with the permission; the newest of a context counts', async () => {
    expect((await set('tove', { state: 'success' })).status).toBe(403);
    await set('linus', { state: 'pending', context: 'ci/build', description: 'Running' });
    await set('linus', { state: 'success', context: 'ci/build', target_url: 'https://ci.example.com/2' });
    await set('app', { state: 'failure' });
    const combined = await ask(market.as('olaf'), 'repos/get-combined-status-for-ref', {
      path: { ref: 'main' },
    });
    expect(combined.body).toMatchObject({ state: 'failure', total_count: 2, sha: market.first });
    const all = await ask(market.as('olaf'), 'repos/list-commit-statuses-for-ref', { path: { ref: 'main' } });
    expect(
      all.body.map((status: { context: string; state: string }) => `${status.context} ${status.state}`),
    ).toEqual(['default failure', 'ci/build success', 'ci/build pending']);
    expect(market.news()).toEqual(['status', 'status', 'status']);
  });

  test('a description over 140 characters is 422, and so is a commit that is not there', async () => {
    expect((await set('linus', { state: 'success', description: 'x'.repeat(141) })).status).toBe(422);
    const unknown = await ask(market.as('linus'), 'repos/create-commit-status', {
      path: { sha: 'f'.repeat(40) },
      body: { state: 'success' },
    });
    expect(unknown.status).toBe(422);
  });

  test('a required name counts as a check run and as a status: both must pass', async () => {
    const required = [
      { context: 'ci', appId: null },
      { context: 'lint', appId: null },
      { context: 'docs', appId: null },
    ];
    const sentences = () => unmetChecks(market.world.view(), market.repository().id, market.first, required);
    expect(sentences()).toEqual(['3 of 3 required status checks are expected.']);
    await create({ conclusion: 'success' });
    await create({ name: 'docs', conclusion: 'skipped' });
    await set('linus', { state: 'failure', context: 'ci' });
    expect(sentences()).toEqual(['2 of 3 required status checks have not succeeded: 1 failing, 1 expected.']);
    await set('linus', { state: 'success', context: 'ci' });
    expect(sentences()).toEqual(['Required status check "lint" is expected.']);
    await set('linus', { state: 'pending', context: 'lint' });
    expect(sentences()).toEqual(['Required status check "lint" is pending.']);
    expect(rollup(market.world.view(), market.repository().id, market.first)?.state).toBe('PENDING');
  });

  test('a check that is required of one app is not met by another', async () => {
    const { as } = secondApp();
    const required = [{ context: 'ci', appId: 1001 }];
    await ask(as(), 'checks/create', { body: { name: 'ci', head_sha: market.first, conclusion: 'success' } });
    expect(unmetChecks(market.world.view(), market.repository().id, market.first, required)).toEqual([
      'Required status check "ci" is expected.',
    ]);
  });
});
