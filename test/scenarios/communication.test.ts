import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { type Loose, type Sandbox, startSandbox } from '../support/sandbox.js';
import { smallSeed } from '../support/seeds.js';

/** It is Monday, 10:00 in UTC and 11:00 in Berlin. */
const CONFIG = {
  merge: { settle: '0s', checks: ['build'] },
  stakeholders: [
    { name: 'QA', mention: 'acme/qa', why: 'tests', when: ['deployed', 'failing', 'merged'] },
    { name: 'Ops', when: ['merged', 'complete'] },
    { name: 'Data', when: ['ready', 'merged'], paths: ['migrations/**'] },
  ],
  sync: { times: ['09:00', '17:30'], timezone: 'Europe/Berlin' },
};

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox({ seed: smallSeed({ config: CONFIG }) });
}, 60_000);
afterAll(() => sandbox.stop());

/** What the bot said on an issue or pull request, without what is hidden and where it points to the tracking issue. */
async function said(number: number): Promise<string[]> {
  const comments: Loose[] = await sandbox.repo('admin', 'GET', `/issues/${number}/comments?per_page=100`);
  return comments
    .filter(({ user }) => user.login === 'yardmaster[bot]')
    .map(({ body }) =>
      body
        .split('\n')
        .filter((line: string) => !/^(?:$|<!--|All that)/.test(line))
        .join(' '),
    );
}

const pullOf = async (issue: number): Promise<number> => (await sandbox.pullOf(issue)).number;
const tracker = async (): Promise<number> => (await sandbox.tracker()).number;
const TWICE = { webhooks: { duplicate: 1 } };
const DEPLOYED =
  'Issue [#1](../issues/1) (Part 1) is deployed, and worked on here. For @acme/qa (QA: tests).';
const FAILING =
  'Checks fail on the work on issue [#1](../issues/1) (Part 1): `build`. For @acme/qa (QA: tests).';
const NEEDS = '**Needs somebody:** Failing: build. Mend what they report and push, or run them again.';
const MERGED =
  'The work on issue [#1](../issues/1) (Part 1) is merged into `main`. For @acme/qa (QA: tests), Ops.';

describe('stakeholders', () => {
  test('are told once, though every webhook comes twice and the answer of the comment is lost', async () => {
    await sandbox.faults({
      ...TWICE,
      requests: [{ match: { operation: 'issues/create-comment' }, when: 'after', answer: 'hangup' }],
    });
    await sandbox.deploy(1);
    await sandbox.advance('PT2M');
    expect(await sandbox.fired()).toEqual([1]);
    expect(await said(await pullOf(1))).toEqual([DEPLOYED]);
  });

  test('and not again by another process', async () => {
    await sandbox.restartBot('PT1M');
    await sandbox.advance('PT6M');
    expect(await said(await pullOf(1))).toEqual([DEPLOYED]);
  });

  test('what was told costs nothing more: a look is one query and one request that is answered by 304', async () => {
    await sandbox.forgetRequests();
    await sandbox.advance('PT5M');
    const asked = await sandbox.asked();
    expect(asked.map(({ operation, status }) => `${operation} ${status}`)).toEqual([
      'Core 200',
      'issues/list-comments-for-repo 304',
    ]);
  });

  test('what needs somebody is said beside it, once for the head, also by another process', async () => {
    const head = await sandbox.work(1, { 'part.py': 'x = 1\n' });
    await sandbox.comment('writer', 1, '/ready');
    await sandbox.settle();
    const { sha } = (await sandbox.pullOf(1)).head;
    expect(sha).not.toBe(head);
    await sandbox.check(sha, 'build', 'failure');
    await sandbox.advance('PT1M');
    await sandbox.restartBot('PT1M');
    await sandbox.advance('PT6M');
    expect(await said(await pullOf(1))).toEqual([DEPLOYED, NEEDS, FAILING]);
  });

  test('who is added later is not told of what has happened', async () => {
    const late = { name: 'Late', mention: 'grace', when: ['deployed', 'ready', 'failing', 'merged'] };
    const config = { ...CONFIG, stakeholders: [...CONFIG.stakeholders, late] };
    const path = '/contents/.github/subagents.yml';
    const { sha } = await sandbox.repo('admin', 'GET', path);
    const content = Buffer.from(JSON.stringify(config)).toString('base64');
    await sandbox.repo('admin', 'PUT', path, { message: 'Tell Late', content, sha });
    await sandbox.advance('PT6M');
    expect(await said(await pullOf(1))).toEqual([DEPLOYED, NEEDS, FAILING]);
  });
});

describe('syncs', () => {
  const posted = async () =>
    (await said(await tracker())).map((line) => line.slice(0, line.indexOf('.**') + 3));

  test('are posted at their times without any event, and those that were missed as one, late', async () => {
    await sandbox.deploy(2);
    expect(await posted()).toEqual([]);
    await sandbox.advance('PT6H30M');
    expect(await posted()).toEqual(['**Sync of 2026-01-05, 17:30 (Europe/Berlin).**']);
    await sandbox.restartBot('PT40H');
    await sandbox.advance('PT6M');
    expect(await posted()).toEqual([
      '**Sync of 2026-01-05, 17:30 (Europe/Berlin).**',
      '**Sync of 2026-01-07, 09:00 (Europe/Berlin).**',
    ]);
  });

  test('a command posts one more, once, which tells what has moved since the last', async () => {
    await sandbox.comment('reader', await tracker(), '/sync');
    await sandbox.comment('triager', await tracker(), '/sync');
    await sandbox.settle();
    await sandbox.restartBot();
    await sandbox.advance('PT1M');
    expect((await posted()).slice(2)).toEqual(['**Sync.**']);
    const last = (await sandbox.comments(await tracker())).at(-1) ?? '';
    expect(last).toMatch(/\*\*Moved since 2026-01-07 \d\d:\d\d UTC\*\*\n\nNothing\./);
    expect(last).toContain('- [#1](../issues/1): **Failing: build.** Mend');
  });
});

test('the end is told after the last landing, and then all is quiet', async () => {
  await sandbox.faults({});
  const pull = await sandbox.pullOf(1);
  await sandbox.repo('maintainer', 'PUT', `/pulls/${pull.number}/merge`, { merge_method: 'squash' });
  await sandbox.comment('writer', 2, '/cancel');
  await sandbox.advance('PT2M');
  const late = MERGED.replace('Ops.', 'Ops, @grace (Late).');
  expect(await said(pull.number)).toEqual([DEPLOYED, NEEDS, FAILING, late]);
  const end = (await said(await tracker())).slice(-2);
  expect(end).toEqual([
    expect.stringContaining('**is complete**: ✅ 1 merged, ⛔ 1 cancelled'),
    'The deployment on `main` is complete. For Ops.',
  ]);
  expect((await sandbox.tracker()).state).toBe('closed');
  await sandbox.forgetRequests();
  await sandbox.advance('PT24H');
  expect((await sandbox.asked()).filter(({ kind }) => kind === 'write')).toEqual([]);
});
