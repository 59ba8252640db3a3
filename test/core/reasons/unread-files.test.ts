import { describe, expect, test } from '@jest/globals';
import type { Member } from '../../../src/core/membership/member.js';
import { unreadable } from '../../../src/core/model/index.js';
import { createUnreadFiles } from '../../../src/core/reasons/unread-files.js';
import { MEMBER, outcomeOf, pullLacking } from './support.js';

const MERGED = new Set(['#8', '#9']);

/** Of issues 8 to 12 the first two have landed, and the files of these cannot be read. */
function reasonsOf(unread: readonly string[], pull: Member['pull'], landing: string | null = null) {
  const nodes = ['#8', '#9', '#10', '#11', '#12'];
  const members = new Map(nodes.map((node) => [node, { ...MEMBER, outcome: outcomeOf(node, MERGED) }]));
  return asked(members, unread, pull, landing);
}

function asked(
  members: ReadonlyMap<string, Member>,
  unread: readonly string[],
  pull: Member['pull'],
  landing: string | null = null,
) {
  const find = createUnreadFiles(members, new Map(unread.map((node) => [node, '502'])), landing, 'main');
  return find('#10', { ...MEMBER, pull });
}

const WHAT = { what: 'files that cannot be read' };

describe('a head beside files that cannot be read', () => {
  test('waits for the one that is landing only if the files of either cannot be read', () => {
    const landing = [{ kind: 'sharer landing', node: '#11', ...WHAT }];
    expect(reasonsOf(['#11'], pullLacking([]), '#11')).toEqual(landing);
    expect(reasonsOf(['#10'], pullLacking([]), '#11')).toEqual(landing);
    expect(reasonsOf(['#12'], pullLacking([]), '#11')).toEqual([]);
  });

  test('needs the update for what has landed unread, and for nothing else that it lacks', () => {
    const needs = [{ kind: 'needs update', node: '#9', ...WHAT }];
    expect(reasonsOf(['#9'], pullLacking(['#8', '#9']))).toEqual(needs);
    expect(reasonsOf(['#9'], pullLacking(['#8']))).toEqual([]);
  });

  test('needs it where it cannot be read what it lacks', () => {
    const pull = { ...pullLacking(['#9'])!, detail: unreadable<never>('502') };
    expect(reasonsOf(['#9'], pull)).toEqual([{ kind: 'needs update', node: '#9', ...WHAT }]);
    expect(reasonsOf(['#11'], pull)).toEqual([]);
  });

  test('needs it for one that has landed as GitHub does not say which commit, unless it lacks nothing', () => {
    const landed = { ...pullLacking([])!, state: 'merged', mergeCommit: null } as const;
    const blind: Member = { ...MEMBER, pull: landed, outcome: { kind: 'unread', why: '502' } };
    const members = new Map([['#9', blind]]);
    const needs = [{ kind: 'needs update', node: '#9', ...WHAT }];
    expect(asked(members, ['#9'], pullLacking(['something else']))).toEqual(needs);
    expect(asked(members, ['#9'], pullLacking([]))).toEqual([]);
  });

  test('is not told of itself, nor once it is over', () => {
    expect(reasonsOf(['#10'], pullLacking([]), '#10')).toEqual([]);
    const over = { ...pullLacking(['#9'])!, state: 'merged' } as const;
    expect(reasonsOf(['#9'], over)).toEqual([]);
    expect(reasonsOf(['#9'], null, '#9')).toEqual([]);
    expect(reasonsOf([], pullLacking(['#9']), '#11')).toEqual([]);
  });
});
