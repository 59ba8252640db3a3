import { describe, expect, test } from '@jest/globals';
import { symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { client, commit, withRepository } from './helpers.js';

const LONG = Array.from({ length: 20 }, (_, index) => `line ${index}\n`).join('');

describe('changed files', () => {
  test('tell added, modified, removed and renamed, with lines, hunks and blobs', () =>
    withRepository(async (repository) => {
      const from = await commit(repository, [], { 'b.txt': '1\n2\n', 'gone.txt': 'x\n', 'old.txt': LONG });
      const to = await commit(repository, [from], {
        'a.txt': 'new\nlines',
        'b.txt': '1\ntwo\n',
        'gone.txt': null,
        'old.txt': null,
        'renamed ü.txt': LONG.replace('line 7', 'line seven'),
      });
      const oidOf = async (treeish: string, path: string) => (await repository.entryAt(treeish, path))?.oid;
      expect(await repository.changedFiles(from, to)).toEqual([
        {
          path: 'a.txt',
          status: 'added',
          additions: 2,
          deletions: 0,
          patch: '@@ -0,0 +1,2 @@\n+new\n+lines\n\\ No newline at end of file',
          oid: await oidOf(to, 'a.txt'),
        },
        {
          path: 'b.txt',
          status: 'modified',
          additions: 1,
          deletions: 1,
          patch: '@@ -1,2 +1,2 @@\n 1\n-2\n+two',
          oid: await oidOf(to, 'b.txt'),
        },
        {
          path: 'gone.txt',
          status: 'removed',
          additions: 0,
          deletions: 1,
          patch: '@@ -1 +0,0 @@\n-x',
          oid: await oidOf(from, 'gone.txt'),
        },
        {
          path: 'renamed ü.txt',
          previousPath: 'old.txt',
          status: 'renamed',
          additions: 1,
          deletions: 1,
          patch: expect.stringMatching(/^@@ -5,7 \+5,7 @@.*\n-line 7\n\+line seven\n/s),
          oid: await oidOf(to, 'renamed ü.txt'),
        },
      ]);
    }));

  test('of a file that moved as it is have no patch, and a rewritten one is no rename', () =>
    withRepository(async (repository) => {
      const from = await commit(repository, [], { 'one.txt': LONG, 'two.txt': LONG.toUpperCase() });
      const to = await commit(repository, [from], {
        'one.txt': null,
        'dir/one.txt': LONG,
        'two.txt': null,
        'zwei.txt': 'nothing in common\n',
      });
      const files = await repository.changedFiles(from, to);
      expect(files.map(({ path, status, patch }) => [path, status, patch === undefined])).toEqual([
        ['dir/one.txt', 'renamed', true],
        ['two.txt', 'removed', false],
        ['zwei.txt', 'added', false],
      ]);
    }));

  test('of a binary or an empty file have no patch and no lines', () =>
    withRepository(async (repository) => {
      const to = await commit(repository, [], { 'bin.dat': 'a\0b\n', empty: '', 'text.txt': 't\n' });
      expect(await repository.changedFiles(undefined, to)).toMatchObject([
        { path: 'bin.dat', status: 'added', additions: 0, deletions: 0 },
        { path: 'empty', status: 'added', additions: 0, deletions: 0 },
        { path: 'text.txt', status: 'added', additions: 1, patch: '@@ -0,0 +1 @@\n+t' },
      ]);
      const [binary, empty] = await repository.changedFiles(undefined, to);
      expect([binary, empty].map((file) => file && 'patch' in file)).toEqual([false, false]);
    }));

  test('are not confused by lines that look like a patch, nor by carriage returns', () =>
    withRepository(async (repository) => {
      const text = 'x\rdiff --git a/q b/q\n@@ -1 +1 @@\ndiff --git a/r b/r\n';
      const to = await commit(repository, [], { 'a.patch': text, 'b.txt': 'b\n' });
      expect(await repository.changedFiles(undefined, to)).toMatchObject([
        {
          path: 'a.patch',
          additions: 3,
          patch: '@@ -0,0 +1,3 @@\n+x\rdiff --git a/q b/q\n+@@ -1 +1 @@\n+diff --git a/r b/r',
        },
        { path: 'b.txt', patch: '@@ -0,0 +1 @@\n+b' },
      ]);
    }));

  test('a file that became a link is modified, and the files after it keep their own patches', () =>
    withRepository(async (repository, root) => {
      const from = await commit(repository, [], { link: 'text\n', next: '1\n' });
      await repository.updateRefs([{ name: 'refs/heads/main', before: undefined, after: from }]);
      await client(root, 'clone', '-q', repository.dir, 'work');
      const work = join(root, 'work');
      await client(work, 'rm', '-q', 'link');
      await symlink('next', join(work, 'link'));
      await writeFile(join(work, 'next'), '2\n');
      await client(work, 'add', '.');
      await client(work, 'commit', '-qm', 'link');
      await client(repository.dir, 'fetch', '-q', work, 'main:refs/heads/link');
      const to = (await repository.listRefs()).get('refs/heads/link') ?? '';
      expect(await repository.changedFiles(from, to)).toMatchObject([
        {
          path: 'link',
          status: 'modified',
          patch: expect.stringMatching(/^@@ -1 \+0,0 @@\n-text\n@@ -0,0 \+1 @@\n\+next/),
        },
        { path: 'next', status: 'modified', patch: '@@ -1 +1 @@\n-1\n+2' },
      ]);
    }));

  test('of two equal trees are none', () =>
    withRepository(async (repository) => {
      const from = await commit(repository, [], { a: '1' });
      expect(await repository.changedFiles(from, await commit(repository, [from], {}))).toEqual([]);
    }));
});
