import { describe, expect, test } from '@jest/globals';
import { createRoleBook } from '../../../src/core/authority/role-book.js';
import { holds } from '../../../src/core/authority/standing.js';
import { type CONTROL, controlStanding } from '../../../src/core/membership/control.js';
import {
  type Actor,
  type LabelEvent,
  type Readable,
  type Role,
  ROLES,
  read,
  unreadable,
} from '../../../src/core/model/index.js';
import { labelEvent, roleAsked } from '../../support/snapshot.js';
import { ME, MINUTE, START, person } from '../../support/view-builder.js';

type Kind = keyof typeof CONTROL;

function standing(kind: Kind, events: readonly LabelEvent[], present: boolean, role?: Readable<Role>) {
  const roles = role === undefined ? {} : { hand: roleAsked(role, START + MINUTE) };
  const labels = present ? ['Subagent:Label'] : [];
  const subject = { labels: read(labels), events: read(events) };
  return controlStanding(kind, 'subagent:label', subject, createRoleBook(roles, ['helper[bot]']));
}

function byHand(kind: Kind, deed: 'put' | 'removed', actor: Actor | null, role?: Readable<Role>) {
  const before = deed === 'removed' ? [labelEvent('put', 'subagent:label', ME, START - MINUTE)] : [];
  return standing(kind, [...before, labelEvent(deed, 'Subagent:Label', actor)], deed === 'put', role);
}

/** The weakest role by whose hand each label counts. */
const NEEDED = {
  hold: { put: 'triage', removed: 'write' },
  merge: { put: 'write', removed: 'write' },
  freeze: { put: 'maintain', removed: 'maintain' },
  pause: { put: 'write', removed: 'write' },
} as const;

const KINDS = ['hold', 'merge', 'freeze', 'pause'] as const;
const DEEDS = ['put', 'removed'] as const;
const CASES = KINDS.flatMap((kind) =>
  DEEDS.flatMap((deed) => ROLES.map((role) => [kind, deed, role] as const)),
);

describe('a control label by hand', () => {
  test.each(CASES)('%s, %s by someone with %s', (kind, deed, role) => {
    const result = byHand(kind, deed, person('hand'), read(role));
    const isEnough = ROLES.indexOf(role) >= ROLES.indexOf(NEEDED[kind][deed]);
    expect(result.kind).toBe(isEnough ? (deed === 'put' ? 'on' : 'off') : 'overruled');
    expect(holds(result)).toBe(isEnough === (deed === 'put'));
  });

  test.each(KINDS.flatMap((kind) => DEEDS.map((deed) => [kind, deed] as const)))(
    '%s, %s by someone whose role is not known: the safe reading holds',
    (kind, deed) => {
      for (const role of [undefined, unreadable<Role>('500')]) {
        const result = byHand(kind, deed, person('hand'), role);
        expect([result.kind, holds(result)]).toEqual(['unread', kind !== 'merge']);
      }
      const ghost = byHand(kind, deed, null);
      expect([ghost.kind, holds(ghost)]).toEqual(['unread', kind !== 'merge']);
    },
  );

  test.each(KINDS.flatMap((kind) => DEEDS.map((deed) => [kind, deed] as const)))(
    '%s, %s by the app counts',
    (kind, deed) => {
      expect(byHand(kind, deed, ME).kind).toBe(deed === 'put' ? 'on' : 'off');
    },
  );

  test('a listed bot counts like a person with write, and any other has no role', () => {
    const helper: Actor = { login: 'Helper[bot]', kind: 'bot' };
    expect(byHand('merge', 'put', helper).kind).toBe('on');
    expect(byHand('freeze', 'put', helper).kind).toBe('overruled');
    expect(byHand('hold', 'put', { login: 'stale[bot]', kind: 'bot' })).toMatchObject({
      kind: 'overruled',
      role: 'none',
    });
  });
});

describe('the deploy label', () => {
  test.each(ROLES.map((role) => [role, ROLES.indexOf(role) >= ROLES.indexOf('write')] as const))(
    'removed by someone with %s cancels: %s',
    (role, cancels) => {
      expect(holds(byHand('deploy', 'removed', person('hand'), read(role)))).toBe(!cancels);
    },
  );

  test('whoever put it, it is there: the approval judges that', () => {
    expect(byHand('deploy', 'put', person('hand'), read('none')).kind).toBe('on');
  });
});

describe('what a label is worth', () => {
  test('nothing where it never was', () => {
    expect(standing('hold', [], false)).toEqual({ kind: 'off' });
  });

  test('the safe reading where it is there and no event says who put it', () => {
    expect([holds(standing('hold', [], true)), holds(standing('merge', [], true))]).toEqual([true, false]);
  });

  test('the safe reading while events and presence do not agree', () => {
    const events = [labelEvent('put', 'subagent:label', ME)];
    expect(standing('merge', events, false).kind).toBe('unread');
    expect(holds(standing('freeze', events, false))).toBe(true);
    const gone = [...events, labelEvent('removed', 'subagent:label', ME)];
    expect([holds(standing('merge', gone, true)), holds(standing('freeze', gone, true))]).toEqual([
      false,
      true,
    ]);
  });

  test('only the last event of that label counts', () => {
    const events = [
      labelEvent('put', 'subagent:label', person('hand'), START - MINUTE),
      labelEvent('removed', 'subagent:label', ME),
      labelEvent('put', 'subagent:other', person('hand')),
    ];
    expect(standing('hold', events, false, read('none')).kind).toBe('off');
  });

  test('the safe reading where labels or events cannot be read', () => {
    const book = createRoleBook({}, []);
    const labels = { labels: unreadable<readonly string[]>('short'), events: read([]) };
    const events = { labels: read(['x']), events: unreadable<readonly LabelEvent[]>('short') };
    for (const subject of [labels, events]) {
      expect(holds(controlStanding('freeze', 'x', subject, book))).toBe(true);
      expect(holds(controlStanding('merge', 'x', subject, book))).toBe(false);
    }
  });
});
