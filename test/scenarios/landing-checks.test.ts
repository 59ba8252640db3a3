import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import {
  createCi,
  filesOnMain,
  headOf,
  landed,
  mainLog,
  mergeAll,
  rowOf,
  say,
  untilQuiet,
  workOn,
} from '../support/landing.js';
import { type Sandbox, startSandbox } from '../support/sandbox.js';
import { smallSeed } from '../support/seeds.js';

let sandbox: Sandbox;
const started: Sandbox[] = [];

async function start(options: Parameters<typeof smallSeed>[0] = {}): Promise<void> {
  sandbox = await startSandbox({ seed: smallSeed(options) });
  started.push(sandbox);
}

afterEach(async () => {
  for (const each of started.splice(0)) await each.stop();
});

async function commitToMain(path: string): Promise<string> {
  const content = Buffer.from('by hand\n').toString('base64');
  const file = { message: 'By hand', branch: 'main', content };
  return (await sandbox.repo('maintainer', 'PUT', `/contents/${path}`, file)).commit.sha;
}

describe('a base that moves', () => {
  test('by a person’s push while CI runs: what was tested without it is brought up to date and tested again', async () => {
    await start({ issues: [{ number: 1 }] });
    await sandbox.deploy(1);
    await workOn(sandbox, [1]);
    await mergeAll(sandbox);
    const before = (await sandbox.pullOf(1)).head.sha;
    const manual = await commitToMain('manual.txt');
    const ci = createCi(sandbox, { base: { test: 'success' } });
    await untilQuiet(sandbox, ci);
    const { head, merged_at: mergedAt } = await sandbox.pullOf(1);
    expect(mergedAt).not.toBeNull();
    expect(head.sha).not.toBe(before);
    expect(ci.tested).toEqual([before, head.sha]);
    expect((await mainLog(sandbox)).map(({ sha }) => sha)).toEqual(
      expect.arrayContaining([manual, head.sha]),
    );
    expect(await headOf(sandbox, 'main')).toBe(head.sha);
  }, 60_000);
});

describe('a head that moves', () => {
  beforeEach(async () => {
    await start({ issues: [{ number: 1 }], config: { merge: { method: 'squash', settle: '1s' } } });
    await sandbox.check(await headOf(sandbox, 'main'), 'test', 'success');
    await sandbox.deploy(1);
    await workOn(sandbox, [1]);
    await mergeAll(sandbox);
  });

  test('while CI runs: the report on the old head lands nothing', async () => {
    const before = (await sandbox.pullOf(1)).head.sha;
    const pushed = await sandbox.work(1, { 'late.py': 'late = True\n' });
    await sandbox.check(before, 'test', 'success');
    await sandbox.advance('PT5M');
    expect(await landed(sandbox)).toEqual([]);
    await sandbox.check(pushed, 'test', 'success');
    await sandbox.advance('PT1M');
    expect(await landed(sandbox)).toEqual([1]);
    expect(await filesOnMain(sandbox)).toContain('late.py');
  }, 60_000);

  test('between the decision and the merge: nothing untested lands', async () => {
    // The bot reads what was true before the push.
    await sandbox.check((await sandbox.pullOf(1)).head.sha, 'test', 'success');
    const pushed = await sandbox.work(1, { 'late.py': 'late = True\n' });
    await sandbox.faults({ reads: { lag: 1 } });
    await sandbox.advance('PT20S');
    await sandbox.faults({});
    const asked = (await sandbox.requests()).map(({ operation }) => operation);
    expect(asked).toContain('pulls/get');
    expect(asked).not.toContain('pulls/merge');
    await sandbox.advance('PT5M');
    expect(await landed(sandbox)).toEqual([]);
    expect(await filesOnMain(sandbox)).not.toContain('late.py');
    await sandbox.check(pushed, 'test', 'success');
    await sandbox.advance('PT1M');
    expect(await landed(sandbox)).toEqual([1]);
  }, 60_000);
});

describe('the checks of the base', () => {
  test('stop every landing while they fail', async () => {
    await start({ issues: [{ number: 1 }] });
    await sandbox.deploy(1);
    await workOn(sandbox, [1]);
    const base = await headOf(sandbox, 'main');
    await sandbox.check(base, 'test', 'failure');
    await mergeAll(sandbox);
    const ci = createCi(sandbox);
    await untilQuiet(sandbox, ci);
    expect(await landed(sandbox)).toEqual([]);
    expect((await sandbox.tracker()).body).toContain('main itself is failing: test');
    await sandbox.check(base, 'test', 'success');
    await untilQuiet(sandbox, ci);
    expect(await landed(sandbox)).toEqual([1]);
  }, 60_000);
});

describe('a head without any check', () => {
  beforeEach(async () => {
    await start({ issues: [{ number: 1 }], config: { merge: { settle: '10m' } } });
    await sandbox.deploy(1);
  });

  test('lands only when it has settled since the push', async () => {
    await workOn(sandbox, [1]);
    await mergeAll(sandbox);
    await sandbox.advance('PT9M');
    expect(await landed(sandbox)).toEqual([]);
    await sandbox.advance('PT6M');
    expect(await landed(sandbox)).toEqual([1]);
  }, 60_000);

  test('waits for one where the base has some, and says after half an hour that CI never started', async () => {
    await sandbox.check(await headOf(sandbox, 'main'), 'test', 'success');
    await workOn(sandbox, [1]);
    await say(sandbox, 'writer', 1, '/merge');
    await sandbox.advance('PT40M');
    expect(await landed(sandbox)).toEqual([]);
    const { head } = await sandbox.pullOf(1);
    expect((await sandbox.tracker()).body).toContain(`CI never started on ${head.sha.slice(0, 7)}`);
    await sandbox.check(head.sha, 'test', 'success');
    await sandbox.advance('PT1M');
    expect(await landed(sandbox)).toEqual([1]);
  }, 60_000);
});

describe('a check that comes late', () => {
  test('is waited for where no names are asked for: what passes early lands nothing before the head has settled', async () => {
    await start({ issues: [{ number: 1 }], config: { merge: { settle: '10m' } } });
    await sandbox.deploy(1);
    await workOn(sandbox, [1]);
    const { head } = await sandbox.pullOf(1);
    await sandbox.check(head.sha, 'lint', 'success');
    await mergeAll(sandbox);
    await sandbox.advance('PT5M');
    expect(await landed(sandbox)).toEqual([]);
    expect(await rowOf(sandbox, 1)).toContain(`Waits a moment for more checks on ${head.sha.slice(0, 7)}`);
    await sandbox.check(head.sha, 'build', 'failure');
    await sandbox.advance('PT10M');
    expect(await landed(sandbox)).toEqual([]);
    await sandbox.check(head.sha, 'build', 'success');
    await sandbox.advance('PT1M');
    expect(await landed(sandbox)).toEqual([1]);
  }, 60_000);

  test('is named after half an hour where it is required and others have reported', async () => {
    await start({ issues: [{ number: 1 }], config: { merge: { checks: ['build', 'lint'] } } });
    await sandbox.deploy(1);
    await workOn(sandbox, [1]);
    const { head } = await sandbox.pullOf(1);
    await sandbox.check(head.sha, 'lint', 'success');
    await mergeAll(sandbox);
    await sandbox.advance('PT5M');
    expect(await rowOf(sandbox, 1)).toContain('Waits for checks to report: build');
    await sandbox.advance('PT30M');
    expect(await landed(sandbox)).toEqual([]);
    const { body } = await sandbox.tracker();
    expect(body).toContain('**Required, and never reported: build.** See whether a workflow');
    expect(body).not.toContain('CI never started');
    await sandbox.check(head.sha, 'build', 'success');
    await sandbox.advance('PT1M');
    expect(await landed(sandbox)).toEqual([1]);
  }, 60_000);
});
