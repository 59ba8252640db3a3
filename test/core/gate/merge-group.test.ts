import { describe, expect, test } from '@jest/globals';
import { type GroupSituation, type Grouped, groupVerdict } from '../../../src/core/gate/merge-group.js';
import type { GateReason } from '../../../src/core/reasons/reason.js';
import { createPhrases } from '../../../src/core/reasons/tree.js';
import { digest } from '../../support/view-builder.js';

const hold: GateReason = { kind: 'hold', because: { by: 'octo', reason: null } };
const landing: GateReason = { kind: 'sharer landing', node: '#1', what: 'x' };
const update: GateReason = { kind: 'needs update', node: '#1', what: 'x' };
const unread: GateReason = { kind: 'files unread', why: '502' };

function pull(number: number, ...reasons: readonly GateReason[]): Grouped {
  return { number: number + 20, nodes: [`#${number}`], reasons };
}

/** The conclusion of a group that is alone in its queue, or `in_progress`. */
function concluded(pulls: readonly Grouped[], parts: Partial<GroupSituation> = {}) {
  const situation = { pulls, isBelow: () => false, queued: new Set<string>(), tracker: null };
  const where = { prefix: '/subagent', phrases: createPhrases() };
  const { conclusion, status } = groupVerdict({ ...situation, ...where, ...parts }, digest);
  return conclusion ?? status;
}

describe('a merge group', () => {
  test.each(['dependencies unread', 'approval unread', 'files unread'] as const)(
    'only waits for what cannot be read: %s',
    (kind) => {
      expect(concluded([pull(1), pull(2, { kind, why: '502' })])).toBe('in_progress');
    },
  );

  test.each(['hold', 'frozen'] as const)('waits where nobody can tell whether it is %s', (kind) => {
    const reason: GateReason = { kind, because: { by: null, reason: '502', unread: true } };
    expect(concluded([pull(2, reason)])).toBe('in_progress');
  });

  test('fails where anything else keeps back one of its pull requests, whatever cannot be read', () => {
    expect(concluded([pull(2, unread, hold)])).toBe('failure');
    expect(concluded([pull(2, unread), pull(3, hold)])).toBe('failure');
    expect(concluded([pull(2, hold), pull(3, unread)])).toBe('failure');
  });

  test('passes while a sharer lands from a place in the same queue, and fails while one lands past it', () => {
    expect(concluded([pull(2, landing)], { queued: new Set(['#1', '#2']) })).toBe('success');
    expect(concluded([pull(2, landing)], { queued: new Set(['#2']) })).toBe('failure');
  });

  test('needs no update for what it is built on, and one for what has landed since', () => {
    expect(concluded([pull(2, update)], { isBelow: (node) => node === '#1' })).toBe('success');
    expect(concluded([pull(2, update)], { isBelow: (node) => node !== '#1' })).toBe('failure');
  });

  test('does not settle by its order what is on hold or cannot be read', () => {
    const all = { isBelow: () => true, queued: new Set(['#1', '#2']) };
    expect(concluded([pull(1), pull(2, hold)], all)).toBe('failure');
    expect(concluded([pull(1), pull(2, unread)], all)).toBe('in_progress');
  });
});
