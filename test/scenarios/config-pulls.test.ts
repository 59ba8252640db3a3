import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { type Loose, type Sandbox, type Who, startSandbox } from '../support/sandbox.js';
import { smallSeed } from '../support/seeds.js';

const PATH = '.github/subagents.yml';

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox({ seed: smallSeed() });
});
afterAll(() => sandbox.stop());

/** Commits the file to a branch, of a fork if one is named; a new branch begins at `main`. Gives the head. */
async function commit(text: string, branch: string, who: Who = 'writer', fork?: string): Promise<string> {
  const repository = fork ?? sandbox.info.repository;
  const done = async (method: string, path: string, body?: object): Promise<Loose> => {
    const answer = await sandbox.ask(who, method, `/repos/${repository}${path}`, body);
    if (answer.status >= 500 || answer.status === 422) throw new Error(JSON.stringify(answer.body));
    return answer;
  };
  const { sha } = (await done('GET', '/git/ref/heads/main')).body.object;
  if ((await done('GET', `/git/ref/heads/${branch}`)).status === 404)
    await done('POST', '/git/refs', { ref: `refs/heads/${branch}`, sha });
  const there = await done('GET', `/contents/${PATH}?ref=${branch}`);
  const { body } = await done('PUT', `/contents/${PATH}`, {
    message: 'Settings',
    branch,
    content: Buffer.from(text).toString('base64'),
    ...(there.status === 200 && { sha: there.body.sha }),
  });
  return body.commit.sha;
}

async function open(head: string, who: Who = 'writer'): Promise<void> {
  await sandbox.repo(who, 'POST', '/pulls', { title: head, head, base: 'main' });
  await sandbox.advance('PT1M');
}

/** The app's runs on a commit. */
async function runsOn(sha: string): Promise<Loose[]> {
  const path = `/commits/${sha}/check-runs?app_id=1001&filter=all`;
  const { check_runs: runs } = await sandbox.repo('admin', 'GET', path);
  return runs.toSorted((a: Loose, b: Loose) => b.name.localeCompare(a.name));
}

async function said(sha: string): Promise<string[]> {
  return (await runsOn(sha)).map((run) => `${run.name}: ${run.conclusion}, ${run.output.title}`);
}

const VALID = `subagents-config: success, ${PATH} is valid`;

describe('a pull request that changes the configuration, where nothing else is wanted of the app', () => {
  let wrong: string;
  let mended: string;

  test('is told each problem on its line', async () => {
    wrong = await commit('base: main\nmerge:\n  metod: squash\nrunner: { max-running: 0 }\n', 'settings');
    await open('settings');
    expect(await said(wrong)).toEqual([`subagents-config: failure, ${PATH} is not valid: 2 problems`]);
    const [run] = await runsOn(wrong);
    const annotations: Loose[] = await sandbox.repo('admin', 'GET', `/check-runs/${run?.['id']}/annotations`);
    expect(
      annotations.map((each) => [
        each.path,
        each.start_line,
        each.end_line,
        each.annotation_level,
        each.title,
      ]),
    ).toEqual([
      [PATH, 3, 3, 'failure', 'merge.metod'],
      [PATH, 4, 4, 'failure', 'runner.max-running'],
    ]);
    expect(annotations.map(({ message }) => message)).toEqual([
      'unknown key `metod` in `merge`. Did you mean `method`?',
      'expected at least 1; got `0`',
    ]);
  });

  test('is told that it is valid once its head is', async () => {
    mended = await commit('base: main\nmerge:\n  method: squash\n', 'settings');
    await sandbox.advance('PT1M');
    expect(await said(mended)).toEqual([VALID]);
  });

  test('is told so once, and read once', async () => {
    await sandbox.forgetRequests();
    await sandbox.advance('PT61M');
    const asked = await sandbox.asked();
    expect(asked.filter(({ kind }) => kind === 'write')).toEqual([]);
    expect(asked.filter(({ operation }) => operation === 'Files')).toEqual([]);
    expect(await said(mended)).toEqual([VALID]);
  });

  test('is judged anew when somebody asks for it', async () => {
    const [run] = await runsOn(mended);
    await sandbox.rerun('writer', run?.['id']);
    await sandbox.settle();
    expect(await said(mended)).toEqual([VALID, VALID]);
  });

  test('may come from a fork', async () => {
    const fork = await sandbox.fork('outsider');
    const sha = await commit('gates: {}\n', 'wrong', 'outsider', fork);
    await open('olaf:wrong', 'outsider');
    expect(await said(sha)).toEqual([`subagents-config: failure, ${PATH} is not valid: 1 problem`]);
  });
});

test('a pull request that mends an invalid configuration is told so, and none other is', async () => {
  await commit('gates: {}\n', 'main', 'admin');
  await sandbox.advance('PT1M');
  const mending = await commit('gate: {}\n', 'mend');
  await open('mend');
  expect(await said(mending)).toEqual([VALID, 'merge-order: success, Not part of a subagent deployment']);
  // Its base has another file by now, but it does not change that itself.
  const { object } = await sandbox.repo('admin', 'GET', '/git/ref/heads/main');
  await sandbox.repo('writer', 'POST', '/git/refs', { ref: 'refs/heads/other', sha: object.sha });
  const written = await sandbox.repo('writer', 'PUT', '/contents/other.md', {
    message: 'Other',
    branch: 'other',
    content: '',
  });
  await open('other');
  await commit('gate: {}\n# Now valid.\n', 'main', 'admin');
  await sandbox.advance('PT31M');
  expect(await said(written.commit.sha)).toEqual(['merge-order: success, Not part of a subagent deployment']);
});

describe('the default of the owner, where a repository has no file of its own', () => {
  let acme: Sandbox;
  const DEFAULTS = 'acme/.github';

  async function putDefault(text: string, branch = 'main'): Promise<string> {
    const path = `/repos/${DEFAULTS}/contents/${PATH}`;
    const { sha } = (await acme.ask('admin', 'GET', `${path}?ref=${branch}`)).body;
    const content = Buffer.from(text).toString('base64');
    const body = { message: 'Settings', content, branch, ...(sha && { sha }) };
    return (await acme.ask('admin', 'PUT', path, body)).body.commit.sha;
  }

  beforeAll(async () => {
    acme = await startSandbox({
      seed: smallSeed({
        others: [
          {
            repository: DEFAULTS,
            files: { [PATH]: 'branch: agents/{number}\ntitle: "Agent {number}: {title}"\n' },
            issues: [],
          },
        ],
      }),
    });
  });
  afterAll(() => acme.stop());

  test('makes no repository one that wants the app', async () => {
    const { object } = await acme.repo('admin', 'GET', '/git/ref/heads/main');
    await acme.repo('writer', 'POST', '/git/refs', { ref: 'refs/heads/own', sha: object.sha });
    const file = { message: 'Own', branch: 'own', content: '' };
    const { commit: made } = await acme.repo('writer', 'PUT', '/contents/own.md', file);
    await acme.repo('writer', 'POST', '/pulls', { title: 'Own', head: 'own', base: 'main' });
    await acme.advance('PT1M');
    expect(await acme.gate(made.sha)).toBeUndefined();
  });

  test('holds', async () => {
    await acme.deploy(1);
    expect(await acme.branches()).toContain('agents/1');
    expect((await acme.tracker()).body).toContain('Configuration: `.github/subagents.yml` of `acme/.github`');
  });

  test('is said to be wrong in Needs you, with its repository and line, and its last valid version holds', async () => {
    await putDefault('branch: agents/{number}\ngates: {}\n');
    await acme.advance('PT6M');
    const { body } = await acme.tracker();
    expect(body).toContain('is invalid: in acme/.github, line 2: unknown key');
    expect(body).toContain('Its last valid version stays in force');
    expect((await acme.pulls()).map(({ title }) => title)).toContain('Agent 1: Part 1');
  });

  test('is annotated in the pull request that changes it', async () => {
    const { sha } = (await acme.ask('admin', 'GET', `/repos/${DEFAULTS}/git/ref/heads/main`)).body.object;
    await acme.ask('admin', 'POST', `/repos/${DEFAULTS}/git/refs`, { ref: 'refs/heads/next', sha });
    const head = await putDefault('branch: [\n', 'next');
    const pull = { title: 'Next', head: 'next', base: 'main' };
    await acme.ask('admin', 'POST', `/repos/${DEFAULTS}/pulls`, pull);
    await acme.advance('PT1M');
    const path = `/repos/${DEFAULTS}/commits/${head}/check-runs?check_name=subagents-config`;
    const [run] = (await acme.ask('admin', 'GET', path)).body.check_runs;
    expect([run.conclusion, run.output.annotations_count]).toEqual(['failure', 1]);
  });

  test('gives way to a file of its own as a whole', async () => {
    const content = Buffer.from('title: "Own {number}: {title}"\n').toString('base64');
    await acme.repo('admin', 'PUT', `/contents/${PATH}`, { message: 'Settings', content });
    await acme.advance('PT1M');
    await acme.deploy(2);
    const pull = await acme.pullOf(2);
    expect([pull.head.ref, pull.title]).toEqual(['feature/issue-2', 'Own 2: Part 2']);
  });
});
