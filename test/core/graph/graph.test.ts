import { describe, expect, test } from '@jest/globals';
import type { TargetStatus } from '../../../src/core/graph/targets.js';
import {
  type Actor,
  type BlockedBy,
  type DependencyEvent,
  type Issue,
  type Snapshot,
  read,
  unreadable,
} from '../../../src/core/model/index.js';
import { DEPLOY, blockedBy, blocker, history, labelEvent, roleAsked } from '../../support/snapshot.js';
import {
  HOUR,
  ME,
  NOW,
  START,
  type SnapshotParts,
  aMergedPull,
  aPull,
  aSnapshot,
  aTracker,
  anIssue,
  judge,
  person,
  taskCommit,
} from '../../support/view-builder.js';

const labels = [labelEvent('put', DEPLOY, person('linus'))];

function graphOf(parts: SnapshotParts) {
  return judge(aSnapshot(parts)).view.graph;
}

/** The graph of issue 8 with its draft, and an issue 9 that is a member, too. */
function graph(parts: Parameters<typeof anIssue>[1], more: Partial<SnapshotParts> = {}) {
  const issue = anIssue(8, parts);
  const other = anIssue(9);
  return graphOf({ issues: [issue, other], pulls: [aPull(21, issue), aPull(22, other)], ...more });
}

function event(
  what: 'added' | 'removed',
  login: string,
  blocking: Partial<DependencyEvent['blocking']> = {},
): DependencyEvent {
  const { closed: _, ...target } = blocker(9);
  return {
    added: what === 'added',
    blocking: { ...target, ...blocking },
    actor: person(login),
    at: START + HOUR,
  };
}

describe('edges', () => {
  test('are the native dependencies, in this repository and elsewhere', () => {
    const { edges } = graph({
      blockedBy: read([blocker(9), blocker(7, { repository: 'Acme/Lib' })]),
    });
    expect(edges).toEqual([
      { from: '#8', to: '#9', origin: 'native', by: null },
      { from: '#8', to: 'acme/lib#7', origin: 'native', by: null },
    ]);
  });

  test('from an issue to itself are dropped and noted', () => {
    const { edges, self } = graph({ blockedBy: blockedBy(8, 9), body: 'Depends on #8' });
    expect([edges.map(({ to }) => to), self]).toEqual([['#9'], ['#8']]);
  });

  test('are the recorded lines that are not native, and those are to be written', () => {
    const { edges, toWrite } = graph({ body: 'Depends on #9, acme/lib#7', blockedBy: read([]) });
    expect(edges.map(({ to, origin }) => [to, origin])).toEqual([
      ['#9', 'line'],
      ['acme/lib#7', 'line'],
    ]);
    expect(toWrite).toEqual([{ member: 8, ref: { number: 9 } }]);
  });

  test('are native where a line says the same, whatever the case of the repository', () => {
    const { edges, toWrite } = graph({
      body: 'Depends on #9 and Acme/LIB#7',
      blockedBy: read([blocker(9), blocker(7, { repository: 'acme/lib' })]),
    });
    expect(edges.map(({ to, origin }) => [to, origin])).toEqual([
      ['#9', 'native'],
      ['acme/lib#7', 'native'],
    ]);
    expect(toWrite).toEqual([]);
  });

  test('are not made by lines before the task is recorded', () => {
    expect(graphOf({ issues: [anIssue(8, { body: 'Depends on #9' })] }).edges).toEqual([]);
  });

  test('keep a native dependency that someone with triage has removed', () => {
    const dependencies = [event('added', 'linus'), event('removed', 'tria')];
    const { edges, targets } = graph({ history: history({ labels, dependencies }) });
    expect(edges).toEqual([{ from: '#8', to: '#9', origin: 'kept', by: 'tria' }]);
    expect(targets.get('#9')).toEqual({ kind: 'open', pull: 22 });
  });

  test.each([
    ['write', []],
    ['read', ['kept']],
    ['500', ['kept']],
  ])('when the one who removed it has %s', (name, expected) => {
    const role = name === '500' ? unreadable<'none'>('500') : read(name as 'write' | 'read');
    const dependencies = [event('removed', 'hand')];
    const roles = { linus: roleAsked(read('write'), NOW), hand: roleAsked(role, NOW) };
    const { edges } = graph({ history: history({ labels, dependencies }) }, { roles });
    expect(edges.map(({ origin }) => origin)).toEqual(expected);
  });

  test('are kept where nobody knows who removed them', () => {
    const dependencies = [{ ...event('removed', 'x'), actor: null }];
    const { edges } = graph({ history: history({ labels, dependencies }) });
    expect(edges.map(({ origin }) => origin)).toEqual(['kept']);
  });

  test('are gone where a line was written natively and someone with write removed it', () => {
    const dependencies = [event('added', 'linus'), event('removed', 'linus')];
    const { edges } = graph({ body: 'Depends on #9', history: history({ labels, dependencies }) });
    expect(edges).toEqual([]);
  });

  test('stay where the last that GitHub tells of them is that somebody added them', () => {
    const missing = (...dependencies: readonly DependencyEvent[]) =>
      graph({ history: history({ labels, dependencies }), blockedBy: read([]) });
    const again = missing(event('added', 'linus'), event('removed', 'linus'), event('added', 'tria'));
    expect(again.edges).toEqual([{ from: '#8', to: '#9', origin: 'native', by: 'tria' }]);
    expect(missing({ ...event('added', 'x'), actor: null }).edges).toMatchObject([{ to: '#9', by: null }]);
  });

  test('are not made of events while the dependencies themselves cannot be read: that is said', () => {
    const dependencies = [event('added', 'linus')];
    const hidden = graph({ history: history({ labels, dependencies }), blockedBy: unreadable('short') });
    expect([hidden.edges, hidden.unread.get('#8')]).toEqual([[], 'short']);
  });

  test('to issues that are deleted or hidden are unread until as many removals count as were added', () => {
    const removal = (actor: Actor | null) => ({ actor, at: START + HOUR });
    const why = (added: number, ...removals: readonly Actor[]) =>
      graph({
        history: history({ lostDependencies: { added, removals: removals.map(removal) } }),
      }).unread.get('#8');
    const lost = 'an issue that it depended on was deleted, or is hidden from this app';
    expect(why(1)).toBe(lost);
    expect([why(1, person('tria')), why(1, person('mallory')), why(0, person('tria'))]).toEqual([
      lost,
      lost,
      lost,
    ]);
    expect([why(1, person('linus')), why(1, ME), why(0, ME)]).toEqual([undefined, undefined, undefined]);
    expect([why(2, ME), why(2, ME, person('tria')), why(2, ME, person('linus'))]).toEqual([
      lost,
      lost,
      undefined,
    ]);
    const nobody = graph({ history: history({ lostDependencies: { added: 1, removals: [removal(null)] } }) });
    expect(nobody.unread.get('#8')).toBe(lost);
  });

  test('of a member whose native dependencies, history or task cannot be read are unread', () => {
    expect(graph({ blockedBy: unreadable('short') }).unread.get('#8')).toBe('short');
    expect(graph({ history: unreadable('later') }).unread.get('#8')).toBe('later');
    const task = { [taskCommit(anIssue(8)).sha]: unreadable<string>('gone') };
    expect(graph({}, { tasks: task }).unread.get('#8')).toBe('the recorded task cannot be read');
    const strange = { [taskCommit(anIssue(8)).sha]: read('something else') };
    expect(graph({}, { tasks: strange }).unread.get('#8')).toBe('the recorded task cannot be read');
    const commits = { detail: { commits: unreadable<never>('502') } };
    const hidden = graph({}, { pulls: [aPull(21, anIssue(8), commits)] });
    expect(hidden.unread.get('#8')).toBe('the recorded task cannot be read');
    expect(graph({}).unread.get('#8')).toBeUndefined();
  });
});

describe('what a recorded line names', () => {
  const why = (body: string, named: Snapshot['named'] = {}) => {
    const { edges, targets } = graph({ body }, { named });
    return edges.map(({ to, origin }) => [to, origin, targets.get(to)]);
  };
  const unread = (to: string, because: string) => [[to, 'line', { kind: 'unreadable', why: because }]];

  test('is waited for while it is no dependency on GitHub, and why is said', () => {
    const isPull = (value: boolean) => ({ 7: read({ databaseId: 1, isPull: value }) });
    expect(why('Depends on #7')).toEqual(unread('#7', 'it has yet to be made a dependency on GitHub'));
    expect(why('Depends on #7', isPull(false))).toEqual(why('Depends on #7'));
    expect(why('Depends on #7', isPull(true))).toEqual(
      unread('#7', 'it is a pull request, and GitHub lets only issues be waited for'),
    );
    expect(why('Depends on #7', { 7: unreadable('there is none') })).toEqual(unread('#7', 'there is none'));
    expect(why('Depends on acme/lib#7')).toEqual(
      unread('acme/lib#7', 'it is in another repository, and nobody has made it a dependency on GitHub'),
    );
  });

  test('stands as it does where it is a member', () => {
    expect(why('Depends on #9')).toEqual([['#9', 'line', { kind: 'open', pull: 22 }]]);
  });
});

describe('whether what is waited for is merged', () => {
  function target(parts: Partial<BlockedBy>): TargetStatus | undefined {
    return graph({ blockedBy: read([blocker(7, parts)]) }).targets.get('#7');
  }
  const closedBy = (login: string | null, pull: boolean | null = null): Partial<BlockedBy> => ({
    state: 'closed',
    stateReason: 'completed',
    closed: read({
      actor: login === null ? null : person(login),
      at: START,
      pull: pull === null ? null : { number: 45, repository: 'acme/market', merged: pull },
    }),
  });

  test.each([
    ['open', {}, { kind: 'open', pull: null }],
    ['closed as completed by someone with write', closedBy('linus'), { kind: 'met' }],
    ['closed as completed by a merged pull request of anybody', closedBy('mallory', true), { kind: 'met' }],
    [
      'closed as completed by someone with triage',
      closedBy('tria'),
      { kind: 'closed', how: 'it was closed by tria, who may not free others' },
    ],
    [
      'closed as completed by an outsider with a pull request that is not merged',
      closedBy('mallory', false),
      { kind: 'closed', how: 'it was closed by mallory, who may not free others' },
    ],
    [
      'closed as completed by someone whose role is not known',
      closedBy('stranger'),
      { kind: 'unreadable', why: 'GitHub was not asked yet' },
    ],
    [
      'closed by nobody that is known',
      closedBy(null),
      { kind: 'unreadable', why: 'GitHub does not say who closed it' },
    ],
    [
      'closed as not planned, by whomever',
      { ...closedBy('linus', true), stateReason: 'not_planned' },
      { kind: 'closed', how: 'it was closed as not planned' },
    ],
    [
      'closed as a duplicate',
      { ...closedBy('linus'), stateReason: 'duplicate' },
      { kind: 'closed', how: 'it was closed as a duplicate' },
    ],
    [
      'closed, and the closing cannot be read',
      { ...closedBy('linus'), closed: unreadable('forbidden') },
      { kind: 'unreadable', why: 'forbidden' },
    ],
  ] as readonly (readonly [string, Partial<BlockedBy>, TargetStatus])[])(
    'an ordinary issue that is %s',
    (_, parts, expected) => {
      expect(target(parts)).toEqual(expected);
    },
  );

  test('a member is met when merged, and not because its issue is closed', () => {
    const status = (issue: Issue, pull: ReturnType<typeof aPull>) => {
      const other = anIssue(8, { blockedBy: read([blocker(9, closedBy('linus'))]) });
      return graphOf({ issues: [other, issue], pulls: [pull], trackers: [aTracker()] }).targets.get('#9');
    };
    const member = anIssue(9);
    expect(status(member, aMergedPull(22, member))).toEqual({ kind: 'met' });
    expect(status(member, aPull(22, member))).toEqual({ kind: 'open', pull: 22 });
    expect(status(member, aMergedPull(22, member, { mergeCommit: null }))).toEqual({
      kind: 'unreadable',
      why: 'GitHub does not say which commit the merge has made',
    });
    const closed = aPull(22, member, { state: 'closed', closedAt: NOW });
    expect(status(member, closed)).toEqual({
      kind: 'closed',
      how: 'the pull request was closed without merging',
    });
  });

  test('an ordinary issue whose dependency is kept is judged by what its removal says of it', () => {
    const kept = (blocking: Partial<DependencyEvent['blocking']>) =>
      graph({
        history: history({ labels, dependencies: [event('removed', 'tria', { number: 7, ...blocking })] }),
      }).targets.get('#7');
    expect(kept({})).toEqual({ kind: 'open', pull: null });
    expect(kept({ state: 'closed', stateReason: 'not_planned' })?.kind).toBe('closed');
    expect(kept({ state: 'closed', stateReason: 'completed' })?.kind).toBe('unreadable');
  });

  test('a dependency that the app itself removed is gone', () => {
    const dependencies = [{ ...event('removed', 'x'), actor: ME }];
    expect(graph({ history: history({ labels, dependencies }) }).edges).toEqual([]);
  });
});

describe('shares', () => {
  const sharing = (number: number, label: string, body = '') =>
    anIssue(number, { labels: [DEPLOY, label], body });

  test('join the issues of one label, whatever its case, with the note of the first that has one', () => {
    const { shares } = graphOf({
      issues: [
        sharing(9, 'shares:Scanner.py', '### Shares\n\nscanner.py -- agree first'),
        sharing(8, 'shares:scanner.py'),
        sharing(7, 'shares:other.py'),
      ],
    });
    expect(shares).toMatchObject([
      { what: 'other.py', members: ['#7'] },
      { members: ['#8', '#9'], note: 'agree first' },
    ]);
  });

  test('give no order', () => {
    const issues = [sharing(9, 'shares:x'), sharing(8, 'shares:x')];
    expect(graphOf({ issues }).order).toEqual(['#8', '#9']);
    expect(graphOf({ issues }).edges).toEqual([]);
  });
});
