import { describe, expect, test } from '@jest/globals';
import { GitError } from '../../src/git/run.js';
import { ZERO_OID } from '../../src/git/oid.js';
import { commit, withRepository } from './helpers.js';

const MAIN = 'refs/heads/main';
const TOPIC = 'refs/heads/feature/größe';

describe('updating refs', () => {
  test('creates, moves and deletes in one transaction', () =>
    withRepository(async (repository) => {
      const one = await commit(repository, [], { a: '1' });
      const two = await commit(repository, [one], { a: '2' });
      const created = [
        { name: MAIN, before: ZERO_OID, after: one },
        { name: TOPIC, before: undefined, after: one },
      ];
      expect(await repository.updateRefs(created)).toEqual({ ok: true });
      const moved = [
        { name: MAIN, before: one, after: two },
        { name: TOPIC, before: one, after: ZERO_OID },
        { name: 'refs/heads/never', before: ZERO_OID, after: ZERO_OID },
      ];
      expect(await repository.updateRefs(moved)).toEqual({ ok: true });
      expect(await repository.listRefs()).toEqual(new Map([[MAIN, two]]));
    }));

  test('with one ref that is not where it should be changes none, and names it', () =>
    withRepository(async (repository) => {
      const one = await commit(repository, [], { a: '1' });
      const two = await commit(repository, [one], { a: '2' });
      await repository.updateRefs([{ name: MAIN, before: ZERO_OID, after: one }]);
      const update = (before: string, after: string) =>
        repository.updateRefs([
          { name: TOPIC, before: ZERO_OID, after: two },
          { name: MAIN, before, after },
        ]);
      const lost = { ok: false, reason: 'moved', names: [MAIN] };
      expect(await update(two, two)).toEqual(lost);
      expect(await update(ZERO_OID, two)).toEqual(lost);
      expect(await update(two, ZERO_OID)).toEqual(lost);
      expect(await update(ZERO_OID, ZERO_OID)).toEqual(lost);
      expect(await repository.listRefs()).toEqual(new Map([[MAIN, one]]));
    }));

  test('deleting a ref that is gone loses the comparison', () =>
    withRepository(async (repository) => {
      const one = await commit(repository, [], { a: '1' });
      expect(await repository.updateRefs([{ name: MAIN, before: one, after: ZERO_OID }])).toEqual({
        ok: false,
        reason: 'moved',
        names: [MAIN],
      });
    }));

  test('of many at the same time from the same value lets exactly one win', () =>
    withRepository(async (repository) => {
      const one = await commit(repository, [], { a: '1' });
      const others = await Promise.all([2, 3, 4, 5, 6].map((n) => commit(repository, [one], { a: `${n}` })));
      await repository.updateRefs([{ name: MAIN, before: ZERO_OID, after: one }]);
      const results = await Promise.all(
        others.map((after) => repository.updateRefs([{ name: MAIN, before: one, after }])),
      );
      expect(results.filter(({ ok }) => ok)).toHaveLength(1);
      const winner = others[results.findIndex(({ ok }) => ok)];
      expect((await repository.listRefs()).get(MAIN)).toBe(winner);
      expect(results.filter((result) => !result.ok && result.reason === 'moved')).toHaveLength(4);
    }));

  test('to a name inside or around another ref is a clash', () =>
    withRepository(async (repository) => {
      const one = await commit(repository, [], { a: '1' });
      await repository.updateRefs([{ name: 'refs/heads/a/b', before: undefined, after: one }]);
      for (const name of ['refs/heads/a', 'refs/heads/a/b/c']) {
        const result = await repository.updateRefs([{ name, before: ZERO_OID, after: one }]);
        expect(result).toEqual({ ok: false, reason: 'clash', names: [name] });
      }
    }));

  test('to an object that does not exist, or with a name that is none, is an error', () =>
    withRepository(async (repository) => {
      const one = await commit(repository, [], { a: '1' });
      const update = (name: string, after: string) =>
        repository.updateRefs([{ name, before: undefined, after }]);
      await expect(update(MAIN, 'f'.repeat(40))).rejects.toThrow(GitError);
      await expect(update('refs/heads/a..b', one)).rejects.toThrow(GitError);
      await expect(update(MAIN, 'main')).rejects.toThrow(TypeError);
      expect(await repository.listRefs()).toEqual(new Map());
    }));
});

test.each([
  ['refs/heads/main', true],
  ['refs/heads/feature/issue-8', true],
  ['refs/heads/größe-🚂', true],
  ['refs/pull/1/head', true],
  ['main', false],
  ['refs/heads/', false],
  ['refs/heads/a b', false],
  ['refs/heads/a..b', false],
  ['refs/heads/.a', false],
  ['refs/heads/a.lock', false],
  ['refs/heads/a~1', false],
  ['refs/heads/a\nb', false],
  ['refs/heads/a\0b', false],
  ['--branch', false],
])('whether %j is the whole name of a ref: %j', (name, valid) =>
  withRepository(async (repository) => {
    expect(await repository.isValidRefName(name)).toBe(valid);
  }),
);
