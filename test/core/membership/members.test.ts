import { describe, expect, test } from '@jest/globals';
import { isSpent } from '../../../src/core/membership/members.js';
import { type Actor, type Pull, type Time, read, unreadable } from '../../../src/core/model/index.js';
import { DEPLOY, history, labelEvent, ownGate, roleAsked } from '../../support/snapshot.js';
import {
  HOUR,
  ME,
  MINUTE,
  NOW,
  type PullParts,
  START,
  type SnapshotParts,
  aMergedPull,
  aPull,
  aSnapshot,
  aTracker,
  aWorkedPull,
  anIssue,
  judge,
  person,
  sha,
} from '../../support/view-builder.js';

const issue = anIssue(8);
const branch = 'feature/issue-8';
const at = (shaOf: string) => ({ branch, sha: sha(shaOf), sameRepository: true });

function memberNumbers(parts: SnapshotParts): readonly number[] {
  return judge(aSnapshot(parts)).view.members.map(({ number }) => number);
}

function pullOf(...pulls: readonly Pull[]): number | null {
  return judge(aSnapshot({ issues: [issue], pulls })).view.judged[0]?.pull?.number ?? null;
}

describe('which pull request is that of an issue', () => {
  test('the open one of its branch', () => {
    expect(pullOf(aPull(21, issue), aPull(22, anIssue(9)))).toBe(21);
  });

  test('not one of a fork’s branch of the same name', () => {
    const head = { ...at('fork'), sameRepository: false };
    expect(pullOf(aPull(21, issue, { head }))).toBeNull();
  });

  test('not one that was closed before the approval, but one that was made after it and closed', () => {
    const before = aPull(20, issue, { state: 'closed', createdAt: START - HOUR, closedAt: START - MINUTE });
    expect(pullOf(before)).toBeNull();
    expect(pullOf(before, aPull(21, issue, { state: 'closed', closedAt: START + HOUR }))).toBe(21);
  });

  test('an open one that is older than the approval, before a closed one that is newer', () => {
    const older = aPull(20, issue, { createdAt: START - HOUR });
    expect(pullOf(older, aPull(21, issue, { state: 'closed' }))).toBe(20);
  });

  test('the one onto the base, before a newer one from the same branch onto another', () => {
    const other = aPull(30, issue, { base: 'release', author: person('ada') });
    expect(pullOf(aPull(21, issue), other)).toBe(21);
  });

  test('the one that was merged into the base, before an open one from the same branch onto another', () => {
    const other = aPull(30, issue, { base: 'release', author: person('ada') });
    expect(pullOf(aMergedPull(21, issue), other)).toBe(21);
    expect(pullOf(aMergedPull(21, issue), { ...other, base: 'main' })).toBe(30);
    expect(pullOf(aPull(21, issue, { state: 'closed', closedAt: START + HOUR }), other)).toBe(30);
  });

  test.each([
    ['write', person('ada'), 21],
    ['read', person('mallory'), null],
    ['nobody, the account is gone', null, null],
    ['an unlisted bot', { login: 'helper[bot]', kind: 'bot' }, null],
  ] as const)('one that was opened by %s', (_, author, expected) => {
    expect(pullOf(aPull(21, issue, { author }))).toBe(expected);
  });

  test('one by somebody whose role is not known yet counts, for that only holds it back', () => {
    const { view } = judge(
      aSnapshot({ issues: [issue], pulls: [aPull(21, issue, { author: person('new') })] }),
    );
    expect([view.judged[0]?.pull?.number, view.book.missing()]).toEqual([21, ['new']]);
  });
});

describe('who is a member', () => {
  test('an open issue with an approval', () => {
    expect(memberNumbers({ issues: [issue] })).toEqual([8]);
  });

  test('not one whose approval is refused', () => {
    expect(memberNumbers({ issues: [anIssue(8, { by: person('mallory') })] })).toEqual([]);
  });

  test('one whose approval cannot be judged now, if it has a pull request', () => {
    const unread = anIssue(8, { history: unreadable('short') });
    expect(memberNumbers({ issues: [unread] })).toEqual([]);
    expect(memberNumbers({ issues: [unread], pulls: [aPull(21, issue)] })).toEqual([8]);
  });

  test('one from which someone with triage removed the label, until it is put back', () => {
    const events = [
      labelEvent('put', DEPLOY, person('linus')),
      labelEvent('removed', DEPLOY, person('tria'), START + HOUR),
    ];
    const robbed = anIssue(8, { labels: [], history: history({ labels: events }) });
    expect(memberNumbers({ issues: [robbed], pulls: [aPull(21, issue)] })).toEqual([8]);
    const roles = { linus: roleAsked(read('write'), NOW), tria: roleAsked(unreadable('500'), NOW) };
    expect(memberNumbers({ issues: [robbed], pulls: [aPull(21, issue)], roles })).toEqual([8]);
  });

  test('not one from which someone with write removed the label', () => {
    const events = [
      labelEvent('put', DEPLOY, person('linus')),
      labelEvent('removed', DEPLOY, person('ada'), START + HOUR),
    ];
    const cancelled = anIssue(8, { labels: [], history: history({ labels: events }) });
    expect(memberNumbers({ issues: [cancelled], pulls: [aPull(21, issue)] })).toEqual([]);
  });

  test('a labelled issue that was finished since the tracking issue was made, and none from before', () => {
    const merged = aMergedPull(21, issue, { author: person('ada') });
    const since = (createdAt: number) => [aTracker({ createdAt })];
    expect(memberNumbers({ issues: [issue], pulls: [merged] })).toEqual([]);
    expect(memberNumbers({ issues: [issue], pulls: [merged], trackers: since(START) })).toEqual([8]);
    expect(memberNumbers({ issues: [issue], pulls: [merged], trackers: since(START + 3 * HOUR) })).toEqual(
      [],
    );
  });

  describe('after the tracking issue was deleted', () => {
    const open = anIssue(9);
    const merged = aMergedPull(21, issue, { closedAt: NOW - HOUR });
    const trackers = [aTracker({ createdAt: NOW - MINUTE })];
    const numbers = (own: Pull, of = open, more: SnapshotParts = { trackers }) =>
      memberNumbers({ issues: [issue, of], pulls: [merged, own], ...more });

    test('what has landed since the app began the oldest open work is still a member', () => {
      const begun = aPull(22, open, { createdAt: NOW - 2 * HOUR });
      expect(numbers(begun)).toEqual([8, 9]);
      expect(numbers(begun, open, { trackers: [] })).toEqual([8, 9]);
    });

    test('what had landed before that is none', () => {
      expect(numbers(aPull(22, open, { createdAt: NOW - 30 * MINUTE }))).toEqual([9]);
    });

    test('an old pull request that is somebody else’s, is over or was approved anew counts for nothing', () => {
      const createdAt = NOW - 2 * HOUR;
      expect(numbers(aPull(22, open, { createdAt, author: person('ada') }))).toEqual([9]);
      expect(numbers(aPull(22, open, { createdAt, state: 'closed', closedAt: createdAt }))).toEqual([]);
      const put = labelEvent('put', DEPLOY, person('linus'), NOW - 30 * MINUTE);
      const anew = anIssue(9, { history: history({ labels: [put] }) });
      expect(numbers(aPull(22, anew, { createdAt }), anew)).toEqual([9]);
    });
  });

  test('an issue without the label for which the app made a pull request since then', () => {
    const bare = anIssue(8, { labels: [] });
    const closed = aPull(21, bare, { state: 'closed', createdAt: START, closedAt: START + HOUR });
    expect(
      memberNumbers({ issues: [bare], pulls: [closed], trackers: [aTracker({ createdAt: START })] }),
    ).toEqual([8]);
    expect(
      memberNumbers({ issues: [bare], pulls: [closed], trackers: [aTracker({ createdAt: NOW })] }),
    ).toEqual([]);
  });
});

describe('a recorded landing', () => {
  test('makes a member merged once the base holds its head', () => {
    const pull = aWorkedPull(21, issue, { ownChecks: read([ownGate({ base: sha('base'), pull: 21 })]) });
    const base = { recent: [pull.head.sha, sha('base')] };
    const { view } = judge(aSnapshot({ issues: [issue], pulls: [pull], base, trackers: [aTracker()] }));
    expect(view.members[0]?.outcome).toEqual({ kind: 'merged', commit: pull.head.sha });
  });

  test('makes nobody merged but the one that it is of: its head may be that of a branch reset to the base', () => {
    const nine = anIssue(9, { state: 'closed', stateReason: 'completed', closedAt: NOW - HOUR });
    const record = { ownChecks: read([ownGate({ base: sha('base'), pull: 29 })]) };
    const landed = aMergedPull(29, nine, { ...record, changedFiles: 0 });
    const { head } = landed;
    const outcomes = (parts: PullParts) => {
      const reset = aWorkedPull(21, issue, {
        ...record,
        head: { ...head, branch: 'feature/issue-8' },
        changedFiles: 0,
        detail: { commits: read([]), files: read([]) },
        ...parts,
      });
      const base = { sha: head.sha, recent: [head.sha, sha('base')] };
      const trackers = [aTracker()];
      const { view } = judge(aSnapshot({ issues: [issue, nine], pulls: [reset, landed], base, trackers }));
      return view.judged.map(({ outcome }) => outcome.kind);
    };
    expect(outcomes({})).toEqual(['open', 'merged']);
    expect(outcomes({ state: 'closed', closedAt: NOW })).toEqual(['cancelled', 'merged']);
    expect(outcomes({ state: 'merged', closedAt: NOW, mergeCommit: head.sha })).toEqual([
      'cancelled',
      'merged',
    ]);
  });

  test('is only read from the gate, not from another check run of the app', () => {
    const pull = aWorkedPull(21, issue, {
      ownChecks: read([ownGate({ base: sha('base'), pull: 21 }, { name: 'subagent' })]),
    });
    const { view } = judge(aSnapshot({ issues: [issue], pulls: [pull], base: { recent: [pull.head.sha] } }));
    expect(view.members[0]?.outcome).toEqual({ kind: 'open' });
  });
});

describe('a spent label', () => {
  const spent = (parts: SnapshotParts) => {
    const { view } = judge(aSnapshot(parts));
    return view.judged.map((member) => isSpent(member, view.config.settings));
  };
  const closed = aPull(21, issue, { state: 'closed', closedAt: START + HOUR });

  test('is one on an open issue whose pull request was closed', () => {
    expect(spent({ issues: [issue], pulls: [closed] })).toEqual([true]);
    expect(spent({ issues: [issue], pulls: [aPull(21, issue)] })).toEqual([false]);
  });

  test('is not one that was put again after the pull request was closed', () => {
    const again = anIssue(8, {
      history: history({ labels: [labelEvent('put', DEPLOY, person('linus'), START + 2 * HOUR)] }),
    });
    expect(spent({ issues: [again], pulls: [closed] })).toEqual([false]);
  });

  test('after a merge is one only on an issue that somebody has reopened', () => {
    const reopened = anIssue(8, { stateReason: 'reopened' });
    expect(spent({ issues: [issue], pulls: [aMergedPull(21, issue)] })).toEqual([false]);
    expect(spent({ issues: [reopened], pulls: [aMergedPull(21, issue)] })).toEqual([true]);
  });

  test('is not one whose approval cannot be judged now', () => {
    const nobody = anIssue(8, { history: history({ labels: [labelEvent('put', DEPLOY, ME)] }) });
    expect(spent({ issues: [nobody], pulls: [closed] })).toEqual([false]);
  });
});

describe('work that ended by the label and by its pull request', () => {
  /** How it ended, as its pull request was closed an hour after the start. */
  function how(by: Actor, removedAt: Time): unknown {
    const labels = [labelEvent('put', DEPLOY, person('linus')), labelEvent('removed', DEPLOY, by, removedAt)];
    const unlabelled = anIssue(8, { labels: [], history: history({ labels }) });
    const pull = aPull(21, issue, { state: 'closed', closedAt: START + HOUR });
    const { outcome } = judge(aSnapshot({ issues: [unlabelled], pulls: [pull] })).view.judged[0]!;
    return outcome.kind === 'cancelled' ? outcome.how : outcome;
  }

  test('ended by what came first, for the app does the other because of it', () => {
    expect(how(person('linus'), START + HOUR - MINUTE)).toBe('the deploy label was removed');
    expect(how(ME, START + HOUR - MINUTE)).toBe('the deploy label was removed');
    expect(how(ME, START + HOUR + MINUTE)).toBe('the pull request was closed without merging');
  });

  test('ended, in one second, by what a person did', () => {
    expect(how(person('linus'), START + HOUR)).toBe('the deploy label was removed');
    expect(how(ME, START + HOUR)).toBe('the pull request was closed without merging');
  });
});

describe('a task commit', () => {
  test('of a pull request whose commits cannot be read withdraws nothing after an edit', () => {
    const edits = [{ what: 'body', editor: person('mallory'), at: START + HOUR }] as const;
    const edited = anIssue(8, {
      history: history({ labels: [labelEvent('put', DEPLOY, person('linus'))], edits }),
    });
    const kind = (commits: Parameters<typeof aPull>[2]) =>
      judge(aSnapshot({ issues: [edited], pulls: [aPull(21, edited, commits)] })).view.judged[0]?.approval
        .kind;
    expect(kind({ detail: { commits: read([]) } })).toBe('withdrawn');
    expect(kind({ detail: { commits: unreadable('too many') } })).toBe('unread');
  });
});
