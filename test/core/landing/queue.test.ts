import { describe, expect, test } from '@jest/globals';
import {
  type Actor,
  type Comment,
  type LeftQueue,
  type Pull,
  type Snapshot,
  read,
  unreadable,
} from '../../../src/core/model/index.js';
import { DEPLOY, aComment, blockedBy, history, labelEvent, ownGate } from '../../support/snapshot.js';
import { formatGateId } from '../../../src/core/names/gate-id.js';
import {
  HOUR,
  ME,
  MINUTE,
  NOW,
  START,
  type PullParts,
  type SnapshotParts,
  aMergedPull,
  aSnapshot,
  aTracker,
  aWorkedPull,
  anIssue,
  judge,
  labelled,
  person,
  sha,
} from '../../support/view-builder.js';

/** An issue that somebody wants to land. */
function wanted(number: number, ...labels: readonly string[]) {
  return anIssue(number, { labels: [DEPLOY, 'subagent:merge', ...labels] });
}

/** A pull request that could land at once. */
function ready(issue: ReturnType<typeof wanted>, parts: PullParts = {}): Pull {
  return aWorkedPull(issue.number + 20, issue, parts);
}

function inQueue(issue: ReturnType<typeof wanted>, by: Actor | null = ME, parts: PullParts = {}): Pull {
  return ready(issue, { queued: read({ position: 1, by, group: null }), ...parts });
}

const RULES = { mergeQueue: true, approvals: 0 };

function moves(parts: SnapshotParts): string {
  return movesOn(aSnapshot({ trackers: [aTracker()], rules: RULES, ...parts }));
}

function movesOn(snapshot: Snapshot): string {
  const { queue, step } = judge(snapshot).progress;
  const names = (members: readonly { readonly number: number }[]) =>
    members.map(({ number }) => `#${number}`).join(' ');
  const landing = step.kind === 'none' ? '' : `, ${step.kind} #${step.member.number}`;
  return `in: ${names(queue.enqueue)}; out: ${names(queue.dequeue)}${landing}`;
}

const NOTHING = 'in: ; out: ';

describe('what goes into a merge queue', () => {
  test('is all that waits for nothing, in merge order, and no dependent', () => {
    const [one, two, three] = [
      wanted(1),
      { ...wanted(2), blockedBy: blockedBy(1) },
      wanted(3, 'priority:p0'),
    ];
    expect(moves({ issues: [one, two, three], pulls: [ready(one), ready(two), ready(three)] })).toBe(
      'in: #3 #1; out: ',
    );
  });

  test('is no dependent while what it depends on is only in the queue', () => {
    const [one, two] = [wanted(1), { ...wanted(2), blockedBy: blockedBy(1) }];
    expect(moves({ issues: [one, two], pulls: [inQueue(one), ready(two)] })).toBe(NOTHING);
  });

  test('is a sharer of one that is in it, too: they are tested together', () => {
    const [one, two] = [wanted(1, 'shares:core'), wanted(2, 'shares:core')];
    expect(moves({ issues: [one, two], pulls: [inQueue(one), ready(two)] })).toBe('in: #2; out: ');
  });

  test('is one that lacks commits of the base as it is, and one whose sharer has landed once it is up to date', () => {
    const [one, two] = [wanted(1, 'shares:core'), wanted(2, 'shares:core')];
    const merged = aMergedPull(21, one, { mergeCommit: sha('landed') });
    const behind = (...lacks: readonly string[]) =>
      ready(two, { detail: { behindBy: 1, lacks: read(lacks) } });
    const base = { recent: [sha('base'), sha('landed')] };
    expect(moves({ issues: [one, two], pulls: [merged, behind(sha('else'))], base })).toBe('in: #2; out: ');
    expect(moves({ issues: [one, two], pulls: [merged, behind(sha('landed'))], base })).toBe(
      `${NOTHING}, update #2`,
    );
  });

  test('is one that lacks commits of the base also where heads have to be up to date, and its order is overridden', () => {
    const one = { ...wanted(1), blockedBy: blockedBy(2) };
    const override = { comment: 700, on: 21, at: null };
    const title = `Order overridden by grace for ${sha('work 1').slice(0, 7)}: hotfix`;
    const gate = ownGate(null, {
      title,
      externalId: formatGateId({ verdict: 'abc', landing: null, override }),
    });
    const behind = ready(one, { ownChecks: read([gate]), detail: { behindBy: 3, mustUpdate: true } });
    const rules = { ...RULES, strict: true };
    expect(moves({ issues: [one, anIssue(2)], pulls: [behind], rules })).toBe('in: #1; out: ');
  });

  test('is no sharer of one that is brought up to date, or tested after that: its gate waits', () => {
    const [one, two] = [wanted(1, 'shares:first'), wanted(2, 'shares:first', 'shares:core')];
    const three = wanted(3, 'shares:core');
    const merged = aMergedPull(21, one, { mergeCommit: sha('landed') });
    const behind = ready(two, { detail: { behindBy: 1, lacks: read([sha('landed')]) } });
    const base = { recent: [sha('base'), sha('landed')] };
    const issues = [one, two, three];
    expect(moves({ issues, pulls: [merged, behind, ready(three)], base })).toBe(`${NOTHING}, update #2`);
    const checks = read([{ name: 'build', app: 1, state: 'pending' as const }]);
    const tested = ready(two, {
      ownChecks: read([ownGate({ base: sha('base'), pull: 22 }, { startedAt: NOW - MINUTE })]),
      detail: { checks },
    });
    expect(moves({ issues, pulls: [merged, tested, ready(three)], base })).toBe(NOTHING);
  });

  test.each<[string, SnapshotParts]>([
    ['nobody has asked for it', { issues: [anIssue(1)] }],
    ['it is on hold', { issues: [wanted(1, 'subagent:hold')] }],
    ['it is a draft', { pulls: [ready(wanted(1), { draft: true })] }],
    ['a check of it fails', { pulls: [failing()] }],
    ['the base itself fails', { base: { checks: read([{ name: 'build', app: 1, state: 'failed' }]) } }],
    ['its place cannot be read', { pulls: [ready(wanted(1), { queued: unreadable<null>('502') })] }],
    ['how it left cannot be read', { pulls: [ready(wanted(1), { leftQueue: unreadable<null>('502') })] }],
    ['the configuration is not valid', { config: 'nonsense: 1\n', lastValidConfig: '' }],
    [
      'the configuration says another method',
      { config: 'merge: { method: merge }\n', rules: { approvals: 9 } },
    ],
    ['something else cannot be read', { comments: unreadable<readonly Comment[]>('502') }],
  ])('is nothing where %s', (_, parts) => {
    const one = wanted(1);
    expect(moves({ issues: [one], pulls: [ready(one)], ...parts })).toBe(NOTHING);
  });
});

function failing(parts: PullParts = {}): Pull {
  return ready(wanted(1), {
    ...parts,
    detail: { checks: read([{ name: 'build', app: 1, state: 'failed' }]) },
  });
}

describe('what leaves a merge queue', () => {
  const queued = read({ position: 1, by: ME, group: null });

  test.each<[string, SnapshotParts]>([
    ['nobody asks for it any more', { issues: [anIssue(1)] }],
    ['it is on hold', { issues: [wanted(1, 'subagent:hold')] }],
    ['everything is frozen', { trackers: [frozen()] }],
    ['it has got a dependency', { issues: [{ ...wanted(1), blockedBy: blockedBy(2) }, anIssue(2)] }],
    ['it has become a draft', { pulls: [inQueue(wanted(1), ME, { draft: true })] }],
    ['a check of its head fails', { pulls: [failing({ queued })] }],
    ['its deployment was cancelled', { issues: [cancelled()] }],
  ])('is what the app put there and %s', (_, parts) => {
    const one = wanted(1);
    expect(moves({ issues: [one], pulls: [inQueue(one)], ...parts })).toBe('in: ; out: #1');
  });

  test.each<[string, Actor | null]>([
    ['a person', person('grace')],
    ['another app', { login: 'other[bot]', kind: 'bot' }],
    ['nobody that GitHub names', null],
  ])('is not what %s put there', (_, by) => {
    const one = wanted(1, 'subagent:hold');
    expect(moves({ issues: [one], pulls: [inQueue(one, by)] })).toBe(NOTHING);
  });

  test('is nothing for what passes, or cannot be read', () => {
    const one = wanted(1);
    const pending = read([{ name: 'build', app: 1, state: 'pending' as const }]);
    expect(moves({ issues: [one], pulls: [inQueue(one, ME, { detail: { checks: pending } })] })).toBe(
      NOTHING,
    );
    const unread = inQueue(one, ME, { detail: { checks: unreadable<never>('502') } });
    expect(moves({ issues: [one], pulls: [unread] })).toBe(NOTHING);
  });

  test('leaves on a snapshot with a part missing, too', () => {
    const one = wanted(1, 'subagent:hold');
    expect(moves({ issues: [one], pulls: [inQueue(one)], comments: unreadable<never>('502') })).toBe(
      'in: ; out: #1',
    );
  });
});

function frozen() {
  const names = ['subagent:tracking', 'subagent:freeze'];
  return aTracker({ labels: read(names), labelEvents: read(names.map((name) => labelled(name, ME))) });
}

/** Without its label that deploys it. */
function cancelled() {
  const labels = [
    labelEvent('put', DEPLOY, person('linus')),
    labelEvent('removed', DEPLOY, person('linus'), NOW - MINUTE),
    labelled('subagent:merge'),
  ];
  return { ...wanted(1), labels: read(['subagent:merge']), history: history({ labels }) };
}

describe('what has left a merge queue', () => {
  const one = wanted(1);

  /** Whether it goes in again; it was asked for at the start, and its head arrived then. */
  function again(
    left: Partial<LeftQueue>,
    pushedAt: number | null = START,
    comments: readonly Comment[] = [],
  ) {
    const leftQueue = read({ at: NOW - HOUR, by: null, reason: 'failed_checks', ...left });
    const pull = ready(one, { leftQueue, detail: { pushedAt } });
    return moves({ issues: [one], pulls: [pull], comments: read(comments) }) === 'in: #1; out: ';
  }

  test.each<[string, Partial<LeftQueue>]>([
    ['the queue took it out', {}],
    ['the queue did, whomever GitHub names', { by: ME }],
    ['a person took it out', { by: person('grace'), reason: 'manual' }],
    ['GitHub does not say why', { reason: null }],
    ['it is being merged', { reason: 'merged' }],
  ])('is not put back where %s', (_, left) => {
    expect(again(left)).toBe(false);
  });

  test('is put back where the app itself took it out', () => {
    expect(again({ by: ME, reason: 'manual' })).toBe(true);
  });

  test('is put back with a head that arrived after that, and with no other', () => {
    expect(again({}, NOW - HOUR + 1)).toBe(true);
    expect(again({}, NOW - HOUR)).toBe(false);
    expect(again({}, null)).toBe(false);
  });

  test('is put back once somebody has asked again, by an accepted command', () => {
    const merge = (parts: Partial<Comment>) => [
      aComment(parts.number ?? 1, '/merge', { answered: 'done', ...parts }),
    ];
    expect(again({}, START, merge({ createdAt: NOW - MINUTE }))).toBe(true);
    expect(again({}, START, merge({ createdAt: NOW - 2 * HOUR }))).toBe(false);
    expect(again({}, START, merge({ createdAt: NOW - MINUTE, answered: 'refused' }))).toBe(false);
    expect(again({}, START, merge({ createdAt: NOW - MINUTE, number: 2 }))).toBe(false);
  });
});
