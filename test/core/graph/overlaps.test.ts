import { describe, expect, test } from '@jest/globals';
import { type Overlap, findOverlaps } from '../../../src/core/graph/overlaps.js';
import type { Member } from '../../../src/core/membership/member.js';
import { type Readable, read, unreadable } from '../../../src/core/model/index.js';
import { defaultSettings } from '../../../src/core/settings/schema.js';
import { aMergedPull, aPull, aSnapshot, anIssue, judge, sha } from '../../support/view-builder.js';

const MEMBER = judge(aSnapshot({ issues: [anIssue(1)], pulls: [aPull(21, anIssue(1))] })).view.members[0]!;

type Mode = 'note' | 'coordinate' | 'ignore';

function settings(overlaps: Mode, ignore: readonly string[] = []) {
  const all = defaultSettings();
  return { ...all, gate: { ...all.gate, overlaps, ignore } };
}

/** A member whose pull request is open, or merged, and changes these files. */
function changing(
  number: number,
  files: readonly string[] | string,
  state: 'open' | 'merged' = 'open',
): Member {
  const issue = anIssue(number);
  const list: Readable<readonly string[]> = typeof files === 'string' ? unreadable(files) : read(files);
  const parts = { detail: { files: list } };
  const own = { ...MEMBER, number, issue, taskPath: `.agents/subagent_issue_${number}.md` };
  return state === 'merged'
    ? { ...own, pull: aMergedPull(100 + number, issue, parts), outcome: MERGED }
    : { ...own, pull: aPull(100 + number, issue, parts) };
}

const MERGED = { kind: 'merged', commit: sha('landed') } as const;

function overlapsOf(members: readonly Member[], mode: Mode = 'note', ignore: readonly string[] = []) {
  return findOverlaps(members, settings(mode, ignore)).overlaps;
}

/** `standing members: files` of each. */
function said(overlaps: readonly Overlap[]): readonly string[] {
  return overlaps.map(
    ({ standing, members, files }) => `${standing} ${members.join(' ')}: ${files.join(' ')}`,
  );
}

describe('overlaps', () => {
  const two = [changing(9, ['src/y.ts', 'src/x.ts', 'own.ts']), changing(8, ['src/x.ts', 'src/y.ts'])];

  test('are the files that the same pull requests change, together', () => {
    expect(overlapsOf(two)).toEqual([
      { files: ['src/x.ts', 'src/y.ts'], members: ['#8', '#9'], standing: 'noted' },
    ]);
    const three = [...two, changing(10, ['src/y.ts'])];
    expect(said(overlapsOf(three))).toEqual(['noted #8 #9: src/x.ts', 'noted #8 #9 #10: src/y.ts']);
  });

  test('are enforced where the settings say coordinate, and none are looked for where they say ignore', () => {
    expect(said(overlapsOf(two, 'coordinate'))).toEqual(['enforced #8 #9: src/x.ts src/y.ts']);
    expect(overlapsOf(two, 'ignore')).toEqual([]);
  });

  test('are those with a merged one, too, as long as another is open', () => {
    const landed = changing(8, ['src/x.ts'], 'merged');
    expect(said(overlapsOf([landed, two[0]!]))).toEqual(['noted #8 #9: src/x.ts']);
    expect(overlapsOf([landed, changing(9, ['src/x.ts'], 'merged')])).toEqual([]);
  });

  test('are those with one that GitHub calls merged, also while nobody can tell how it ended', () => {
    const landed: Member = {
      ...changing(8, ['src/x.ts'], 'merged'),
      outcome: { kind: 'unread', why: '502' },
    };
    expect(said(overlapsOf([landed, two[0]!]))).toEqual(['noted #8 #9: src/x.ts']);
  });

  test('come with what is enforced first, then by their members, whoever is looked at first', () => {
    const [eight, nine] = [
      ['yarn.lock', 'b.ts', 'a.ts'],
      ['c.ts', 'b.ts', 'a.ts', 'yarn.lock'],
    ];
    const members = [changing(10, ['c.ts', 'd.ts']), changing(9, nine), changing(8, [...eight, 'd.ts'])];
    expect(said(overlapsOf(members, 'coordinate'))).toEqual([
      'enforced #8 #9: a.ts b.ts',
      'enforced #8 #10: d.ts',
      'enforced #9 #10: c.ts',
      'lock file #8 #9: yarn.lock',
    ]);
  });

  test('are none with a cancelled one or one without a pull request', () => {
    const cancelled: Member = {
      ...changing(8, ['src/x.ts']),
      outcome: { kind: 'cancelled', how: 'the deploy label was removed' },
    };
    expect(overlapsOf([two[0]!, cancelled, { ...two[1]!, number: 7, pull: null }])).toEqual([]);
  });

  test('are none in task files, whoever changes them', () => {
    const task = '.agents/subagent_issue_8.md';
    expect(overlapsOf([changing(8, [task]), changing(9, [task])])).toEqual([]);
  });
});

describe('what is shown and not enforced', () => {
  const both = (path: string, ignore: readonly string[] = []) =>
    overlapsOf([changing(8, [path]), changing(9, [path])], 'coordinate', ignore)[0]?.standing;

  test.each([
    ['package-lock.json', 'lock file'],
    ['web/yarn.lock', 'lock file'],
    ['go.sum', 'lock file'],
    ['crates/a/Cargo.lock', 'lock file'],
    ['src/lock.ts', 'enforced'],
    ['src/my-yarn.lock', 'enforced'],
    ['web/app.min.js', 'generated'],
    ['web/app.js.map', 'generated'],
    ['src/__generated__/types.ts', 'generated'],
    ['dist/index.js', 'enforced'],
    ['test/__snapshots__/a.test.ts.snap', 'enforced'],
    ['src/admin.js', 'enforced'],
  ])('%s: %s', (path, standing) => {
    expect(both(path)).toBe(standing);
  });

  test.each([
    ['docs/**', 'docs/a/b.md', 'ignored'],
    ['docs/**', 'src/docs/b.md', 'enforced'],
    ['**/*.snap', 'test/__snapshots__/a.snap', 'ignored'],
    ['*.md', 'README.md', 'ignored'],
    ['*.md', 'docs/README.md', 'enforced'],
    ['**/.env', 'a/.env', 'ignored'],
    ['src/app/(group)/*', 'src/app/(group)/page.tsx', 'ignored'],
    ['**/*.lock', `${'a'.repeat(300)}.lock`, 'enforced'],
  ])('the pattern %s with %s: %s', (pattern, path, standing) => {
    expect(both(path, [pattern])).toBe(standing);
  });
});

describe('a hub file', () => {
  /** So many open pull requests, of which the first few change one file. */
  const hub = (open: number, changed: number) =>
    overlapsOf(
      Array.from({ length: open }, (_, index) =>
        changing(index + 1, index < changed ? ['src/index.ts'] : [`src/${index}.ts`]),
      ),
      'coordinate',
    )[0]?.standing;

  test.each([
    [4, 3, 'hub file'],
    [4, 4, 'hub file'],
    [8, 3, 'hub file'],
    [9, 3, 'enforced'],
    [9, 4, 'hub file'],
    [30, 10, 'enforced'],
    [30, 11, 'hub file'],
    [4, 2, 'enforced'],
    [5, 2, 'enforced'],
    [3, 3, 'enforced'],
  ])('of %d pull requests %d change it: %s', (open, changed, standing) => {
    expect(hub(open, changed)).toBe(standing);
  });

  test('stays one while those that change it land', () => {
    const landing = (landed: number) =>
      [1, 2, 3, 4].map((number) => changing(number, ['src/index.ts'], number <= landed ? 'merged' : 'open'));
    for (const landed of [0, 1, 2, 3]) {
      expect(said(overlapsOf(landing(landed), 'coordinate'))).toEqual(['hub file #1 #2 #3 #4: src/index.ts']);
    }
  });
});

describe('files that cannot be read', () => {
  const unread = (mode: Mode, ...members: readonly Member[]) => [
    ...findOverlaps(members, settings(mode)).unread,
  ];

  test('are told where overlaps are enforced, of open and of merged pull requests', () => {
    const members = [changing(8, '502'), changing(9, 'too many', 'merged'), changing(10, ['a.ts'])];
    expect(unread('coordinate', ...members)).toEqual([
      ['#8', '502'],
      ['#9', 'too many'],
    ]);
    expect(unread('note', ...members)).toEqual([]);
  });

  test('are those of a list with fewer than there are, or with none of one that has landed', () => {
    const member = changing(8, ['a.ts', 'b.ts']);
    const many = { ...member, pull: { ...member.pull!, changedFiles: 3_001 } };
    const emptied = { ...changing(9, [], 'merged').pull!, changedFiles: 0 };
    expect(unread('coordinate', many, { ...changing(9, [], 'merged'), pull: emptied })).toEqual([
      ['#8', 'GitHub lists 2 of at least 3001 files'],
      ['#9', 'GitHub lists 0 of at least 1 file'],
    ]);
  });

  test('are those of a pull request that cannot be read at all', () => {
    const member = changing(8, ['a.ts']);
    const blind = { ...member, pull: { ...member.pull!, detail: unreadable<never>('it changed') } };
    expect(unread('coordinate', blind)).toEqual([['#8', 'it changed']]);
  });
});

test('10,000 pull requests with a file of all, files of pairs and their own cost no more than their lists', () => {
  const members = Array.from({ length: 10_000 }, (_, index) =>
    changing(index + 1, ['src/index.ts', `pair-${index >> 1}.ts`, `own-${index}.ts`]),
  );
  const { overlaps } = findOverlaps(members, settings('coordinate'));
  expect(overlaps).toHaveLength(5_001);
  expect(overlaps.reduce((sum, { members: of }) => sum + of.length, 0)).toBe(20_000);
});
