import { describe, expect, test } from '@jest/globals';
import { createRoleBook } from '../../../src/core/authority/role-book.js';
import { holds } from '../../../src/core/authority/standing.js';
import { type CONTROL, controlStanding } from '../../../src/core/membership/control.js';
import { type Actor, type LabelEvent, read } from '../../../src/core/model/index.js';
import { labelEvent } from '../../support/snapshot.js';
import { ME, MINUTE, START, person, role } from '../../support/view-builder.js';

const tria = person('tria');
const ROLES = { tria: role('triage'), linus: role('write'), grace: role('maintain') };

type Deed = readonly ['put' | 'removed', Actor | null];

/** What a label is worth after these people had it in their hands, one after the other. */
function after(kind: keyof typeof CONTROL, ...deeds: readonly Deed[]) {
  const events = deeds.map(([deed, actor], index): LabelEvent =>
    labelEvent(deed, 'label', actor, START + index * MINUTE),
  );
  const labels = read(deeds.at(-1)?.[0] === 'put' ? ['label'] : []);
  return controlStanding(kind, 'label', { labels, events: read(events) }, createRoleBook(ROLES, []));
}

describe('a label that somebody has removed and put, or put and removed, who may not', () => {
  test('a freeze that is taken off and put on again by such a hand is still the maintainer’s', () => {
    const freeze = after('freeze', ['put', person('grace')], ['removed', tria], ['put', tria]);
    expect([freeze.kind, holds(freeze)]).toEqual(['on', true]);
  });

  test('a wish to land that is taken off and put on again is still that of the first', () => {
    expect(after('merge', ['put', person('linus')], ['removed', tria], ['put', tria]).kind).toBe('on');
  });

  test('a wish to land that is put and taken off again was never one', () => {
    const merge = after('merge', ['put', tria], ['removed', tria]);
    expect([merge.kind, holds(merge)]).toEqual(['off', false]);
  });

  test('a label that nobody ever put who may is taken off', () => {
    const merge = after('merge', ['put', tria], ['removed', tria], ['put', tria]);
    expect(merge).toMatchObject({ kind: 'overruled', effective: false, role: 'triage' });
  });

  test('the last event of all is the one that is named', () => {
    const freeze = after(
      'freeze',
      ['put', ME],
      ['removed', tria],
      ['put', tria],
      ['removed', person('linus')],
    );
    expect(freeze).toMatchObject({ kind: 'overruled', effective: true, role: 'write' });
  });

  test('while it is not known who had it before, the safe reading holds', () => {
    const freeze = after('freeze', ['put', person('stranger')], ['removed', tria], ['put', tria]);
    expect([freeze.kind, holds(freeze)]).toEqual(['unread', true]);
    const merge = after('merge', ['put', person('stranger')], ['removed', tria], ['put', tria]);
    expect([merge.kind, holds(merge)]).toEqual(['unread', false]);
  });
});
