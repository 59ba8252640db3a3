/** The block that cleans up, run by git itself: what it deletes can only be seen there. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { blocks, bodyOf } from './blocks.js';
import { complete } from './reference.js';

const TREE = 'main-issue-8';
const BRANCH = 'feature/issue-8';
const PULL = 'refs/pull/21/head';
/** Long enough for a change at its end and a new function far above that. */
const CODE = ['def scan():', ...Array.from({ length: 12 }, (_, line) => `    step(${line})`)];

let folder: string;
let block: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'clean-up-'));
  block = blocks(bodyOf(complete()), 'sh')[0] ?? '';
  git('.', 'init', '-q', '--bare', '-b', 'main', 'origin.git');
  git('.', 'init', '-q', '-b', 'main', 'market');
  git('market', 'remote', 'add', 'origin', '../origin.git');
  commit('market', 'scan.py', CODE);
  git('market', 'push', '-q', 'origin', 'main');
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});
beforeEach(() => {
  rmSync(join(folder, TREE), { recursive: true, force: true });
  git('market', 'worktree', 'prune');
  git('market', 'worktree', 'add', '-q', '-B', BRANCH, `../${TREE}`, 'main');
});

/** Those that a commit needs, and some that change what git prints for people. */
const SETTINGS = [
  'user.name=linus',
  'user.email=linus@example.com',
  'log.showSignature=true',
  'color.ui=always',
  'diff.context=0',
];

function environment() {
  const settings = SETTINGS.map((setting) => `'${setting}'`).join(' ');
  const path = process.env['PATH'];
  return { PATH: path, HOME: folder, GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_PARAMETERS: settings };
}

function git(cwd: string, ...args: readonly string[]): string {
  return execFileSync('git', args, { cwd: join(folder, cwd), env: environment(), encoding: 'utf8' }).trim();
}

function commit(cwd: string, file: string, lines: readonly string[], ...options: readonly string[]): void {
  writeFileSync(join(folder, cwd, file), `${lines.join('\n')}\n`);
  git(cwd, 'add', file);
  git(cwd, 'commit', '-q', '-m', `Write ${file}`, ...options);
}

function push(): void {
  git(TREE, 'push', '-q', '--force', 'origin', `HEAD:${PULL}`);
}

function cleanUp() {
  const { status, stderr } = spawnSync('sh', ['-eu'], {
    cwd: folder,
    env: environment(),
    input: block,
    encoding: 'utf8',
  });
  const branch = git('market', 'branch', '--no-color', '--list', '--format=%(refname:short)', BRANCH);
  return { status, errors: stderr, left: [branch, existsSync(join(folder, TREE)) ? TREE : ''] };
}

const GONE = { status: 0, errors: '', left: ['', ''] };
const STOPPED = { status: 1, left: [BRANCH, TREE] };

test('a branch as it was before a rebase goes, also if the base got a function above its change', () => {
  commit(TREE, 'scan.py', [...CODE, '    stop()']);
  git(TREE, 'checkout', '-q', '--detach');
  git('market', 'checkout', '-q', '--detach');
  commit('market', 'scan.py', CODE.toSpliced(2, 0, '', 'def look():'));
  git(TREE, 'rebase', '-q', git('market', 'rev-parse', 'HEAD'));
  push();
  git('market', 'checkout', '-q', 'main');
  git(TREE, 'checkout', '-q', BRANCH);
  expect(cleanUp()).toEqual(GONE);
});

test('a branch that is behind its pull request goes', () => {
  commit(TREE, 'first.py', ['first']);
  commit(TREE, 'second.py', ['second']);
  push();
  git(TREE, 'reset', '-q', '--hard', 'HEAD~1');
  expect(cleanUp()).toEqual(GONE);
});

test('a commit that was not pushed is kept', () => {
  commit(TREE, 'first.py', ['first']);
  push();
  commit(TREE, 'second.py', ['second']);
  const short = git(TREE, 'rev-parse', '--short', 'HEAD');
  expect(cleanUp()).toEqual({
    ...STOPPED,
    errors: `${BRANCH} has commits that pull request 21 has not: ${short}\n`,
  });
});

test.each([
  { what: 'the white space', lines: ['if late:', '    scan()', 'stop()'], options: [] },
  { what: 'the message', lines: ['if late:', '    scan()', '    stop()'], options: ['-m', 'Stop'] },
])('an amended commit is kept, also if only $what differs from what was pushed', ({ lines, options }) => {
  commit(TREE, 'late.py', ['if late:', '    scan()', '    stop()']);
  push();
  commit(TREE, 'late.py', lines, '--amend', ...options);
  expect(cleanUp()).toEqual({
    ...STOPPED,
    errors: `${BRANCH} differs from pull request 21 in white space, messages or the order of commits\n`,
  });
});

test('a worktree that is not on its branch is kept, with the commits that only it has', () => {
  commit(TREE, 'first.py', ['first']);
  push();
  git(TREE, 'checkout', '-q', '--detach');
  commit(TREE, 'second.py', ['second']);
  expect(cleanUp()).toEqual({
    ...STOPPED,
    errors: `${TREE} is not on ${BRANCH}: end the rebase or bisect there, or switch back to it\n`,
  });
});
