import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { createCi, landed, mergeAll, rowOf, say, workOn } from '../support/landing.js';
import { queueSeed, queuedIssues, requireQueue, testGroups } from '../support/merge-queue.js';
import { type Loose, type Sandbox, startSandbox } from '../support/sandbox.js';
import { smallSeed } from '../support/seeds.js';

const report = () => ({ build: 'success' });

const PHASES = [
  { name: 'Work', duration: '2h', until: 'implemented' },
  { name: 'Tests', duration: '1h', until: 'checks' },
  { name: 'Landing', duration: '30min', until: 'merged' },
];

describe('a deployment on a base for which a ruleset asks for a merge queue', () => {
  let sandbox: Sandbox;
  let body: string;
  let fired: number[];
  const queues: Record<string, number[]> = {};

  beforeAll(async () => {
    sandbox = await startSandbox({
      seed: smallSeed({
        issues: [{ number: 1 }, { number: 2 }, { number: 3, blocked_by: [1] }],
        protection: { required_checks: [{ context: 'build' }, { context: 'merge-order' }] },
        config: { phases: PHASES },
      }),
    });
    await requireQueue(sandbox);
    await sandbox.deploy(1, 2, 3);
    await sandbox.advance('PT1H');
    await workOn(sandbox, [1, 2, 3]);
    await createCi(sandbox, { report }).run();
    const answer = { status: 502 };
    const match = { operation: 'Enqueue' };
    await sandbox.faults({
      requests: [
        { match, when: 'before', answer },
        { match, when: 'after', answer },
      ],
    });
    await mergeAll(sandbox);
    await sandbox.advance('PT1M');
    fired = await sandbox.fired();
    queues['asked to land'] = await queuedIssues(sandbox);
    ({ body } = await sandbox.tracker());
    await say(sandbox, 'triager', 2, '/hold -- wait for legal');
    queues['on hold'] = await queuedIssues(sandbox);
    await say(sandbox, 'writer', 2, '/unhold');
    queues['off hold'] = await queuedIssues(sandbox);
    await testGroups(sandbox, 'success');
    await sandbox.advance('PT1M');
    queues['merged'] = await queuedIssues(sandbox);
    await testGroups(sandbox, 'success');
    await sandbox.advance('PT1M');
  }, 120_000);
  afterAll(() => sandbox.stop());

  test('puts those that wait for nothing into the queue, once each and in order, through server errors', () => {
    expect(fired).toEqual([1, 1]);
    expect(queues['asked to land']).toEqual([1, 2]);
  });

  test('says by what it lands and why, and who is in the queue at which place', () => {
    expect(body).toContain('Lands by **queue**: `main` has a merge queue.');
    expect(body).toContain(
      'In the merge queue: [#1](../issues/1) (place 1), [#2](../issues/2) (place 2). Next in the merge order: [#3]',
    );
    expect(body).toContain('🚚 landing');
  });

  test('takes out what is held, and puts it back after that', () => {
    expect(queues['on hold']).toEqual([1]);
    expect(queues['off hold']).toEqual([1, 2]);
  });

  test('a dependent goes in once what it depends on has merged', () => {
    expect(queues['merged']).toEqual([3]);
  });

  test('took an hour until the work was ready, and next to nothing for the rest, beside what was planned', async () => {
    const { body: last } = await sandbox.tracker();
    expect(last).toContain(
      [
        '| Phase | Duration | Actual | Issues |',
        '| --- | --- | --- | --- |',
        '| Work | 2h | 1h | All 3, in parallel |',
        '| Tests | 1h | under 0.5h | All 3, in parallel |',
        '| Landing | 0.5h | under 0.5h | All 3, in parallel |',
        '| **Total** | **3.5h** | **1h** | |',
      ].join('\n'),
    );
    expect(body).not.toContain('| Landing | 0.5h | under');
  });

  test('ends as with every other method', async () => {
    expect(await landed(sandbox)).toEqual([1, 2, 3]);
    expect(await sandbox.branches()).toEqual(['main']);
    const issues = await Promise.all([1, 2, 3].map((number) => sandbox.issue(number)));
    expect(issues.map(({ state }) => state)).toEqual(['closed', 'closed', 'closed']);
    expect(await sandbox.tracker()).toMatchObject({ state: 'closed' });
  });
});

describe('a merge group that fails', () => {
  let sandbox: Sandbox;
  let row: string;
  let tracker: Loose;
  const queues: Record<string, number[]> = {};

  beforeAll(async () => {
    sandbox = await startSandbox({ seed: queueSeed() });
    await sandbox.deploy(1, 2);
    await workOn(sandbox, [1, 2]);
    const ci = createCi(sandbox, { report });
    await ci.run();
    await say(sandbox, 'maintainer', 1, '/merge');
    queues['first'] = await queuedIssues(sandbox);
    await testGroups(sandbox, 'failure');
    await sandbox.restartBot();
    await sandbox.advance('PT10M');
    queues['thrown out'] = await queuedIssues(sandbox);
    row = await rowOf(sandbox, 1);
    await sandbox.work(1, { 'issue-1.py': 'done = 2\n' });
    await ci.run();
    await sandbox.advance('PT1M');
    queues['new head'] = await queuedIssues(sandbox);
    await testGroups(sandbox, 'failure');
    // GitHub's times are of whole seconds: who asks again does so later.
    await sandbox.advance('PT1S');
    queues['thrown out again'] = await queuedIssues(sandbox);
    await say(sandbox, 'writer', 1, '/merge');
    queues['asked again'] = await queuedIssues(sandbox);
    await sandbox.enqueue('maintainer', (await sandbox.pullOf(2)).number);
    await say(sandbox, 'triager', 2, '/hold -- wait for legal');
    queues['put there by a person'] = await queuedIssues(sandbox);
    tracker = await sandbox.tracker();
    await say(sandbox, 'writer', 1, '/not-merge');
    queues['not asked any more'] = await queuedIssues(sandbox);
  }, 120_000);
  afterAll(() => sandbox.stop());

  test('is not tried again as it is, also by a bot that was started anew', () => {
    expect([queues['first'], queues['thrown out']]).toEqual([[1], []]);
    expect(row).toContain('👀 in review: Left the merge queue: its checks failed there');
  });

  test('goes into the queue again with a new head, or when somebody asks again', () => {
    expect(queues['new head']).toEqual([1]);
    expect(queues['thrown out again']).toEqual([]);
    expect(queues['asked again']).toEqual([1]);
  });

  test('what a person has put into the queue is left to them, and that is said', () => {
    expect(queues['put there by a person']).toEqual([1, 2]);
    expect(tracker.body).toContain('(place 2, put there by `grace`)');
    expect(tracker.body).toMatch(
      /Pull request \[#\d+\]\(\.\.\/pull\/\d+\) is in the merge queue at place 2, where `grace` put it, and may not land: On hold by tove: wait for legal\./,
    );
  });

  test('a wish to land that is taken back takes it out', () => {
    expect(queues['not asked any more']).toEqual([2]);
  });
});
