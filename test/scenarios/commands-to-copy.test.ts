import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { load } from 'js-yaml';

import { createCi, mergeAll, untilQuiet } from '../support/landing.js';
import { type Loose, type Sandbox, startSandbox } from '../support/sandbox.js';

/** As hostile as names may be: git, GitHub and the settings allow all of this. */
const BRANCH = `work/$(touch$IFS$9owned)'";&{number}`;
const WORKTREE = "it's $(touch owned); `touch owned` & {number}";
const TITLE = '$(touch owned)`touch owned`\'; touch owned; "\n```\n- touch owned';

const named = (template: string, issue: number) => template.replace('{number}', String(issue));
const branchOf = (issue: number) => named(BRANCH, issue);
const worktreeOf = (issue: number) => named(WORKTREE, issue);

/** Private, so that nothing can be read without a token. The first two share code: the second is rebased to land. */
const SEED = JSON.stringify({
  repository: 'acme/market',
  public: false,
  files: { 'README.md': '# Market\n' },
  config: { branch: BRANCH, worktree: WORKTREE, merge: { method: 'squash' } },
  issues: [1, 2, 3].map((number) => ({
    number,
    title: `${TITLE.replaceAll('\n', ' ')} ${number}`,
    body: '### Effort\n\n5-6h\n\n### Risk\n\nhigh\n',
    author: 'olaf',
    labels: number === 3 ? [] : ['shares:market.py'],
    blocked_by: number === 3 ? [1] : [],
  })),
  users: [
    { login: 'ada', role: 'admin' },
    { login: 'grace', role: 'maintain' },
    { login: 'linus', role: 'write' },
    { login: 'olaf', role: 'none' },
  ],
});

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly errors: string;
}

let sandbox: Sandbox;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'commands-'));
  sandbox = await startSandbox({ seed: SEED });
  await sandbox.deploy(1, 2, 3);
  // What the issues wait for is written natively in a round of its own.
  await sandbox.advance('PT1M');
}, 60_000);
afterAll(async () => {
  await sandbox.stop();
  await rm(folder, { recursive: true });
});

/** What a program run by linus, who has his token where git finds it, prints. */
async function run(cwd: string, command: string, args: readonly string[], input = ''): Promise<Ran> {
  const env = {
    PATH: process.env['PATH'],
    HOME: folder,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: 'credential.helper',
    GIT_CONFIG_VALUE_0: '!f() { echo username=linus; echo "password=$TOKEN"; }; f',
    GIT_AUTHOR_NAME: 'linus',
    GIT_AUTHOR_EMAIL: 'linus@example.com',
    GIT_COMMITTER_NAME: 'linus',
    GIT_COMMITTER_EMAIL: 'linus@example.com',
    TOKEN: sandbox.info.tokens['writer'],
  };
  return new Promise((resolve) => {
    const child = execFile(command, [...args], { cwd, env }, (error, out, errors) => {
      resolve({ code: error === null ? 0 : Number(error.code), out, errors });
    });
    // A program that does not read may have ended by then.
    child.stdin?.on('error', () => {}).end(input);
  });
}

const pipe = (block: string, cwd = folder) => run(cwd, 'sh', ['-eu'], block);

async function git(cwd: string, ...args: string[]): Promise<string> {
  const { code, out, errors } = await run(cwd, 'git', args);
  expect({ code, errors: code === 0 ? '' : errors }).toEqual({ code: 0, errors: '' });
  return out.trim();
}

/** The fenced blocks of a language in the body of the tracking issue, as REST gives it. */
async function blocks(language: string): Promise<string[]> {
  const { body } = await sandbox.tracker();
  return [...body.matchAll(/^(`{3,})(\w+)\n([^]*?)^\1$/gm)]
    .filter((match: RegExpExecArray) => match[2] === language)
    .map((match: RegExpExecArray) => match[3] ?? '');
}

const commit = async (issue: number, file: string) => {
  const tree = join(folder, worktreeOf(issue));
  await writeFile(join(tree, file), `${file}\n`);
  await git(tree, 'add', file);
  await git(tree, 'commit', '-qm', `Add ${file}`);
};

test('the batch configuration says all that a program needs to start them', async () => {
  const [text = ''] = await blocks('yaml');
  const pulls = await sandbox.pulls();
  const subagent = (issue: number) => ({
    issue,
    branch: branchOf(issue),
    'branch-exists': true,
    worktree: worktreeOf(issue),
    'task-file': `.agents/subagent_issue_${issue}.md`,
    'pull-request': pulls.find((pull) => pull.head.ref === branchOf(issue)).number,
    'effort-hours': { low: 5, high: 6 },
    risk: 'high',
  });
  const shares = (issue: number) => [{ what: 'market.py', issues: [issue] }];
  const free = { state: 'ready to start', 'depends-on': [], 'waits-for': [] };
  const waiting = { state: 'not started', 'depends-on': [1], 'waits-for': [1] };
  expect(load(text)).toEqual({
    version: 1,
    repository: 'acme/market',
    'clone-url': sandbox.info.git,
    base: 'main',
    strategy: 'individual pull requests',
    'start-when': 'unblocked',
    'max-running': 4,
    paused: false,
    frozen: false,
    'merge-order': [1, 2, 3],
    subagents: [
      { ...subagent(1), ...free, 'shares-with': shares(2) },
      { ...subagent(2), ...free, 'shares-with': shares(1) },
      { ...subagent(3), ...waiting, 'shares-with': [] },
    ],
  });
});

test('the first block makes a clone and a worktree for each, on its branch and with its task file, and can be run again', async () => {
  const [start = ''] = await blocks('sh');
  expect(await pipe(start)).toMatchObject({ code: 0 });
  const trees = [1, 2, 3].map(worktreeOf);
  expect((await readdir(folder)).sort()).toEqual([...trees, 'market'].sort());
  for (const issue of [1, 2, 3]) {
    const tree = join(folder, worktreeOf(issue));
    expect(await git(tree, 'branch', '--show-current')).toBe(branchOf(issue));
    expect(await git(tree, 'rev-parse', '--abbrev-ref', '@{upstream}')).toBe(`origin/${branchOf(issue)}`);
    const task = await readFile(join(tree, `.agents/subagent_issue_${issue}.md`), 'utf8');
    expect(task).toMatch(new RegExp(`^# Issue #${issue}: `));
  }
  await writeFile(join(folder, worktreeOf(1), 'draft.py'), 'not committed\n');
  expect(await pipe(start)).toMatchObject({ code: 0 });
  expect(await git(join(folder, worktreeOf(1)), 'status', '--short')).toBe('?? draft.py');
  await rm(join(folder, worktreeOf(1), 'draft.py'));
});

test('the first block serves those who have a clone, without its first line and with their name for it', async () => {
  const [start = ''] = await blocks('sh');
  const around = join(folder, 'elsewhere');
  await mkdir(around);
  await git(around, 'clone', '-q', sandbox.info.git, 'mine');
  const [first, ...others] = start.replaceAll(' market ', ' mine ').split('\n');
  expect(first).toMatch(/\|\| git clone /);
  expect(await pipe(others.join('\n'), around)).toMatchObject({ code: 0 });
  expect(await git(join(around, worktreeOf(3)), 'branch', '--show-current')).toBe(branchOf(3));
  await rm(around, { recursive: true });
});

test('the second block shows branches, worktrees, and what has changed in each', async () => {
  await commit(2, 'second.py');
  const [, monitor = ''] = await blocks('sh');
  const { code, out } = await pipe(monitor);
  expect(code).toBe(0);
  for (const issue of [1, 2, 3]) {
    expect(out).toContain(` remotes/origin/${branchOf(issue)} `);
    expect(out).toContain(`/${worktreeOf(issue)} `);
    expect(out).toContain(
      `## ${branchOf(issue)}...origin/${branchOf(issue)}${issue === 2 ? ' [ahead 1]' : ''}\n`,
    );
  }
});

test('what is pushed from the worktrees lands, and the third block cleans up after it, but never after what nobody else has', async () => {
  expect(await blocks('sh')).toHaveLength(2);
  await commit(1, 'first.py');
  for (const issue of [1, 2]) {
    await git(join(folder, worktreeOf(issue)), 'push', '-q');
    await sandbox.comment('writer', issue, '/ready');
  }
  await sandbox.settle();
  await mergeAll(sandbox);
  await untilQuiet(sandbox, createCi(sandbox));
  const merged = (await sandbox.pulls()).filter((pull: Loose) => pull.merged_at !== null);
  expect(merged.map((pull: Loose) => String(pull.head.ref)).sort()).toEqual([branchOf(1), branchOf(2)]);
  // The second was rebased to land, so what it is compared with has other commits of the same content.
  const pushed = await git(join(folder, worktreeOf(2)), 'rev-parse', 'HEAD');
  const second = merged.find((pull: Loose) => pull.head.ref === branchOf(2));
  const landed = await sandbox.repo('admin', 'GET', `/pulls/${second.number}/commits`);
  expect(landed.map(({ sha }: Loose) => sha)).not.toContain(pushed);
  await commit(2, 'never-pushed.py');

  const [, , clean = ''] = await blocks('sh');
  const stopped = await pipe(clean);
  expect(stopped.code).toBe(1);
  const left = await git(join(folder, worktreeOf(2)), 'rev-parse', '--short', 'HEAD');
  expect(stopped.errors).toContain(
    `${branchOf(2)} has commits that pull request ${second.number} has not: ${left}\n`,
  );
  expect((await readdir(folder)).sort()).toEqual([worktreeOf(2), worktreeOf(3), 'market'].sort());

  const tree = join(folder, worktreeOf(2));
  await git(tree, 'checkout', '-q', '--detach');
  await git(tree, 'branch', '-q', '--force', branchOf(2), 'HEAD~1');
  expect((await pipe(clean)).errors).toContain(`${worktreeOf(2)} is not on ${branchOf(2)}: `);
  await git(tree, 'checkout', '-q', branchOf(2));
  await writeFile(join(tree, 'second.py'), '  second.py\n');
  await git(tree, 'commit', '-qa', '--amend', '--no-edit');
  expect((await pipe(clean)).errors).toContain(
    `${branchOf(2)} differs from pull request ${second.number} in white space, `,
  );
  expect((await readdir(folder)).sort()).toEqual([worktreeOf(2), worktreeOf(3), 'market'].sort());

  await git(tree, 'reset', '-q', '--hard', pushed);
  expect(await pipe(clean)).toMatchObject({ code: 0 });
  expect((await readdir(folder)).sort()).toEqual([worktreeOf(3), 'market'].sort());
  expect(await git(join(folder, 'market'), 'for-each-ref', '--format=%(refname:short)', 'refs/heads')).toBe(
    ['main', branchOf(3)].join('\n'),
  );
  expect(existsSync(join(folder, 'owned'))).toBe(false);
}, 60_000);
