import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { CRASH, eachFails } from '../support/cuts.js';
import { rulesOf } from '../support/landing-worlds.js';
import { type Ci, approve, createCi, headOf, mainLog, ownFile, untilQuiet } from '../support/landing.js';
import { type Loose, type Requested, type Sandbox, startSandbox } from '../support/sandbox.js';
import { smallSeed } from '../support/seeds.js';

/**
 * How the writes of a landing are cut.
 *
 * - `errors`: each write is a server error before its effect, and again after it.
 * - `crashes`: each process ends before the answer to its first write; the next one knows nothing of it.
 */
type Cut = 'errors' | 'crashes';

/** Processes end at each write by both methods, one on a base that is protected and one on a base that is not. */
const BASES = [
  ['fast-forward', 'has no rules', {}, ['errors']],
  ['fast-forward', 'is protected', rulesOf({ method: 'fast-forward' }), ['errors', 'crashes']],
  ['squash', 'has no rules', {}, ['errors', 'crashes']],
  ['squash', 'is protected', rulesOf({ method: 'squash' }), ['errors']],
  ['merge', 'has no rules', {}, ['errors']],
  ['rebase', 'has no rules', {}, ['errors']],
] as const;

/** What the bot writes from `/ready` and `/merge` to the end of a landing, but for the merge itself. */
const WRITES = [
  'DeleteBranch',
  'MarkReady',
  'RemoveTaskFile',
  'UpdateBranch',
  'WriteTogether',
  'issues/add-labels',
  'issues/create-comment',
  'issues/update',
  'pulls/update',
  'reactions/create-for-issue-comment',
];

describe.each(BASES)('a landing by %s, cut at every write, on a base that %s', (method, _, rules, cuts) => {
  /** The first lands undisturbed. All share code, so those after it have to be brought up to date; the last stays. */
  const issues = [1, 2, 3, 4].slice(0, cuts.length + 2);
  const landing = issues.slice(0, -1);
  const last = issues.length;
  const merge = method === 'fast-forward' ? 'FastForward' : 'pulls/merge';

  let sandbox: Sandbox;
  let ci: Ci;
  let fork: string;
  const kept: Record<string, string> = {};
  const writes = new Map<Cut, readonly Requested[]>();

  beforeAll(async () => {
    const config = { merge: { method, checks: ['test'] } };
    const shared = issues.map((number) => ({ number, labels: ['shares:core'] }));
    sandbox = await startSandbox({ seed: smallSeed({ issues: shared, config, ...rules }) });
    ci = createCi(sandbox);
    await sandbox.deploy(...issues);
    for (const issue of issues) {
      const head = await sandbox.work(issue, ownFile(issue));
      if (issue === last) kept[`feature/issue-${last}`] = head;
      if (issue !== 1) kept[`child-${issue}`] = await addChild(sandbox, issue);
    }
    await approve(sandbox, 'maintainer', ...issues);
    fork = await sandbox.fork('outsider');
    await land(1, () => sandbox.settle());
    for (const [index, cut] of cuts.entries()) {
      const issue = index + 2;
      const requests = cut === 'errors' ? await errorsOf(sandbox, issue, merge) : CRASH;
      await sandbox.forgetRequests();
      await sandbox.faults({ requests });
      await land(issue, async () => {
        if (cut === 'errors') return sandbox.advance('PT10M');
        await sandbox.faults({ requests });
        await sandbox.restartBot();
      });
      writes.set(
        cut,
        (await sandbox.asked()).filter(({ kind }) => kind === 'write'),
      );
      await sandbox.faults({});
    }
    await untilQuiet(sandbox, ci);
  }, 120_000);
  afterAll(() => sandbox.stop());

  /** Lets the bot and CI take turns until the branch is gone. */
  async function land(issue: number, botsTurn: () => Promise<void>): Promise<void> {
    await sandbox.comment('writer', issue, '/ready\n/merge');
    for (let round = 0; round < 40; round += 1) {
      await botsTurn();
      await ci.run();
      if (!(await sandbox.branches()).includes(`feature/issue-${issue}`)) return;
    }
  }

  test.each(cuts)('by %s, and none is left out', (cut) => {
    const all = writes.get(cut) ?? [];
    expect(new Set(all.map(({ status }) => status))).toEqual(new Set(ANSWERS[cut]));
    const done = all.filter(({ effects }) => effects.length > 0);
    expect(new Set(done.map(({ operation }) => operation))).toEqual(new Set([...WRITES, merge]));
    if (cut === 'crashes') return;
    const refused = all.filter(({ effects }) => effects.length === 0);
    expect(new Set(refused.map(placeOf))).toEqual(new Set(done.map(placeOf)));
  });

  test('each piece of work is on the base once, as it was tested', async () => {
    const log = await mainLog(sandbox);
    const pulls = await Promise.all(landing.map((issue) => sandbox.pullOf(issue)));
    const titles = landing.flatMap((issue, index) => [
      ...(method === 'squash' ? [] : [`Record the task of issue ${issue}`, `Work on issue ${issue}`]),
      ...(method === 'squash' ? [] : [`Remove the task file of issue ${issue}`]),
      ...(['squash', 'merge'].includes(method) ? [titleOf(issue, pulls[index])] : []),
    ]);
    expect(log.map(({ title }) => title).toSorted()).toEqual(['Start', ...titles].toSorted());
    const heads = pulls.map(({ head }) => head.sha);
    expect(ci.tested).toEqual(expect.arrayContaining(heads));
    if (method === 'fast-forward') expect(log.map(({ sha }) => sha)).toEqual(expect.arrayContaining(heads));
    const files = await sandbox.repo('admin', 'GET', '/contents/');
    expect(files.map(({ name }: Loose) => name).filter((name: string) => name.startsWith('issue-'))).toEqual(
      landing.map((issue) => `issue-${issue}.py`),
    );
  });

  test('each pull request is merged once, and each issue closed once with one word about it', async () => {
    for (const issue of landing) {
      const { number } = await sandbox.pullOf(issue);
      expect(await happened(sandbox, number)).toEqual({ number, said: 0, merged: 1, closed: 1 });
      // The commands; and that it has landed, where GitHub does not close it with its pull request.
      const said = issue === 1 ? 1 : 2;
      expect(await happened(sandbox, issue)).toEqual({ number: issue, said, merged: 0, closed: 1 });
    }
  });

  test('no branch is deleted but those that are merged, and what was based on them goes on', async () => {
    const refs = await sandbox.repo('admin', 'GET', '/git/matching-refs/heads');
    const heads = refs.map(({ ref, object }: Loose) => [ref.replace('refs/heads/', ''), object.sha]);
    expect(Object.fromEntries(heads)).toEqual({ ...kept, main: await headOf(sandbox, 'main') });
    const open = (await sandbox.pulls()).filter(({ state }) => state === 'open');
    expect(Object.fromEntries(open.map(({ head, base }) => [head.ref, base.ref]))).toEqual({
      ...Object.fromEntries(landing.slice(1).map((issue) => [`child-${issue}`, 'main'])),
      [`child-${last}`]: `feature/issue-${last}`,
      [`feature/issue-${last}`]: 'main',
    });
  });

  test('and none of a fork, whatever it is called', async () => {
    const branches: Loose[] = (await sandbox.ask('outsider', 'GET', `/repos/${fork}/branches`)).body;
    const names = branches.map(({ name }): string => name);
    expect(names).toEqual(expect.arrayContaining(issues.map((issue) => `feature/issue-${issue}`)));
  });
});

/** What the cut requests were answered; 0 is a closed connection. */
const ANSWERS = { errors: [502], crashes: [0, 422] };

const placeOf = ({ operation, path }: Requested) => `${operation} ${path}`;

function titleOf(issue: number, pull: Loose): string {
  return `Fix: Issue #${issue} - Part ${issue} (#${pull.number})`;
}

/** How often each thing happened to an issue or pull request. */
async function happened(sandbox: Sandbox, number: number) {
  const timeline: Loose[] = await sandbox.repo('admin', 'GET', `/issues/${number}/timeline?per_page=100`);
  const count = (name: string) => timeline.filter(({ event }) => event === name).length;
  return { number, said: count('commented'), merged: count('merged'), closed: count('closed') };
}

/** Each write of the landing of an issue; the tracking issue is written as issues are. */
async function errorsOf(sandbox: Sandbox, issue: number, merge: string): Promise<readonly object[]> {
  const { number: tracker } = await sandbox.tracker();
  const alone = [...WRITES, merge].filter((operation) => operation !== 'issues/update');
  return eachFails([
    ...alone.map((operation) => ({ operation })),
    ...[issue, tracker].map((number) => ({
      operation: 'issues/update',
      path: `/repos/*/*/issues/${number}`,
    })),
  ]);
}

/** Opens a pull request that is based on the branch of an issue, whose own one no longer closes it. Gives its head. */
async function addChild(sandbox: Sandbox, issue: number): Promise<string> {
  const { number, head } = await sandbox.pullOf(issue);
  await sandbox.repo('writer', 'PATCH', `/pulls/${number}`, { body: 'Part of the work.' });
  const branch = `child-${issue}`;
  await sandbox.repo('writer', 'POST', '/git/refs', { ref: `refs/heads/${branch}`, sha: head.sha });
  const content = Buffer.from('child\n').toString('base64');
  const file = { message: 'Child', branch, content };
  const { commit } = await sandbox.repo('writer', 'PUT', `/contents/${branch}.txt`, file);
  await sandbox.repo('writer', 'POST', '/pulls', { title: branch, head: branch, base: head.ref });
  return commit.sha;
}
