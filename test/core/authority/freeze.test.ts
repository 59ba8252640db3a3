import { describe, expect, test } from '@jest/globals';
import { holds } from '../../../src/core/authority/standing.js';
import {
  type Actor,
  type LabelEvent,
  type Tracker,
  read,
  unreadable,
} from '../../../src/core/model/index.js';
import { labelEvent } from '../../support/snapshot.js';
import {
  ME,
  MINUTE,
  START,
  aSnapshot,
  aTracker,
  judge,
  labelled,
  person,
} from '../../support/view-builder.js';

const FREEZE = 'subagent:freeze';
const grace = person('grace');

function event(deed: 'put' | 'removed', label: string, by: Actor | null, minute: number): LabelEvent {
  return labelEvent(deed, label, by, START + minute * MINUTE);
}

/** What the freeze is worth after these events; GitHub gives no name with those of a label that was deleted. */
function freeze(events: readonly LabelEvent[], parts: Partial<Tracker> = {}) {
  const labelEvents = read([labelled('subagent:tracking', ME), ...events]);
  return judge(aSnapshot({ trackers: [aTracker({ labelEvents, ...parts })] })).view.freeze;
}

describe('a freeze label that was deleted from the repository', () => {
  test.each([
    ['by a maintainer', grace],
    ['by somebody whose role is not known', person('stranger')],
    ['by nobody that is known', null],
  ])('still freezes if it may have been put %s, and says what ends that', (_, actor) => {
    const standing = freeze([event('put', '', actor, 1)]);
    expect([standing.kind, holds(standing)]).toEqual(['unread', true]);
    expect(standing.kind === 'unread' && standing.why).toMatch(
      /deleted.*a maintainer makes the label `subagent:freeze`.*puts it on.*takes it off/,
    );
  });

  test('asks for the role of who put it', () => {
    const labelEvents = read([event('put', '', person('stranger'), 1)]);
    const { view } = judge(aSnapshot({ trackers: [aTracker({ labelEvents })] }));
    expect(view.book.missing()).toEqual(['stranger']);
  });

  test('still freezes whoever removed one without a name since', () => {
    expect(holds(freeze([event('put', '', grace, 1), event('removed', '', grace, 2)]))).toBe(true);
  });

  test('ends when a maintainer puts it on again and takes it off', () => {
    const before = event('put', '', grace, 1);
    const again = [event('put', FREEZE, grace, 2), event('removed', FREEZE, grace, 3)];
    expect(freeze([before, ...again])).toEqual({ kind: 'off' });
    expect(holds(freeze([...again, { ...before, at: START + 4 * MINUTE }]))).toBe(true);
  });

  test('is none if whoever put it could not freeze, or it was one of the app’s own', () => {
    expect(freeze([event('put', '', person('linus'), 1)])).toEqual({ kind: 'off' });
    expect(freeze([event('put', '', ME, 1)])).toEqual({ kind: 'off' });
    expect(freeze([event('removed', '', grace, 1)])).toEqual({ kind: 'off' });
  });

  test('is none while the freeze is on, or nothing is known of its events', () => {
    const shown = { labels: read(['subagent:tracking', FREEZE]) };
    expect(freeze([event('put', FREEZE, grace, 1), event('put', '', grace, 2)], shown).kind).toBe('on');
    expect(freeze([], { labelEvents: unreadable('502') })).toMatchObject({ kind: 'unread', why: '502' });
  });
});
