import { expect, test } from '@jest/globals';
import type { Share } from '../../../src/core/graph/edges.js';
import { sharersOf } from '../../../src/core/graph/sharers.js';

function share(...members: readonly string[]): Share {
  return { what: 'x', members, note: null, origin: { kind: 'overlap' } };
}

function sharers(node: string, ...unread: readonly string[]): readonly string[] {
  const shares = [share('#8', '#9'), share('#10', '#11'), share('#12', '#8', '#9')];
  const unreadFiles = new Map(unread.map((each) => [each, '502']));
  const order = ['#7', '#8', '#9', '#10', '#11', '#12'];
  return [...sharersOf({ shares, unreadFiles, order }, node)].sort();
}

test('the sharers of an issue are the others that share something with it, each once', () => {
  expect(sharers('#8')).toEqual(['#12', '#9']);
  expect(sharers('#10')).toEqual(['#11']);
  expect(sharers('#7')).toEqual([]);
});

test('whose files cannot be read is a sharer of all, and all are its sharers', () => {
  expect(sharers('#10', '#7')).toEqual(['#11', '#7']);
  expect(sharers('#7', '#7')).toEqual(['#10', '#11', '#12', '#8', '#9']);
});
