import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { type Loose, type Sandbox, startSandbox } from '../support/sandbox.js';
import { smallSeed } from '../support/seeds.js';

/** The second waits for the first; both are deployed. Everything else is other people's. */
let sandbox: Sandbox;

const NOT_PART = ['completed', 'success', 'Not part of a subagent deployment'];
const WAITS = ['in_progress', null, expect.stringMatching(/^Waits for #1 /)];

/** Every run of the gate on a commit, newest first. */
const runs = async (sha: string): Promise<Loose[]> => {
  const path = `/commits/${sha}/check-runs?check_name=merge-order&filter=all`;
  const all: Loose[] = (await sandbox.repo('admin', 'GET', path)).check_runs;
  return all.sort((a, b) => b.id - a.id);
};
const said = ({ status, conclusion, output }: Loose) => [status, conclusion, output.title];
const verdicts = async (sha: string) => (await runs(sha)).map(said);

async function branch(name: string, sha?: string): Promise<void> {
  const from = sha ?? (await sandbox.repo('writer', 'GET', '/git/ref/heads/main')).object.sha;
  await sandbox.repo('writer', 'POST', '/git/refs', { ref: `refs/heads/${name}`, sha: from });
}

/** A commit on a branch; gives the new head. */
async function commit(name: string): Promise<string> {
  const path = `${name}-${Math.random()}.md`;
  const content = Buffer.from(path).toString('base64');
  const body = { message: 'Words', content, branch: name };
  return (await sandbox.repo('writer', 'PUT', `/contents/${path}`, body)).commit.sha;
}

const open = (head: string, base = 'main', draft = false): Promise<Loose> =>
  sandbox.repo('writer', 'POST', '/pulls', { title: `From ${head}`, head, base, draft });
const change = (number: number, body: object): Promise<Loose> =>
  sandbox.repo('writer', 'PATCH', `/pulls/${number}`, body);
const headOf = async (issue: number): Promise<string> => (await sandbox.pullOf(issue)).head.sha;

beforeAll(async () => {
  sandbox = await startSandbox({
    seed: smallSeed({ issues: [{ number: 1 }, { number: 2, blocked_by: [1] }] }),
  });
  await branch('release');
  await sandbox.deploy(1, 2);
});
afterAll(() => sandbox.stop());

describe("other people's pull requests", () => {
  let other: Loose;

  test.each([
    ['a draft', 'draft', 'main', true],
    ['one into another base', 'hotfix', 'release', false],
    ['an ordinary one', 'fix', 'main', false],
  ])('%s passes', async (_, name, base, draft) => {
    await branch(name);
    const sha = await commit(name);
    other = await open(name, base, draft);
    await sandbox.settle();
    expect(await verdicts(sha)).toEqual([NOT_PART]);
  });

  test('a new head gets a verdict of its own', async () => {
    const sha = await commit('fix');
    await sandbox.settle();
    expect(await verdicts(sha)).toEqual([NOT_PART]);
  });

  test('one that is retargeted or made ready keeps the verdict that it has', async () => {
    await change(other.number, { base: 'release' });
    await sandbox.advance('PT1M');
    const { head, base } = await sandbox.repo('admin', 'GET', `/pulls/${other.number}`);
    expect(base.ref).toBe('release');
    expect(await verdicts(head.sha)).toEqual([NOT_PART]);
  });

  test('one that is reopened has a verdict on the head that it got meanwhile', async () => {
    await change(other.number, { state: 'closed' });
    await sandbox.advance('PT1M');
    const sha = await commit('fix');
    await sandbox.advance('PT1M');
    expect(await verdicts(sha)).toEqual([]);
    await change(other.number, { state: 'open' });
    await sandbox.settle();
    expect(await verdicts(sha)).toEqual([NOT_PART]);
  });
});

describe("a subagent's pull request", () => {
  test('waits on every new head', async () => {
    const sha = await sandbox.work(2, { 'two.md': 'two\n' });
    await sandbox.settle();
    expect(await verdicts(sha)).toEqual([WAITS]);
  });

  test('waits also on another base, and when it is back', async () => {
    const { number } = await sandbox.pullOf(2);
    for (const base of ['release', 'main']) {
      await change(number, { base });
      await sandbox.advance('PT1M');
      expect(await verdicts(await headOf(2))).toEqual([WAITS]);
    }
  });

  test("shares its head with a stranger's: both have the stricter verdict", async () => {
    const sha = await headOf(2);
    await branch('copy', sha);
    const copy = await open('copy');
    await sandbox.settle();
    expect(await verdicts(sha)).toEqual([WAITS]);
    await change(copy.number, { state: 'closed' });
    await sandbox.settle();
  });
});

describe('an unfinished gate', () => {
  let old: Loose;

  test('is left alone while GitHub keeps it', async () => {
    [old] = await runs(await headOf(2));
    const age = Date.parse((await sandbox.ask('nobody', 'GET', '/_sandbox/clock')).body.now);
    const hours = Math.floor((Date.parse(old.started_at) + 13 * 86_400_000 - age) / 3_600_000);
    await sandbox.restartBot(`PT${hours}H`);
    expect((await runs(await headOf(2))).map((run) => run.id)).toEqual([old.id]);
  });

  test('is renewed a day before it would die, without any event, and the old one is ended', async () => {
    await sandbox.forgetRequests();
    await sandbox.advance('PT70M');
    const [fresh, ended, ...others] = await runs(await headOf(2));
    expect(others).toEqual([]);
    expect(said(fresh)).toEqual(WAITS);
    expect(fresh.id).not.toBe(old.id);
    expect([ended.id, ended.conclusion, ended.output.title]).toEqual([old.id, 'cancelled', 'Renewed']);
    const writes = (await sandbox.asked()).filter(({ kind }) => kind === 'write');
    expect(writes.map(({ mutations }) => mutations)).toEqual([['createCheckRun', 'updateCheckRun']]);
  });

  test('is made anew where it died while the app was down', async () => {
    await sandbox.restartBot('PT360H');
    const [fresh, died] = await runs(await headOf(2));
    expect(said(fresh)).toEqual(WAITS);
    expect(died.conclusion).toBe('stale');
  });
});
