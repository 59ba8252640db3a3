import { describe, expect, test } from '@jest/globals';
import { join } from 'node:path';
import type { GitRepository } from '../../src/git/repository.js';
import { ada, bot, client, commit, textAt, withRepository } from './helpers.js';

const grace = { name: 'Grace', email: 'grace@example.com', date: '2026-01-05T11:00:00Z', offset: '-0500' };
const LINES = 'a\nb\nc\nd\ne\nf\n';

async function rebased(repository: GitRepository, head: string, onto: string): Promise<string> {
  const result = await repository.rebase({ head, onto, committer: bot });
  if (!('head' in result)) throw new Error(`not rebased: ${JSON.stringify(result)}`);
  return result.head;
}

describe('a rebase', () => {
  test('puts the commits on the new base with their authors and messages, and the committer of the rebase', () =>
    withRepository(async (repository) => {
      const root = await commit(repository, [], { file: LINES });
      const onto = await commit(repository, [root], { file: LINES.replace('a', 'A') });
      const one = await commit(repository, [root], { file: LINES.replace('f', 'F') }, 'one', grace);
      const two = await commit(repository, [one], { new: '2' }, 'two\n\nbody', ada);
      const head = await rebased(repository, two, onto);
      const [second, first] = await repository.listCommits({ from: head, exclude: onto });
      expect(second).toMatchObject({ message: 'two\n\nbody', author: ada, committer: bot });
      expect(first).toMatchObject({ message: 'one', author: grace, committer: bot, parents: [onto] });
      expect(await textAt(repository, head, 'file')).toBe('A\nb\nc\nd\ne\nF\n');
      expect(await textAt(repository, head, 'new')).toBe('2');
      expect(await repository.listRefs()).toEqual(new Map());
    }));

  test('stops at the commit that conflicts and names it and the paths', () =>
    withRepository(async (repository) => {
      const root = await commit(repository, [], { file: LINES, other: '1' });
      const onto = await commit(repository, [root], { file: LINES.replace('c', 'ours') });
      const clean = await commit(repository, [root], { other: '2' });
      const bad = await commit(repository, [clean], { file: LINES.replace('c', 'theirs') });
      const head = await commit(repository, [bad], { other: '3' });
      expect(await repository.rebase({ head, onto, committer: bot })).toEqual({
        at: bad,
        conflicts: ['file'],
      });
    }));

  test('drops a commit that becomes empty and keeps one that was made empty', () =>
    withRepository(async (repository) => {
      const root = await commit(repository, [], { file: LINES, other: '1\n' });
      // The same change together with another one: not the same patch, but nothing is left of it.
      const onto = await commit(repository, [root], { file: LINES.replace('c', 'C'), new: 'x' });
      const becomesEmpty = await commit(
        repository,
        [root],
        { file: LINES.replace('c', 'C') },
        'becomes empty',
      );
      const wasEmpty = await commit(repository, [becomesEmpty], {}, 'was empty');
      const kept = await commit(repository, [wasEmpty], { other: '2\n' }, 'kept');
      const head = await rebased(repository, kept, onto);
      const messages = (await repository.listCommits({ from: head, exclude: onto })).map(
        ({ message }) => message,
      );
      expect(messages).toEqual(['kept', 'was empty']);
      expect(await repository.rebase({ head: becomesEmpty, onto, committer: bot })).toEqual({ empty: true });
    }));

  test('leaves out a change that the base took over and then changed further', () =>
    withRepository(async (repository) => {
      const root = await commit(repository, [], { file: LINES });
      const picked = await commit(repository, [root], { file: LINES.replace('c', 'C') }, 'on the base');
      const onto = await commit(repository, [picked], { file: LINES.replace('c', 'changed again') });
      const same = await commit(repository, [root], { file: LINES.replace('c', 'C') }, 'on the branch');
      const head = await commit(repository, [same], { new: '1' });
      expect(await textAt(repository, await rebased(repository, head, onto), 'file')).toBe(
        LINES.replace('c', 'changed again'),
      );
    }));

  test('takes merges of the base out of the branch', () =>
    withRepository(async (repository) => {
      const root = await commit(repository, [], { file: LINES });
      const onto = await commit(repository, [root], { main: '1' });
      const work = await commit(repository, [root], { work: '1' }, 'work');
      const merge = await commit(repository, [work, onto], { main: '1' }, 'merge');
      const more = await commit(repository, [merge], { work: '2' }, 'more');
      const head = await rebased(repository, more, onto);
      const commits = await repository.listCommits({ from: head, exclude: onto });
      expect(commits.map(({ message, parents }) => [message, parents.length])).toEqual([
        ['more', 1],
        ['work', 1],
      ]);
      expect(await repository.readCommit(head)).toMatchObject({
        tree: (await repository.readCommit(more))?.tree,
      });
    }));

  test('writes the commits anew where the branch is up to date already, and is empty where there are none', () =>
    withRepository(async (repository) => {
      const onto = await commit(repository, [], { file: LINES });
      const ahead = await commit(repository, [onto], { a: '1' });
      const head = await rebased(repository, ahead, onto);
      expect(head).not.toBe(ahead);
      expect(await repository.readCommit(head)).toMatchObject({
        parents: [onto],
        committer: bot,
        author: ada,
      });
      expect(await repository.rebase({ head: onto, onto: ahead, committer: bot })).toEqual({ empty: true });
    }));

  test('gives the trees and messages that git rebase gives in a clone', () =>
    withRepository(async (repository, root) => {
      const start = await commit(repository, [], { file: LINES, moved: `${LINES}${LINES}g\n`, x: '1\n' });
      const onto = await commit(repository, [start], {
        moved: null,
        'dir/moved': `${LINES}${LINES}g\n`,
        x: '2\n',
      });
      const one = await commit(repository, [start], { moved: `${LINES}${LINES}G\n` }, 'edits what was moved');
      const two = await commit(repository, [one], { x: '2\n' }, 'becomes empty');
      const side = await commit(repository, [start], { side: 's\n' }, 'side');
      const merge = await commit(repository, [two, side], { side: 's\n', added: 'in the merge\n' }, 'merge');
      const head = await commit(repository, [merge], { file: LINES.replace('a', 'A') }, 'last');
      await repository.updateRefs([
        { name: 'refs/heads/main', before: undefined, after: onto },
        { name: 'refs/heads/topic', before: undefined, after: head },
      ]);
      await client(root, 'clone', '-q', repository.dir, 'work');
      const work = join(root, 'work');
      await client(work, 'checkout', '-q', 'topic');
      expect(await client(work, 'rebase', '-q', 'origin/main')).toMatchObject({ code: 0 });
      const log = ['log', '--format=%T %s', `${onto}..`];
      const ours = await rebased(repository, head, onto);
      const commits = await repository.listCommits({ from: ours, exclude: onto });
      const { stdout } = await client(work, ...log);
      expect(commits.map(({ tree, message }) => `${tree} ${message}`).toSorted()).toEqual(
        stdout.trim().split('\n').toSorted(),
      );
      expect(commits[0]?.message).toBe('last');
    }));
});
