import { describe, expect, test } from '@jest/globals';
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
import { actionsOf, planOf, said, work } from './support.js';

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

const ACCEPTED = { answered: 'done' } as const;

describe('adopt', () => {
  test('is recorded by the reaction alone', () => {
    expect(answers(parts())).toEqual(['+1']);
  });

  test('makes the pull request the one of the issue, with its branch, and closes the draft', () => {
    const given = parts(ACCEPTED);
    const [member] = judge(aSnapshot(given)).view.members;
    expect([member?.pull?.number, member?.branchName]).toEqual([45, 'linus/locks']);
    expect(member?.recorded).toMatchObject({ kind: 'read', value: { approvedBy: 'linus' } });
    expect(work(given)).toContainEqual(expect.stringMatching(/close.*#28/));
  });

  test('makes what is said on the pull request about the issue', () => {
    const { view } = judge(aSnapshot(parts(ACCEPTED)));
    expect(view.places.issueOf(45)).toBe(8);
    expect(view.places.placeOf({ number: 45, onPull: true })).toEqual({ place: 'pull request', known: true });
  });

  test('leaves the branch of the adopted one alone after the landing', () => {
    const merged = other({ state: 'merged', mergeCommit: sha('merged'), closedAt: AT + 2 * HOUR });
    expect(
      work(parts(ACCEPTED, { pulls: [{ ...draft, state: 'closed', closedAt: AT }, merged] })),
    ).not.toContainEqual(expect.stringMatching(/delete/));
  });

  test('is over once the issue is deployed anew', () => {
    const labels = [
      labelEvent('put', DEPLOY, person('linus')),
      labelEvent('removed', DEPLOY, person('linus'), AT + 2 * HOUR),
      labelEvent('put', DEPLOY, person('linus'), AT + 3 * HOUR),
    ];
    const anew = anIssue(8, { history: history({ labels }) });
    expect(judge(aSnapshot(parts(ACCEPTED, { issues: [anew] }))).view.judged[0]?.pull?.number).toBe(28);
  });

  test('counts no more once its words were changed', () => {
    const given = parts({ ...ACCEPTED, edited: true });
    expect(judge(aSnapshot(given)).view.members[0]?.pull?.number).toBe(28);
    expect(answers(parts({ edited: true }))[0]).toMatch(
      /^@linus: `adopt` needs a comment that nobody has edited/,
    );
  });

  test('is not guessed at: without the comments a closed draft says nothing, nor does an adopted one that is gone', () => {
    const closed: Pull = { ...draft, state: 'closed', closedAt: AT };
    const unheard = aSnapshot(parts({}, { pulls: [closed, other()], comments: unreadable('500') }));
    expect(judge(unheard).view.judged[0]).toMatchObject({ approval: { kind: 'unread' }, pull: null });
    expect(said([...planOf(unheard).homes, ...planOf(unheard).rest]).join()).not.toMatch(
      /close|delete|remove/,
    );
    const lost = aSnapshot(parts(ACCEPTED, { pulls: [closed] }));
    expect(judge(lost).view.judged[0]).toMatchObject({ approval: { kind: 'unread' }, pull: null });
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

  test('waits until the issue has a draft, and while the pull requests cannot be read', () => {
    expect(answers(parts({}, { pulls: [other()] }))).toEqual([]);
    const unread: Snapshot = { ...aSnapshot(parts()), pulls: unreadable('500') };
    expect(said(planOf(unread).homes)).toEqual([]);
  });
});
