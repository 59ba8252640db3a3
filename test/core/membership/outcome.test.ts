import { describe, expect, test } from '@jest/globals';
import { createRoleBook } from '../../../src/core/authority/role-book.js';
import { type Outcome, outcomeOf } from '../../../src/core/membership/outcome.js';
import {
  type Base,
  type Closing,
  type Issue,
  type Pull,
  type Readable,
  type Role,
  read,
  unreadable,
} from '../../../src/core/model/index.js';
import { history, roleAsked } from '../../support/snapshot.js';
import {
  HOUR,
  ME,
  START,
  aMergedPull,
  aPull,
  aSnapshot,
  aWorkedPull,
  anIssue,
  person,
  sha,
} from '../../support/view-builder.js';

const issue = anIssue(8);
const open = aWorkedPull(21, issue);
const MERGED: Outcome = { kind: 'merged', commit: sha('merge 8') };
const CANCELLED = 'cancelled';

interface Case {
  readonly issue?: Issue;
  readonly pull?: Pull | null;
  readonly base?: Readable<Base>;
  readonly labelled?: 'on' | 'removed' | 'never';
  readonly unlabelledFirst?: boolean;
  readonly landed?: Readable<boolean>;
  readonly role?: Readable<Role>;
}

function outcome({ pull = open, ...parts }: Case): Outcome {
  const book = createRoleBook({ hand: roleAsked(parts.role ?? read('write'), START + 9 * HOUR) }, []);
  const { issue: of = issue, base = baseWith(), labelled = 'on', landed = read(false) } = parts;
  const { unlabelledFirst = false } = parts;
  return outcomeOf(of, pull, { base, labelled, unlabelledFirst, landed, book, home: 'acme/market' });
}

function baseWith(...recent: readonly string[]): Readable<Base> {
  const { base } = aSnapshot({ base: { recent } });
  return base;
}

function closed(closing: Partial<Closing>, stateReason: Issue['stateReason'] = 'completed'): Issue {
  const last = { actor: person('hand'), at: START + HOUR, pull: null, ...closing };
  return anIssue(8, { state: 'closed', stateReason, history: history({ closed: last }) });
}

describe('merged', () => {
  test('a pull request that was merged into the base, as the commit that it became', () => {
    expect(outcome({ pull: aMergedPull(21, issue) })).toEqual(MERGED);
  });

  test('an indirect merge: the gate recorded the landing and the base holds that very head', () => {
    const { sha: head } = open.head;
    expect(outcome({ landed: read(true), base: baseWith(head) })).toEqual({ kind: 'merged', commit: head });
  });

  test.each([
    ['reachable without a recorded landing', read(false), [open.head.sha]],
    ['a recorded landing that has not reached the base', read(true), []],
  ] as const)('not what is only %s', (_, landed, recent) => {
    expect(outcome({ landed, base: baseWith(...recent) })).toEqual({ kind: 'open' });
  });

  test('is not certain while the record of the landing or the base cannot be read', () => {
    const landed = unreadable<boolean>('short');
    expect(outcome({ landed, base: baseWith(open.head.sha) })).toEqual({ kind: 'unread', why: 'short' });
    const base = unreadable<Base>('502');
    expect(outcome({ pull: aMergedPull(21, issue), base })).toEqual({ kind: 'unread', why: '502' });
    expect(outcome({ landed: read(true), base }).kind).toBe('unread');
  });

  test('without a commit that GitHub names: the head, if the base holds it, else not certain', () => {
    const pull = aMergedPull(21, issue, { mergeCommit: null });
    expect(outcome({ pull, base: baseWith(pull.head.sha) })).toEqual({
      kind: 'merged',
      commit: pull.head.sha,
    });
    expect(outcome({ pull }).kind).toBe('unread');
  });

  test('stays merged when its issue is closed by hand, as not planned, or not at all', () => {
    const pull = aMergedPull(21, issue);
    expect(outcome({ pull, issue: closed({}, 'not_planned') })).toEqual(MERGED);
    expect(outcome({ pull, labelled: 'removed' })).toEqual(MERGED);
  });
});

describe('cancelled', () => {
  test.each([
    [
      'closed without merging',
      aPull(21, issue, { state: 'closed' }),
      'the pull request was closed without merging',
    ],
    ['emptied', aMergedPull(21, issue, { changedFiles: 0 }), 'the pull request was emptied'],
    [
      'merged into another branch',
      aMergedPull(21, issue, { base: 'next' }),
      'the pull request was merged into another branch',
    ],
  ])('a pull request that was %s', (_, pull, how) => {
    expect(outcome({ pull })).toEqual({ kind: CANCELLED, how });
  });

  test('a pull request that the app closed because the deploy label was removed says that', () => {
    const pull = aWorkedPull(21, issue, { state: 'closed' });
    expect(outcome({ pull, labelled: 'removed', unlabelledFirst: true })).toEqual({
      kind: CANCELLED,
      how: 'the deploy label was removed',
    });
  });

  test('an issue from which the deploy label was removed', () => {
    expect(outcome({ labelled: 'removed' })).toEqual({
      kind: CANCELLED,
      how: 'the deploy label was removed',
    });
  });

  test('not an issue that never had the label of that name, as after a change of the name', () => {
    expect(outcome({ labelled: 'never' }).kind).toBe('unread');
  });

  test.each([
    ['admin', CANCELLED],
    ['write', CANCELLED],
    ['triage', 'open'],
    ['none', 'open'],
  ] as const)('an issue closed by hand by someone with %s: %s', (role, expected) => {
    expect(outcome({ issue: closed({}), role: read(role) }).kind).toBe(expected);
  });

  test('not an issue closed by nobody that is known, by an unlisted bot, or by someone whose role is not known', () => {
    expect(outcome({ issue: closed({ actor: null }) }).kind).toBe('open');
    expect(outcome({ issue: closed({ actor: { login: 'stale[bot]', kind: 'bot' } }) }).kind).toBe('open');
    expect(outcome({ issue: closed({}), role: unreadable('500') })).toEqual({ kind: 'unread', why: '500' });
  });

  test('an issue that the app closed, unless as completed: it does that only once the work is on the base', () => {
    const issue = closed({ actor: ME });
    expect(outcome({ issue: { ...issue, stateReason: 'not_planned' } }).kind).toBe(CANCELLED);
    expect(outcome({ issue: { ...issue, stateReason: 'completed' } }).kind).toBe('merged');
  });

  test('not certain where GitHub does not say how the issue was closed', () => {
    const unknown = anIssue(8, { state: 'closed', history: history() });
    expect(outcome({ issue: unknown }).kind).toBe('unread');
    const unread = anIssue(8, { state: 'closed', history: unreadable('short') });
    expect(outcome({ issue: unread })).toEqual({ kind: 'unread', why: 'short' });
  });
});

describe('done elsewhere', () => {
  const pull = { number: 45, repository: 'acme/market', merged: true };

  test('an issue that another merged pull request closed as completed', () => {
    expect(outcome({ issue: closed({ pull }) })).toEqual({ kind: 'done elsewhere', pull: 'acme/market#45' });
    expect(outcome({ issue: closed({ pull }), pull: null }).kind).toBe('done elsewhere');
  });

  test.each([
    ['write', person('hand'), 'done elsewhere'],
    ['triage', person('hand'), 'open'],
    ['none', ME, 'done elsewhere'],
    ['none', { login: 'stale[bot]', kind: 'bot' }, 'open'],
    ['none', null, 'open'],
  ] as const)(
    'with %s, a merge in another repository counts as if by hand: %j, %s',
    (role, actor, expected) => {
      const there = closed({ actor, pull: { ...pull, repository: 'mallory/own' } });
      expect(outcome({ issue: there, role: read(role) }).kind).toBe(expected);
    },
  );

  test('not certain where the role of who merged in another repository is not known', () => {
    const there = closed({ pull: { ...pull, repository: 'mallory/own' } });
    expect(outcome({ issue: there, role: unreadable('500') })).toEqual({ kind: 'unread', why: '500' });
    const here = closed({ pull: { ...pull, repository: 'Acme/Market' } });
    expect(outcome({ issue: here, role: unreadable('500') }).kind).toBe('done elsewhere');
  });

  test('not one that was closed as not planned, nor by a pull request that is not merged', () => {
    expect(outcome({ issue: closed({ pull }, 'not_planned') }).kind).toBe(CANCELLED);
    const notMerged = { ...pull, merged: false };
    expect(outcome({ issue: closed({ pull: notMerged, actor: null }) }).kind).toBe('open');
  });
});
