import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { type Ci, createCi, landed, ownFile, workOn } from '../support/landing.js';
import { type Loose, type Sandbox, type Who, startSandbox } from '../support/sandbox.js';
import { smallSeed } from '../support/seeds.js';

const DONE = ['yardmaster[bot]: +1'];
const REFUSED = ['yardmaster[bot]: confused'];

let sandbox: Sandbox;
let ci: Ci;

/** Comments, and gives the reactions and what the bot answered, without the zero-width spaces that keep it inert. */
async function say(who: Who, number: number, body: string): Promise<[string[], string[]]> {
  const before = await sandbox.comments(number);
  const comment = await sandbox.comment(who, number, body);
  await sandbox.settle();
  const said = (await sandbox.comments(number)).slice(before.length + 1);
  return [await sandbox.reactions(comment), said.map((text) => text.replaceAll('\u200b', ''))];
}

async function headOf(issue: number): Promise<string> {
  return (await sandbox.pullOf(issue)).head.sha;
}

/** How many commits of the base the branch of an issue lacks. */
async function lackedBy(issue: number): Promise<number> {
  return (await sandbox.repo('admin', 'GET', `/compare/${await headOf(issue)}...main`)).ahead_by;
}

/**
 * 1 lands first. 3 waits for 2. 5 arrives where 1 did, by a detour that cannot be rebased; 6 contradicts 1. 7 is not
 * deployed.
 */
beforeAll(async () => {
  sandbox = await startSandbox({
    seed: smallSeed({
      issues: [1, 2, 3, 4, 5, 6, 7].map((number) => ({ number, ...(number === 3 && { blocked_by: [2] }) })),
      files: { 'shared.py': 'state = "open"\n' },
      config: { merge: { method: 'squash' } },
      methods: ['squash'],
    }),
  });
  await sandbox.deploy(1, 2, 3, 4, 5, 6);
  await sandbox.work(5, { 'shared.py': 'state = "half"\n' });
  const shared = (state: number) => ({ 'shared.py': `state = "${state}"\n` });
  await workOn(sandbox, [1, 2, 4, 5, 6], (issue) =>
    issue === 1 || issue === 5
      ? { ...shared(1), ...ownFile(issue) }
      : issue === 6
        ? shared(6)
        : ownFile(issue),
  );
  ci = createCi(sandbox, { base: { test: 'success' } });
  await ci.run();
  await sandbox.advance('PT1M');
}, 120_000);
afterAll(() => sandbox.stop());

describe('why', () => {
  test('tells a triager what an issue waits for, down to who can change it, wherever it is asked', async () => {
    const [two, three] = [await sandbox.pullOf(2), await sandbox.pullOf(3)];
    const lines = [
      '@tove: this is how it stands, and who can change that.',
      '',
      `[#3](../issues/3): 💤 not started, pull request [#${three.number}](../pull/${three.number})`,
      '',
      `- **Waits for [#2](../issues/2) (pull request [#${two.number}](../pull/${two.number}))**`,
      '  - Nobody has asked for it to land.',
      `  - Somebody with write merges pull request #${two.number} of #2 first, or comments \`/subagent merge\` on it.`,
      '- Before it lands, also: Still a draft; Nobody has asked for it to land.',
    ].join('\n');
    expect(await say('triager', 3, '/why')).toEqual([DONE, [lines]]);
    expect(await say('triager', three.number, '/subagent why')).toEqual([DONE, [lines]]);
    expect(await say('triager', (await sandbox.tracker()).number, '/why #3')).toEqual([DONE, [lines]]);
  });

  test('gives each open issue a line on the tracking issue', async () => {
    const [reactions, [answer]] = await say('triager', (await sandbox.tracker()).number, '/why');
    expect(reactions).toEqual(DONE);
    expect(answer?.split('\n').filter((line) => line.startsWith('- '))).toHaveLength(6);
    expect(answer).toContain('- [#4](../issues/4) ✔️ Nobody has asked for it to land.');
  });

  test('says of another issue why it is not deployed', async () => {
    const [reactions, [answer]] = await say('triager', 7, '/subagent why');
    expect(reactions).toEqual(DONE);
    expect(answer).toContain('it is no open issue with the label `deploy-subagent`');
  });

  test('makes the bot write nothing but the answer, and answers an outsider with 😕 alone', async () => {
    await sandbox.advance('PT1M');
    await sandbox.forgetRequests();
    expect(await say('outsider', 3, '/why')).toEqual([REFUSED, []]);
    await say('triager', 3, '/why');
    await sandbox.advance('PT31M');
    const writes = (await sandbox.asked()).filter(({ kind }) => kind === 'write');
    expect(writes.map(({ operation }) => operation)).toEqual([
      'reactions/create-for-issue-comment',
      'issues/create-comment',
      'reactions/create-for-issue-comment',
    ]);
  });
});

describe('an update', () => {
  test('is refused where there is nothing to do', async () => {
    expect(await say('writer', 2, '/update')).toEqual([
      REFUSED,
      ['@linus: nothing to update on #2: its branch has all of `main` already.'],
    ]);
  });

  test('brings a branch up to date that has not started, too', async () => {
    expect(await say('writer', 1, '/merge')).toEqual([DONE, []]);
    await sandbox.advance('PT1M');
    expect(await landed(sandbox)).toEqual([1]);
    expect(await lackedBy(3)).toBe(1);
    const task = await sandbox.task(3);
    expect(await say('writer', 3, '/update')).toEqual([DONE, []]);
    expect(await lackedBy(3)).toBe(0);
    await sandbox.advance('PT6M');
    expect(await sandbox.task(3)).toBe(task);
    expect(await sandbox.pullOf(3)).toMatchObject({ draft: true, state: 'open' });
  });

  test('is not made twice when the bot is cut off before its reaction', async () => {
    await sandbox.faults({
      requests: [
        {
          match: { operation: 'reactions/create-for-issue-comment' },
          when: 'before',
          answer: 'hangup',
          times: 1000,
        },
      ],
    });
    const before = await headOf(2);
    const comment = await sandbox.comment('writer', (await sandbox.pullOf(2)).number, '/update');
    await sandbox.settle();
    const after = await headOf(2);
    expect(after).not.toBe(before);
    expect(await sandbox.reactions(comment)).toEqual([]);
    await sandbox.faults({});
    await sandbox.restartBot();
    await sandbox.advance('PT6M');
    expect([await sandbox.reactions(comment), await headOf(2)]).toEqual([DONE, after]);
    expect(await sandbox.comments((await sandbox.pullOf(2)).number)).toEqual(['/update']);
  });

  test('keeps nobody else from landing, although it is tested again and wanted, too', async () => {
    await say('writer', 2, '/merge');
    await say('writer', 4, '/merge');
    await sandbox.advance('PT1M');
    expect(await landed(sandbox)).toEqual([1, 4]);
    const [, [answer]] = await say('triager', 2, '/why');
    expect(answer).toContain('- **Waits for CI to start on');
    await ci.run();
    await sandbox.advance('PT1M');
    expect(await landed(sandbox)).toEqual([1, 4, 2]);
  });

  test('of a conflict is refused, and GitHub’s own sentence is shown where it refuses', async () => {
    expect(await say('writer', 6, '/update')).toEqual([
      REFUSED,
      [
        '@linus: nothing to update on #6: it conflicts with `main`. Its subagent rebases onto that, or merges it, and pushes.',
      ],
    ]);
    const { number } = await sandbox.pullOf(5);
    const head = await headOf(5);
    expect(await say('writer', 5, '/update')).toEqual([
      REFUSED,
      [
        `@linus: GitHub did not let me bring pull request #${number} up to date by rebase: "merge conflict between base and head".`,
      ],
    ]);
    expect(await headOf(5)).toBe(head);
  });
});

test('why says of what has landed that it has, and what still keeps the others back', async () => {
  const two: Loose = await sandbox.pullOf(2);
  const [, [answer]] = await say('triager', (await sandbox.tracker()).number, '/why #2 #3 #6');
  expect(answer).toContain(
    `- [#2](../issues/2) is merged: pull request [#${two.number}](../pull/${two.number}).`,
  );
  expect(answer).toContain('- **Nothing keeps it from starting**');
  expect(answer).toContain('- **Conflicts with the base: both change shared.py**');
});
