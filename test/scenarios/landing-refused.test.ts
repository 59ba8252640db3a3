import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';

import { type Ci, createCi, landed, mainLog, mergeAll, say, untilQuiet, workOn } from '../support/landing.js';
import { type Loose, type Sandbox, startSandbox } from '../support/sandbox.js';
import { smallSeed } from '../support/seeds.js';

const SENTENCE = 'Repository rule violations found: this path needs a deployment to staging';
const SHOWN = `GitHub did not let me land pull request #`;

/** Three that could land at once, by a method that the configuration names. */
async function threeReady(method: string): Promise<{ readonly sandbox: Sandbox; readonly ci: Ci }> {
  const issues = [1, 2, 3].map((number) => ({ number }));
  const sandbox = await startSandbox({ seed: smallSeed({ issues, config: { merge: { method } } }) });
  await sandbox.deploy(1, 2, 3);
  await workOn(sandbox, [1, 2, 3]);
  const ci = createCi(sandbox);
  await ci.run();
  await sandbox.settle();
  return { sandbox, ci };
}

/** GitHub refuses to merge the pull request of an issue, until faults are cleared. */
async function refuse(sandbox: Sandbox, issue: number): Promise<void> {
  const { number } = await sandbox.pullOf(issue);
  const answer = { status: 405, body: { message: SENTENCE } };
  const match = { method: 'PUT', path: `/repos/*/*/pulls/${number}/merge` };
  await sandbox.faults({ requests: [{ match, when: 'before', answer, times: 1000 }] });
}

/** Minutes from one moment to the last landing. */
async function minutesSince(sandbox: Sandbox, start: string): Promise<number> {
  const times = (await sandbox.pulls()).flatMap(({ merged_at: at }) => (at === null ? [] : [Date.parse(at)]));
  return (Math.max(...times) - Date.parse(start)) / 60_000;
}

/** When somebody last said something on the tracking issue. */
async function saidAt(sandbox: Sandbox): Promise<string> {
  const { number } = await sandbox.tracker();
  return (await sandbox.repo('admin', 'GET', `/issues/${number}/comments?per_page=100`)).at(-1).created_at;
}

describe('one that GitHub refuses to merge', () => {
  let sandbox: Sandbox;
  let ci: Ci;
  let start: string;

  beforeAll(async () => {
    ({ sandbox, ci } = await threeReady('squash'));
    await refuse(sandbox, 1);
    await mergeAll(sandbox);
    start = await saidAt(sandbox);
    await untilQuiet(sandbox, ci);
  }, 120_000);
  afterAll(() => sandbox.stop());

  test('keeps none of the others waiting', async () => {
    expect(await landed(sandbox)).toEqual([2, 3]);
    expect(await minutesSince(sandbox, start)).toBeLessThan(5);
  });

  test('stays shown with what GitHub says', async () => {
    const { number } = await sandbox.pullOf(1);
    await sandbox.advance('PT10M');
    const { body, state } = await sandbox.tracker();
    expect(state).toBe('open');
    expect(body).toContain(`${SHOWN}${number} by squash`);
    expect(body).toContain(SENTENCE);
  });

  test('keeps nobody waiting either who comes later, and after a restart', async () => {
    await sandbox.openIssue('admin', 'Part 4', 'More of the work.');
    const issue = (await sandbox.repo('admin', 'GET', '/issues?state=open&per_page=100')).find(
      ({ title }: Loose) => title === 'Part 4',
    ).number;
    await sandbox.deploy(issue);
    await workOn(sandbox, [issue]);
    await ci.run();
    await sandbox.restartBot();
    await say(sandbox, 'maintainer', issue, '/merge');
    const asked = new Date((await sandbox.issue(issue)).updated_at).toISOString();
    await untilQuiet(sandbox, ci);
    expect(await landed(sandbox)).toEqual([2, 3, issue]);
    expect(await minutesSince(sandbox, asked)).toBeLessThan(5);
  });

  test('lands once GitHub lets it, at the next look', async () => {
    await sandbox.faults({});
    await say(sandbox, 'triager', 1, '/refresh');
    expect((await landed(sandbox)).at(-1)).toBe(1);
    expect((await sandbox.tracker()).body).not.toContain(SHOWN);
  });
});

describe('one that GitHub refuses to merge until it is changed', () => {
  let sandbox: Sandbox;

  afterAll(() => sandbox.stop());

  test('is tried again after a push, by nobody’s word', async () => {
    const three = await threeReady('squash');
    sandbox = three.sandbox;
    await refuse(sandbox, 1);
    for (const issue of [1, 2]) await say(sandbox, 'maintainer', issue, '/merge');
    await untilQuiet(sandbox, three.ci);
    expect(await landed(sandbox)).toEqual([2]);
    await sandbox.faults({});
    await sandbox.work(1, { 'mended.py': 'mended = True\n' });
    await sandbox.settle();
    expect((await sandbox.tracker()).body).not.toContain(SHOWN);
    await untilQuiet(sandbox, three.ci);
    expect(await landed(sandbox)).toEqual([2, 1]);
  }, 120_000);
});

describe('a fast-forward that GitHub refuses', () => {
  let sandbox: Sandbox;

  afterEach(() => sandbox.stop());

  test('by the method that the configuration names lets the others go ahead, and is tried last', async () => {
    const three = await threeReady('fast-forward');
    sandbox = three.sandbox;
    const errors = [{ type: 'UNPROCESSABLE', path: ['f0'], message: SENTENCE }];
    const answer = { status: 200, body: { data: { f0: null }, errors } };
    await sandbox.faults({
      requests: [{ match: { operation: 'FastForward' }, when: 'before', answer, times: 1 }],
    });
    await mergeAll(sandbox);
    const start = await saidAt(sandbox);
    await untilQuiet(sandbox, three.ci);
    expect(await landed(sandbox)).toEqual([2, 3, 1]);
    expect(await minutesSince(sandbox, start)).toBeLessThan(10);
  }, 120_000);

  test('for a merge commit on a linear base is made by squash, once, and the tracking issue says why', async () => {
    sandbox = await startSandbox({ seed: smallSeed({ protection: { linear: true } }) });
    await sandbox.deploy(1, 2);
    await workOn(sandbox, [1, 2]);
    await mergeCommitOn(sandbox, 1);
    const ci = createCi(sandbox);
    await ci.run();
    await sandbox.settle();
    await sandbox.forgetRequests();

    await say(sandbox, 'maintainer', 1, '/merge');
    await untilQuiet(sandbox, ci);
    expect(await landed(sandbox)).toEqual([1]);
    const said = (await sandbox.tracker()).body;
    expect(said).toContain('Lands by **squash**: `main` refused a fast-forward: ');
    expect(said).toContain('This branch must not contain merge commits.');
    expect(said).not.toContain(SHOWN);

    await say(sandbox, 'maintainer', 2, '/merge');
    await untilQuiet(sandbox, ci);
    expect(await landed(sandbox)).toEqual([1, 2]);
    const titles = (await mainLog(sandbox)).map(({ title }) => title);
    expect(titles.filter((title) => title.startsWith('Fix: Issue #'))).toHaveLength(2);
    const moves = (await sandbox.asked()).filter(({ operation }) => operation === 'FastForward');
    expect(moves).toHaveLength(1);
  }, 120_000);
});

/** Somebody merges a branch of their own into the one of an issue. */
async function mergeCommitOn(sandbox: Sandbox, issue: number): Promise<void> {
  const clone = await sandbox.clone('writer', `feature/issue-${issue}`);
  await sandbox.git(clone, 'checkout', '-q', '-b', 'side', 'HEAD~1');
  await writeFile(join(clone, 'side.py'), 'side = True\n');
  await sandbox.git(clone, 'add', '--all');
  await sandbox.git(clone, 'commit', '-q', '-m', 'Work beside');
  await sandbox.git(clone, 'checkout', '-q', `feature/issue-${issue}`);
  await sandbox.git(clone, 'merge', '-q', '--no-ff', '-m', 'Merge side', 'side');
  await sandbox.git(clone, 'push', '-q');
  await sandbox.settle();
}
