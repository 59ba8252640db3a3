import { describe, expect, test } from '@jest/globals';
import { ada, commit, textAt, withRepository } from './helpers.js';

const later = (minutes: number) => ({
  ...ada,
  date: new Date(Date.parse(ada.date) + minutes * 60_000).toISOString(),
});

describe('ancestry', () => {
  test('merge base, containment and distance of two branches', () =>
    withRepository(async (repository) => {
      const root = await commit(repository, [], { a: '1' });
      const main = await commit(repository, [root], { a: '2' });
      const one = await commit(repository, [root], { b: '1' });
      const two = await commit(repository, [one], { b: '2' });
      expect(await repository.mergeBase(main, two)).toBe(root);
      expect(await repository.isAncestor(root, two)).toBe(true);
      expect(await repository.isAncestor(two, two)).toBe(true);
      expect(await repository.isAncestor(main, two)).toBe(false);
      expect(await repository.countBetween(main, two)).toEqual({ ahead: 2, behind: 1 });
    }));

  test('two commits without common history have no merge base', () =>
    withRepository(async (repository) => {
      const a = await commit(repository, [], { a: '1' });
      const b = await commit(repository, [], { b: '1' });
      expect(await repository.mergeBase(a, b)).toBeUndefined();
      expect(await repository.compare(a, b)).toMatchObject({ status: 'diverged', mergeBase: undefined });
    }));

  test('a commit that is missing is an error until it arrives', () =>
    withRepository((elsewhere) =>
      withRepository(async (repository) => {
        const root = await commit(repository, [], { a: '1' });
        await commit(elsewhere, [], { a: '1' });
        const two = await commit(elsewhere, [root], { b: '1' });
        await expect(repository.isAncestor(root, two)).rejects.toThrow('rev-list');
        expect(await commit(repository, [root], { b: '1' })).toBe(two);
        expect(await repository.isAncestor(root, two)).toBe(true);
        expect(await repository.changedFiles(root, two)).toEqual(await elsewhere.changedFiles(root, two));
      }),
    ));
});

describe('lists of commits', () => {
  test('are newest first, and can be cut, paged and narrowed to a path', () =>
    withRepository(async (repository) => {
      const one = await commit(repository, [], { 'dir/a': '1' }, 'one', later(0));
      const two = await commit(repository, [one], { b: '1' }, 'two', later(1));
      const three = await commit(repository, [two], { 'dir/a': '2' }, 'three', later(2));
      const messages = async (query: object) =>
        (await repository.listCommits({ from: three, ...query })).map(({ message }) => message);
      expect(await messages({})).toEqual(['three', 'two', 'one']);
      expect(await messages({ limit: 1, skip: 1 })).toEqual(['two']);
      expect(await messages({ exclude: one })).toEqual(['three', 'two']);
      expect(await messages({ path: 'dir/a' })).toEqual(['three', 'one']);
      expect(await messages({ path: 'dir/*' })).toEqual([]);
    }));

  test('never show a parent before its child, even if clocks were wrong', () =>
    withRepository(async (repository) => {
      const root = await commit(repository, [], { a: '1' }, 'root', later(60));
      const left = await commit(repository, [root], { b: '1' }, 'left 1', later(1));
      const right = await commit(repository, [root], { c: '1' }, 'right 2', later(2));
      const left2 = await commit(repository, [left], { b: '2' }, 'left 3', later(3));
      const right2 = await commit(repository, [right], { c: '2' }, 'right 4', later(4));
      const merge = await commit(repository, [left2, right2], { c: '2' }, 'merge', later(0));
      const messages = (await repository.listCommits({ from: merge })).map(({ message }) => message);
      expect(messages).toEqual(['merge', 'right 4', 'left 3', 'right 2', 'left 1', 'root']);
    }));
});

describe('a comparison', () => {
  test('says identical, ahead, behind and diverged, with the commits of the head oldest first', () =>
    withRepository(async (repository) => {
      const root = await commit(repository, [], { a: '1' });
      const main = await commit(repository, [root], { a: '2' });
      const one = await commit(repository, [root], { b: '1' }, 'one');
      const two = await commit(repository, [one], { b: '2' }, 'two');
      const same = { aheadBy: 0, behindBy: 0, mergeBase: two, commits: [] };
      expect(await repository.compare(two, two)).toEqual({ status: 'identical', ...same });
      expect(await repository.compare(two, root)).toEqual({
        ...same,
        status: 'behind',
        behindBy: 2,
        mergeBase: root,
      });
      const ahead = await repository.compare(root, two);
      expect(ahead).toMatchObject({ status: 'ahead', aheadBy: 2, behindBy: 0, mergeBase: root });
      expect(ahead.commits.map(({ message }) => message)).toEqual(['one', 'two']);
      const diverged = await repository.compare(main, two);
      expect(diverged).toMatchObject({ status: 'diverged', aheadBy: 2, behindBy: 1, mergeBase: root });
      expect(diverged.commits.map(({ oid }) => oid)).toEqual([one, two]);
    }));
});

describe('merging two commits', () => {
  test('gives the tree with both changes and writes no commit and no ref', () =>
    withRepository(async (repository) => {
      const root = await commit(repository, [], { a: '1\n2\n3\n4\n5\n' });
      const ours = await commit(repository, [root], { a: 'one\n2\n3\n4\n5\n' });
      const theirs = await commit(repository, [root], { a: '1\n2\n3\n4\nfive\n', b: 'new' });
      const merged = await repository.mergeTrees(ours, theirs);
      const tree = 'tree' in merged ? merged.tree : '';
      expect(await textAt(repository, tree, 'a')).toBe('one\n2\n3\n4\nfive\n');
      expect(await textAt(repository, tree, 'b')).toBe('new');
      expect(await repository.listRefs()).toEqual(new Map());
    }));

  test('names every path that conflicts, of any script', () =>
    withRepository(async (repository) => {
      const root = await commit(repository, [], { 'größe 🚂.md': '1', gone: '1', clean: '1' });
      const ours = await commit(repository, [root], { 'größe 🚂.md': '2', gone: null, clean: '2' });
      const theirs = await commit(repository, [root], { 'größe 🚂.md': '3', gone: '2' });
      expect(await repository.mergeTrees(ours, theirs)).toEqual({ conflicts: ['gone', 'größe 🚂.md'] });
    }));

  test('without common history is a conflict', () =>
    withRepository(async (repository) => {
      const a = await commit(repository, [], { a: '1' });
      const b = await commit(repository, [], { b: '1' });
      expect(await repository.mergeTrees(a, b)).toEqual({ conflicts: [] });
    }));
});
