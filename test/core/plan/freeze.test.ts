import { describe, expect, test } from '@jest/globals';
import {
  type Actor,
  type Comment,
  type LabelEvent,
  type Snapshot,
  read,
  unreadable,
} from '../../../src/core/model/index.js';
import { aComment, labelEvent, roleAsked } from '../../support/snapshot.js';
import {
  HOUR,
  ME,
  MINUTE,
  START,
  type SnapshotParts,
  aPull,
  aSnapshot,
  aTracker,
  anIssue,
  judge,
  person,
} from '../../support/view-builder.js';
import { actionsOf, planOf, said } from './support.js';

const AT = START + 2 * HOUR;
const FREEZE = 'subagent:freeze';
const PUT = `put the label \`${FREEZE}\` on #12`;
const OFF = `take the label \`${FREEZE}\` off #12`;
const REACT = 'react to a comment on #12';
const grace = person('grace');

function snapshot(comments: readonly Comment[], events: readonly LabelEvent[], parts: SnapshotParts = {}) {
  const last = events.findLast(({ label }) => label === FREEZE);
  const isOn = last?.added === true;
  const tracker = aTracker({
    labels: read(['subagent:tracking', ...(isOn ? [FREEZE] : [])]),
    labelEvents: read(events),
  });
  const issue = anIssue(8);
  return aSnapshot({
    issues: [issue],
    pulls: [aPull(28, issue)],
    trackers: [tracker],
    comments: read(comments),
    ...parts,
  });
}

/** What a comment of a maintainer does, beside the reaction that ends it. */
function does(body: string, events: readonly LabelEvent[], parts: SnapshotParts = {}): readonly string[] {
  const comment = aComment(12, body, { author: grace, createdAt: AT });
  const { homes } = planOf(snapshot([comment], events, parts));
  expect(actionsOf(homes).at(-1)).toMatchObject({ kind: 'react', with: '+1' });
  return said(homes).slice(0, -1);
}

const put = (by: Actor | null, at = AT - MINUTE) => labelEvent('put', FREEZE, by, at);
const removed = (by: Actor | null, at = AT - MINUTE) => labelEvent('removed', FREEZE, by, at);
const lost = (by: Actor) => labelEvent('put', '', by, AT - MINUTE);

describe('freeze', () => {
  test('puts the label on the tracking issue, once', () => {
    expect(does('/freeze -- release day', [])).toEqual([PUT]);
    expect(does('/freeze', [put(grace)])).toEqual([]);
    expect(does('/freeze', [put(ME, AT + 1_000)])).toEqual([]);
  });

  test('that somebody put who may not is put again, so that it counts, and is not taken off meanwhile', () => {
    expect(does('/freeze', [put(person('linus'))])).toEqual([OFF, PUT]);
  });

  test('that was put by somebody of whom nothing is known is put again', () => {
    const roles = { grace: roleAsked(read('maintain'), AT) };
    expect(does('/freeze', [put(null)], { roles })).toEqual([OFF, PUT]);
  });

  test('is done already if a maintainer has ended a freeze since, by hand or by a command', () => {
    expect(does('/freeze', [put(grace, START), removed(grace, AT + 1_000)])).toEqual([]);
    const comments = [
      aComment(12, '/freeze', { id: 1, author: grace, createdAt: AT }),
      aComment(12, '/unfreeze', { id: 2, author: grace, createdAt: AT + 1_000, answered: 'done' }),
    ];
    const events = [put(ME, AT), removed(ME, AT + 2_000)];
    expect(said(planOf(snapshot(comments, events)).homes)).toEqual([REACT]);
  });

  test('needs a maintainer, and the tracking issue', () => {
    const by = (login: string, on: number) =>
      said(planOf(snapshot([aComment(on, '/freeze', { author: person(login), createdAt: AT })], [])).homes);
    expect([by('linus', 12), by('mallory', 12)]).toEqual([['comment on #12', REACT], [REACT]]);
    expect(by('grace', 8)).toEqual(['comment on #8', 'react to a comment on #8']);
  });

  test('waits while it cannot be read which is the tracking issue', () => {
    const comment = (on: number) => aComment(on, '/subagent freeze', { author: grace, createdAt: AT });
    const unread = (on: number): Snapshot => ({
      ...snapshot([comment(on)], []),
      trackers: unreadable('502'),
    });
    expect(said(planOf(unread(12)).homes)).toEqual([]);
    expect(said(planOf(unread(8)).homes)).toEqual(['comment on #8', 'react to a comment on #8']);
  });

  test('and its reason are what the gate says', () => {
    const comment = aComment(12, '/freeze -- release day', {
      author: grace,
      createdAt: AT,
      answered: 'done',
    });
    const { view } = judge(snapshot([comment], [put(ME, AT)]));
    expect(view.gateReasons(null)('#8')).toEqual([
      { kind: 'frozen', because: { by: 'grace', reason: 'release day' } },
    ]);
  });
});

test('a freeze that was put back by the app does not get the reason of an older one that is over', () => {
  const said = (body: string, id: number) =>
    aComment(12, body, { id, author: grace, createdAt: START + id * MINUTE, answered: 'done' });
  const over = [said('/freeze -- release day', 1), said('/unfreeze', 2)];
  const events = [put(ME, START), removed(ME, START + MINUTE), put(grace), removed(person('linus')), put(ME)];
  const because = (comments: readonly Comment[]) =>
    judge(snapshot(comments, events)).view.gateReasons(null)('#8');
  expect(because(over)).toEqual([{ kind: 'frozen', because: { by: null, reason: null } }]);
  const again = { by: 'grace', reason: 'audit' };
  expect(because([...over, said('/freeze -- audit', 3)])).toEqual([{ kind: 'frozen', because: again }]);
});

describe('unfreeze', () => {
  test('takes the label off, once', () => {
    expect(does('/unfreeze', [put(grace)])).toEqual([OFF]);
    expect(does('/unfreeze', [put(ME, AT - MINUTE), removed(ME, AT + 1_000)])).toEqual([]);
    expect(does('/unfreeze', [])).toEqual([]);
  });

  test('ends what somebody who may not has taken off: the app takes it off itself', () => {
    expect(does('/unfreeze', [put(grace, START), removed(person('linus'))])).toEqual([PUT, OFF]);
    const roles = { grace: roleAsked(read('maintain'), AT) };
    expect(does('/unfreeze', [put(grace, START), removed(null)], { roles })).toEqual([PUT, OFF]);
  });

  test('ends a freeze whose label was deleted from the repository', () => {
    expect(judge(snapshot([], [lost(grace)])).view.freeze).toMatchObject({ kind: 'unread', effective: true });
    expect(does('/unfreeze', [lost(grace)])).toEqual([PUT, OFF]);
    const after = [lost(grace), put(ME, AT), removed(ME, AT)];
    expect(judge(snapshot([], after)).view.freeze).toEqual({ kind: 'off' });
  });

  test('is done already if a maintainer has frozen since, and not if somebody has who may not', () => {
    expect(does('/unfreeze', [put(grace, AT + 1_000)])).toEqual([]);
    const robbed = [put(grace, START), removed(grace, START + MINUTE), put(person('linus'), AT + 1_000)];
    expect(does('/unfreeze', robbed)).toEqual([OFF]);
  });

  test('and freeze in one comment end as the last one says', () => {
    expect(does('/freeze\n\n/unfreeze', [])).toEqual([PUT, OFF]);
    expect(does('/unfreeze\n\n/freeze', [put(grace)])).toEqual([OFF, PUT]);
  });
});

test('a freeze that somebody below maintain has taken off is put back with one comment', () => {
  const robbed = [put(grace, START), removed(person('linus'))];
  expect(said(planOf(snapshot([], robbed)).homes)).toEqual(['comment on #12', PUT]);
});
