import { describe, expect, test } from '@jest/globals';
import { adoptedBy, displacedBody } from '../../../src/core/membership/adopted.js';
import { type Comment, type Pull, type Snapshot, read, unreadable } from '../../../src/core/model/index.js';
import { DEPLOY, aComment, history, labelEvent } from '../../support/snapshot.js';
import {
  HOUR,
  START,
  type SnapshotParts,
  aPull,
  aSnapshot,
  aTracker,
  aWorkedPull,
  anIssue,
  judge,
  person,
  sha,
} from '../../support/view-builder.js';
import { actionsOf, planOf, said } from './support.js';

const AT = START + 2 * HOUR;
const issue = anIssue(8);
const draft = aPull(28, issue);

/** Somebody's own pull request for the same work. */
function other(parts: Partial<Pull> = {}): Pull {
  const head = { branch: 'linus/locks', sha: sha('locks'), sameRepository: true };
  return { ...aWorkedPull(45, issue), author: person('linus'), head, createdAt: AT, ...parts };
}

function parts(comment: Partial<Comment> = {}, more: SnapshotParts = {}): SnapshotParts {
  const says = aComment(8, '/adopt #45', { createdAt: AT + HOUR, ...comment });
  return {
    issues: [issue],
    pulls: [draft, other()],
    trackers: [aTracker()],
    comments: read([says]),
    ...more,
  };
}

function answers(given: SnapshotParts): readonly string[] {
  return actionsOf(planOf(aSnapshot(given)).homes).map((action) =>
    action.kind === 'comment'
      ? action.body.replaceAll('\u200b', '')
      : action.kind === 'react'
        ? action.with
        : action.kind,
  );
}

/** The draft as `adopt` leaves it. */
const displaced: Pull = {
  ...draft,
  state: 'closed',
  closedAt: AT + HOUR,
  body: displacedBody(draft.body, 45),
};
const adopted = (more: SnapshotParts = {}): Snapshot =>
  aSnapshot(parts({ answered: 'done' }, { pulls: [displaced, other()], ...more }));

describe('adopt', () => {
  test('closes the draft with a word, and records in its body which one takes its place', () => {
    const actions = actionsOf(planOf(aSnapshot(parts())).homes);
    expect(actions).toMatchObject([
      { kind: 'close pull', pull: { number: 28 }, body: displaced.body, cause: 'displaced-45' },
      { kind: 'react', with: '+1' },
    ]);
    expect(adoptedBy(displaced)).toBe(45);
  });

  test('makes the pull request the one of the issue, with its branch and what is recorded', () => {
    const [member] = judge(adopted()).view.members;
    expect([member?.pull?.number, member?.branchName]).toEqual([45, 'linus/locks']);
    expect(member?.recorded).toMatchObject({ kind: 'read', value: { approvedBy: 'linus' } });
    expect(said(planOf(adopted()).rest).join()).not.toMatch(/close|delete|provision|open pull/);
  });

  test('holds whatever becomes of the comment', () => {
    const gone = judge(adopted({ comments: read([]) })).view.members[0];
    const unread = judge({ ...adopted(), comments: unreadable('500') }).view.members[0];
    expect([gone?.pull?.number, unread?.pull?.number]).toEqual([45, 45]);
  });

  test('makes what is said on the pull request about the issue', () => {
    const { view } = judge(adopted());
    expect(view.places.issueOf(45)).toBe(8);
    expect(view.places.placeOf({ number: 45, onPull: true })).toEqual({ place: 'pull request', known: true });
  });

  test('leaves the branch of the adopted one alone after the landing', () => {
    const merged = other({ state: 'merged', mergeCommit: sha('merged'), closedAt: AT + 2 * HOUR });
    const snapshot = adopted({ pulls: [displaced, merged] });
    expect(judge(snapshot).view.judged[0]?.outcome.kind).toBe('merged');
    expect(said(planOf(snapshot).rest).join()).not.toMatch(/delete/);
  });

  test('is over once the issue is deployed anew, or the draft is opened again', () => {
    const labels = [
      labelEvent('put', DEPLOY, person('linus')),
      labelEvent('removed', DEPLOY, person('linus'), AT + 2 * HOUR),
      labelEvent('put', DEPLOY, person('linus'), AT + 3 * HOUR),
    ];
    const anew = anIssue(8, { history: history({ labels }) });
    expect(judge(adopted({ issues: [anew] })).view.judged[0]?.pull).toBe(null);
    const again = judge(adopted({ pulls: [{ ...displaced, state: 'open' }, other()] }));
    expect(again.view.members[0]?.pull?.number).toBe(28);
  });

  test('is not guessed at where the adopted one is not there, or comes from a fork', () => {
    const fork = other({ head: { branch: 'x', sha: sha('x'), sameRepository: false } });
    for (const pulls of [[displaced], [displaced, fork]]) {
      const snapshot = adopted({ pulls });
      expect(judge(snapshot).view.judged[0]).toMatchObject({ approval: { kind: 'unread' }, pull: null });
      expect(said([...planOf(snapshot).homes, ...planOf(snapshot).rest]).join()).not.toMatch(/remove label/);
    }
  });

  test('is no more than a text in the body of somebody else’s pull request', () => {
    expect(adoptedBy({ ...displaced, author: person('linus') })).toBe(null);
  });

  test('takes another one later', () => {
    const head = { branch: 'ada/locks', sha: sha('other locks'), sameRepository: true };
    const second = other({ number: 46, head });
    const says = read([aComment(8, '/adopt #46', { createdAt: AT + 2 * HOUR })]);
    const [action] = actionsOf(
      planOf(adopted({ pulls: [displaced, other(), second], comments: says })).homes,
    );
    if (action?.kind !== 'close pull') throw new Error('nothing is recorded');
    expect(adoptedBy({ ...displaced, body: action.body ?? '' })).toBe(46);
  });

  test('gives one pull request to one issue', () => {
    const nine = anIssue(9);
    const says = [8, 9].map((number) => aComment(number, '/adopt #45', { id: number, createdAt: AT + HOUR }));
    const snapshot = aSnapshot(
      parts({}, { issues: [issue, nine], pulls: [draft, aPull(29, nine), other()], comments: read(says) }),
    );
    const actions = actionsOf(planOf(snapshot).homes);
    expect(actions.filter(({ kind }) => kind === 'close pull')).toHaveLength(1);
    expect(actions.at(-1)).toMatchObject({ kind: 'react', with: 'confused' });
  });

  test.each([
    ['is closed', other({ state: 'closed' }), 'it is not an open pull request of this repository'],
    [
      'comes from a fork',
      other({ head: { branch: 'x', sha: sha('x'), sameRepository: false } }),
      'its branch is in a fork, where I cannot keep it up to date',
    ],
    ['goes elsewhere', other({ base: 'stable' }), 'it goes into stable, and not into main'],
    [
      'comes from the base',
      other({ head: { branch: 'main', sha: sha('x'), sameRepository: true } }),
      'it comes from main, which other work is based on',
    ],
  ])('refuses one that %s', (_, pull, because) => {
    expect(answers(parts({}, { pulls: [draft, pull] }))).toEqual([
      `@linus: #8 cannot adopt #45: ${because}.`,
      'confused',
    ]);
  });

  test('refuses one that another issue has, and takes the one that it has already', () => {
    const nine = anIssue(9);
    const given = { issues: [issue, nine], pulls: [draft, aPull(29, nine)] };
    expect(answers(parts({ body: '/adopt #29' }, given))[0]).toBe(
      '@linus: #8 cannot adopt #29: it is the one of #9.',
    );
    expect(answers(parts({ body: '/adopt #28' }, given))).toEqual(['+1']);
  });

  test('refuses where there is no draft, and waits while the pull requests cannot be read', () => {
    expect(answers(parts({}, { pulls: [other()] }))[0]).toBe(
      '@linus: #8 cannot adopt #45: there is no draft of mine that it could replace.',
    );
    const unread: Snapshot = { ...aSnapshot(parts()), pulls: unreadable('500') };
    expect(said(planOf(unread).homes)).toEqual([]);
  });
});
