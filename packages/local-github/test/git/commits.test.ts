import { describe, expect, test } from '@jest/globals';
import { chmod, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { GitError } from '../../src/git/run.js';
import { createRepository } from '../../src/git/repository.js';
import { ada, bot, client, commit, textAt, withRepository } from './helpers.js';

const MISSING = 'f'.repeat(40);

describe('a new repository', () => {
  test('is bare, empty and on its default branch, with no hook but its own', () =>
    withRepository(async (repository) => {
      expect(await readFile(join(repository.dir, 'HEAD'), 'utf8')).toBe('ref: refs/heads/main\n');
      expect(await repository.listRefs()).toEqual(new Map());
      expect(await readdir(join(repository.dir, 'hooks'))).toEqual(['pre-receive', 'pre-receive.mjs']);
    }));

  test('that git refuses to make is an error with the command and what git said', () =>
    withRepository(async (_, root) => {
      await writeFile(join(root, 'file'), '');
      const refused = createRepository(join(root, 'file/x.git'), { defaultBranch: 'main' });
      await expect(refused).rejects.toThrow(GitError);
      await expect(refused).rejects.toMatchObject({
        command: expect.stringContaining('git init'),
        stderr: expect.stringContaining('cannot mkdir'),
      });
    }));

  test('without git on the machine is an error that names the command', () =>
    withRepository(async (repository) => {
      const path = process.env['PATH'];
      process.env['PATH'] = '/nonexistent';
      try {
        await expect(repository.listRefs()).rejects.toThrow(/^git for-each-ref.*ENOENT/);
        await expect(repository.readCommit(MISSING)).rejects.toThrow(GitError);
      } finally {
        process.env['PATH'] = path;
      }
    }));

  test('refuses reads after it was closed, so that no process outlives it', () =>
    withRepository(async (repository) => {
      const oid = await commit(repository, [], { a: '1' });
      expect(await repository.objectType(oid)).toBe('commit');
      await repository.close();
      await expect(repository.objectType(oid)).rejects.toThrow('was closed');
    }));
});

describe('writing commits', () => {
  test('keeps author, committer, dates with their zone, and the message byte for byte, and moves no ref', () =>
    withRepository(async (repository) => {
      const author = {
        name: 'Zoë Ångström',
        email: 'zoe@example.com',
        date: '2026-01-05T12:30:00+02:00',
        offset: '+0200',
      };
      const message = 'Fix: Issue #8 - "quotes"\n\nBody with 💥 and no line break at the end';
      const { oid } = await repository.writeCommit({
        parents: [],
        base: undefined,
        additions: [{ path: 'a.txt', content: Buffer.from('one\n') }],
        deletions: [],
        message,
        author,
        committer: bot,
      });
      expect(await repository.readCommit(oid)).toEqual({
        oid,
        tree: expect.stringMatching(/^[0-9a-f]{40}$/),
        parents: [],
        author: { ...author, date: '2026-01-05T10:30:00Z' },
        committer: { ...bot, offset: '+0000' },
        message,
      });
      expect(await repository.listRefs()).toEqual(new Map());
    }));

  test('equal input gives the equal commit, whatever the time is', () =>
    withRepository(async (repository) => {
      const first = await commit(repository, [], { a: '1' });
      expect(await commit(repository, [], { a: '1' })).toBe(first);
    }));

  test('adds, replaces and deletes files, and leaves no empty folder', () =>
    withRepository(async (repository) => {
      const before = await commit(repository, [], { 'a/b/c.txt': 'c', 'd.txt': 'old', 'e.txt': 'e' });
      const after = await commit(repository, [before], { 'a/b/c.txt': null, 'd.txt': 'new', 'f/g.txt': 'g' });
      expect(await repository.listTree(after, '')).toMatchObject([
        { path: 'd.txt' },
        { path: 'e.txt' },
        { path: 'f' },
      ]);
      expect(await textAt(repository, after, 'd.txt')).toBe('new');
      expect((await repository.readCommit(after))?.parents).toEqual([before]);
    }));

  test('starts from the files of another commit than the parent where that is asked for', () =>
    withRepository(async (repository) => {
      const parent = await commit(repository, [], { a: 'parent' });
      const base = await commit(repository, [], { b: 'base' });
      const person = { author: ada, committer: ada };
      const { oid } = await repository.writeCommit({
        parents: [parent, base],
        base,
        additions: [],
        deletions: [],
        message: '',
        ...person,
      });
      expect(await repository.readCommit(oid)).toMatchObject({ parents: [parent, base], message: '' });
      expect(await repository.listTree(oid, '')).toMatchObject([{ path: 'b', type: 'blob', size: 4 }]);
    }));

  test('an empty commit has the tree of its parent', () =>
    withRepository(async (repository) => {
      const parent = await commit(repository, [], { a: '1' });
      const empty = await commit(repository, [parent], {});
      expect((await repository.readCommit(empty))?.tree).toBe((await repository.readCommit(parent))?.tree);
      expect(empty).not.toBe(parent);
    }));

  test('paths with spaces, quotes, backslashes, line breaks and any script survive', () =>
    withRepository(async (repository) => {
      const paths = ['sp ace/"quoted".txt', 'back\\slash', 'line\nbreak', 'größe/文件/🚂.md', ':(glob)*'];
      const oid = await commit(
        repository,
        [],
        Object.fromEntries(paths.map((path) => [path, `text of ${path}`])),
      );
      for (const path of paths) expect(await textAt(repository, oid, path)).toBe(`text of ${path}`);
      expect(await repository.listTree(oid, 'größe/文件')).toMatchObject([{ path: 'größe/文件/🚂.md' }]);
    }));

  test('binary content is kept as it is, 5 MB of it too', () =>
    withRepository(async (repository) => {
      const content = Buffer.alloc(5_000_000, Buffer.from([0, 10, 255, 13]));
      const change = {
        parents: [],
        base: undefined,
        deletions: [],
        message: 'x',
        author: ada,
        committer: ada,
      };
      const { oid } = await repository.writeCommit({ ...change, additions: [{ path: 'bin', content }] });
      const entry = await repository.entryAt(oid, 'bin');
      expect(entry?.size).toBe(content.length);
      expect((await repository.readBlob(entry?.oid ?? ''))?.equals(content)).toBe(true);
    }));

  test.each(['', '/a', 'a/', 'a//b', '../a', 'a/./b', '.git/config', 'a/.GIT/b', 'git~1/config', 'nul\0'])(
    'the path %j is refused before anything is written',
    (path) =>
      withRepository(async (repository) => {
        await expect(commit(repository, [], { [path]: 'x' })).rejects.toThrow(TypeError);
        await expect(commit(repository, [], { [path]: null })).rejects.toThrow(TypeError);
      }),
  );

  test('a parent or tree that does not exist is an error, an option in its place too', () =>
    withRepository(async (repository) => {
      const tree = (await repository.readCommit(await commit(repository, [], { a: '1' })))?.tree ?? '';
      const person = { message: 'x', author: ada, committer: ada };
      await expect(repository.commitTree({ ...person, tree, parents: [MISSING] })).rejects.toThrow(GitError);
      await expect(repository.commitTree({ ...person, tree: MISSING, parents: [] })).rejects.toThrow(
        GitError,
      );
      await expect(repository.commitTree({ ...person, tree: '--help', parents: [] })).rejects.toThrow(
        TypeError,
      );
      await expect(repository.mergeBase('--all', MISSING)).rejects.toThrow(TypeError);
    }));

  test('names that would break the commit lose only the characters that would', () =>
    withRepository(async (repository) => {
      const author = { ...ada, name: 'Eve <root@x>\ncommitter Mallory', email: 'eve>@example.com' };
      const oid = await commit(repository, [], {}, 'x', author);
      expect(await repository.readCommit(oid)).toMatchObject({
        author: { name: 'Eve root@xcommitter Mallory', email: 'eve@example.com' },
      });
    }));
});

describe('reading objects', () => {
  test('what does not exist, or is of another kind, is undefined', () =>
    withRepository(async (repository) => {
      const oid = await commit(repository, [], { 'a/b': '1' });
      const tree = (await repository.readCommit(oid))?.tree ?? '';
      expect(await repository.readCommit(MISSING)).toBeUndefined();
      expect(await repository.readCommit(tree)).toBeUndefined();
      expect(await repository.readCommit('main\nHEAD')).toBeUndefined();
      expect(await repository.readBlob(oid)).toBeUndefined();
      expect(await repository.objectType(tree)).toBe('tree');
      expect(await repository.objectType(oid.slice(0, 8))).toBeUndefined();
      expect(await repository.entryAt(oid, 'a/c')).toBeUndefined();
      expect(await repository.entryAt(oid, 'a/b/c')).toBeUndefined();
      expect(await repository.entryAt(MISSING, '')).toBeUndefined();
      expect(await repository.listTree(oid, 'a/b')).toBeUndefined();
      expect(await repository.entryAt(oid, '')).toEqual({
        path: '',
        mode: '040000',
        type: 'tree',
        oid: tree,
      });
      expect(await repository.entryAt(tree, 'a/b')).toMatchObject({ mode: '100644', type: 'blob', size: 1 });
    }));

  test('many reads at once are each answered with their own object', () =>
    withRepository(async (repository) => {
      const files = Object.fromEntries(
        Array.from({ length: 300 }, (_, index) => [`f${index}`, `${index}`.repeat(500)]),
      );
      const oid = await commit(repository, [], files);
      const texts = await Promise.all(Object.keys(files).map((path) => textAt(repository, oid, path)));
      expect(texts).toEqual(Object.values(files));
    }));

  test('a file that was executable in a clone stays so when its text is replaced', () =>
    withRepository(async (repository, root) => {
      await client(root, 'init', '-q', '-b', 'main', 'work');
      const work = join(root, 'work');
      await writeFile(join(work, 'run.sh'), '#!/bin/sh\n');
      await chmod(join(work, 'run.sh'), 0o755);
      await client(work, 'add', '.');
      await client(work, 'commit', '-qm', 'run');
      // Objects only: what is asked is about reading them, and pushes have a test of their own.
      await client(repository.dir, 'fetch', '-q', work, 'main:refs/heads/main');
      const head = (await repository.listRefs()).get('refs/heads/main') ?? '';
      const changed = await commit(repository, [head], { 'run.sh': '#!/bin/sh\necho\n', 'plain.sh': 'x' });
      expect(await repository.entryAt(changed, 'run.sh')).toMatchObject({ mode: '100755' });
      expect(await repository.entryAt(changed, 'plain.sh')).toMatchObject({ mode: '100644' });
    }));
});
