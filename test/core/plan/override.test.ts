import { describe, expect, test } from '@jest/globals';
import type { GateWrite } from '../../../src/core/actions/action.js';
import {
  type Comment,
  type OwnCheck,
  type PullDetail,
  type Readable,
  read,
  unreadable,
} from '../../../src/core/model/index.js';
import { parseGateId } from '../../../src/core/names/gate-id.js';
import { aComment, blockedBy, labelEvent, history, ownGate } from '../../support/snapshot.js';
import {
  HOUR,
  ME,
  MINUTE,
  NOW,
  START,
  type SnapshotParts,
  aMergedPull,
  aSnapshot,
  aTracker,
  aWorkedPull,
  anIssue,
  person,
  sha,
} from '../../support/view-builder.js';
import { actionsOf, planOf, published } from './support.js';

const AT = START + 2 * HOUR;
const HEAD = sha('work 9');
const TITLE = `Order overridden by grace for ${HEAD.slice(0, 7)}: hotfix`;
const OVERRIDE = aComment(9, '/override -- hotfix', { id: 700, author: person('grace'), createdAt: AT });

interface Parts extends SnapshotParts {
  readonly comments?: Readable<readonly Comment[]>;
  readonly detail?: Partial<PullDetail>;
  readonly checks?: Readable<readonly OwnCheck[]>;
}

/** #9 waits for #8. */
function snapshot({ detail = {}, checks = read([]), ...parts }: Parts = {}) {
  const [first, second] = [anIssue(8), anIssue(9, { blockedBy: blockedBy(8) })];
  const pulls = [aWorkedPull(28, first), aWorkedPull(29, second, { detail, ownChecks: checks })];
  return aSnapshot({ issues: [first, second], pulls, trackers: [aTracker()], ...parts });
}

function said(comment: Comment, parts: Parts = {}) {
  return actionsOf(planOf(snapshot({ comments: read([comment]), ...parts })).homes);
}

function refusal(comment: Comment, parts: Parts = {}): string {
  const [reply, react, ...more] = said(comment, parts);
  expect([react, more]).toEqual([expect.objectContaining({ kind: 'react', with: 'confused' }), []]);
  return reply?.kind === 'comment' ? reply.body : 'no reply';
}

/** The gate that the comment makes, which has to be the first thing that is done. */
function cleared(comment: Comment = OVERRIDE, parts: Parts = {}): GateWrite {
  const [publish, react] = said(comment, parts);
  expect(react).toMatchObject({ kind: 'react', comment: comment.id, with: '+1' });
  if (publish?.kind !== 'publish gates' || publish.gates[0] === undefined) throw new Error('no gate');
  expect(publish.gates).toHaveLength(1);
  return publish.gates[0];
}

/** The run that GitHub shows after such a write. */
function asRun({ verdict }: GateWrite, parts: Partial<OwnCheck> = {}): OwnCheck {
  const { status, conclusion, title, externalId } = verdict;
  return ownGate(null, { status, conclusion, title, externalId, startedAt: AT, ...parts });
}

const overridden = (): OwnCheck => asRun(cleared());

describe('an override', () => {
  test('publishes the gate of the head, with who and why and the comment, and then reacts', () => {
    const { sha: of, verdict, run } = cleared();
    expect([of, run, verdict.status, verdict.conclusion, verdict.title]).toEqual([
      HEAD,
      null,
      'completed',
      'success',
      TITLE,
    ]);
    expect(parseGateId(verdict.externalId)?.override).toEqual({ comment: 700, on: 9, at: AT });
  });

  test('ends the unfinished run of that head in place', () => {
    const waiting = ownGate(null, { status: 'in_progress', conclusion: null, title: 'Waits for #8' });
    expect(cleared(OVERRIDE, { checks: read([waiting]) }).run).toBe(waiting.nodeId);
  });

  test('works on the pull request, and on the tracking issue for those named', () => {
    for (const [number, body] of [
      [29, '/override -- hotfix'],
      [12, '/override #9 -- hotfix'],
    ] as const) {
      const comment = { ...OVERRIDE, number, onPull: number === 29, body };
      expect(cleared(comment).verdict.title).toBe(TITLE);
    }
  });

  test('clears a hold and a freeze of the gate, too', () => {
    const events = [
      labelEvent('put', 'deploy-subagent', person('linus')),
      labelEvent('put', 'subagent:hold', ME),
    ];
    const issue = anIssue(9, {
      labels: ['deploy-subagent', 'subagent:hold'],
      history: history({ labels: events }),
    });
    const frozen = aTracker({
      labels: read(['subagent:tracking', 'subagent:freeze']),
      labelEvents: read([labelEvent('put', 'subagent:freeze', person('grace'))]),
    });
    const parts = { issues: [issue], pulls: [aWorkedPull(29, issue)], trackers: [frozen] };
    expect(cleared(OVERRIDE, parts).verdict.title).toBe(TITLE);
  });

  test.each(['linus', 'tria'])('by %s is refused', (login) => {
    expect(refusal({ ...OVERRIDE, author: person(login) })).toContain('needs the *maintain* role');
  });

  test('without a reason is refused, also where nobody could read it', () => {
    const needs = '@grace: `override` needs a reason: `/subagent override -- reason`. Nothing was run.';
    expect(refusal({ ...OVERRIDE, body: '/override' })).toBe(needs);
    expect(refusal({ ...OVERRIDE, body: '/override -- \u2060\u2060' })).toBe(needs);
  });

  test('of what waits for nothing, has no pull request or is none of ours is refused', () => {
    const on = (number: number) => refusal({ ...OVERRIDE, number: 12, body: `/override #${number} -- x` });
    expect(on(8)).toBe('@grace: I did not override the order of #8: its gate is free.');
    expect(on(77)).toBe('@grace: I did not override the order of #77: it is not part of the deployment.');
    const [issue] = [anIssue(9)];
    expect(refusal(OVERRIDE, { issues: [issue], pulls: [], branches: read({}) })).toBe(
      '@grace: I did not override the order of #9: it has no open pull request.',
    );
  });
});

describe('the head that an override is for', () => {
  const newer = `@grace: \`override\` holds for a head that you have seen; ${HEAD.slice(0, 7)} of #9 came after your comment, or in the same second. Look at it, then comment again.`;

  test.each([
    ['came after the comment', { pushedAt: AT + 1_000 }],
    ['came in the same second', { pushedAt: AT }],
    [
      'was there before on another branch, and was put on this one after the comment',
      {
        pushedAt: AT - HOUR,
        forcePushes: [{ actor: person('linus'), before: sha('old'), after: HEAD, at: AT + MINUTE }],
      },
    ],
  ] as const)('is refused if it %s', (_, detail) => {
    expect(refusal(OVERRIDE, { detail })).toBe(newer);
  });

  test('is refused if GitHub does not say when it came', () => {
    expect(refusal(OVERRIDE, { detail: { pushedAt: null } })).toContain('GitHub does not say when');
  });

  test('is left for the next time if that could not be read', () => {
    const base = snapshot({ comments: read([OVERRIDE]) });
    const pulls = base.pulls.kind === 'read' ? base.pulls.value : [];
    for (const broken of [{ detail: unreadable<never>('500') }, { ownChecks: unreadable<never>('500') }]) {
      const { homes } = planOf({ ...base, pulls: read(pulls.map((pull) => ({ ...pull, ...broken }))) });
      expect(actionsOf(homes)).toEqual([]);
    }
  });

  test('is refused if it is the head of another subagent, too, whose gate would be cleared with it', () => {
    const [first, second] = [anIssue(8), anIssue(9, { blockedBy: blockedBy(10) })];
    const head = { branch: 'feature/issue-8', sha: HEAD, sameRepository: true };
    const pulls = [aWorkedPull(28, first, { head }), aWorkedPull(29, second)];
    expect(refusal(OVERRIDE, { issues: [first, second, anIssue(10)], pulls })).toBe(
      `@grace: I did not override the order of #9: ${HEAD.slice(0, 7)} is the head of #8 as well, which it would clear, too.`,
    );
  });
});

describe('an override in force', () => {
  const after = (parts: Parts = {}) =>
    snapshot({ checks: read([overridden()]), comments: read([{ ...OVERRIDE, answered: 'done' }]), ...parts });
  const gates = (parts: Parts = {}) =>
    actionsOf(planOf(after(parts)).rest).flatMap((action) =>
      action.kind === 'publish gates' ? action.gates.filter((gate) => gate.sha === HEAD) : [],
    );

  test('needs no more writes', () => {
    const all = published(after());
    const { homes, rest } = planOf(all);
    expect(actionsOf([...homes, ...rest])).toEqual([]);
  });

  test.each([
    ['was deleted', read([])],
    ['cannot be read', unreadable<readonly Comment[]>('500')],
    [
      'was edited by somebody',
      read([{ ...OVERRIDE, body: 'x', answered: 'done', editedByOthers: true } as const]),
    ],
  ])('stays, in the words that were accepted, if the comment %s', (_, comments) => {
    expect(gates({ comments })).toEqual([]);
  });

  test('is no override for the next head', () => {
    const next = snapshot({ comments: read([{ ...OVERRIDE, answered: 'done' }]) });
    const publish = actionsOf(planOf(next).rest).find((action) => action.kind === 'publish gates');
    expect(publish?.gates.find((gate) => gate.sha === HEAD)?.verdict.title).toBe(
      'Waits for #8 (pull request #28)',
    );
  });

  test('is none if the gate does not say whose it is', () => {
    const nameless = { ...overridden(), title: 'Free to merge: nothing to wait for' };
    expect(gates({ checks: read([nameless]) }).map(({ verdict }) => verdict.title)).toEqual([
      'Waits for #8 (pull request #28)',
    ]);
  });

  test('a comment that was cut off before its reaction only gets the reaction', () => {
    expect(said(OVERRIDE, { checks: read([overridden()]) })).toEqual([
      { kind: 'react', comment: 700, number: 9, with: '+1' },
    ]);
  });

  test('a second comment changes nothing, nor does one in the same moment', () => {
    const second = { ...OVERRIDE, id: 701, body: '/override -- again' };
    expect(said(second, { checks: read([overridden()]) })).toMatchObject([{ kind: 'react', comment: 701 }]);
    const both = planOf(snapshot({ comments: read([OVERRIDE, second]) })).homes;
    expect(actionsOf(both).map(({ kind }) => kind)).toEqual(['publish gates', 'react', 'react']);
  });

  test('ends as soon as its head is that of another subagent, too', () => {
    const [first, second] = [anIssue(8), anIssue(9, { blockedBy: blockedBy(8) })];
    const shared = { branch: 'feature/issue-8', sha: HEAD, sameRepository: true };
    const checks = read([overridden()]);
    const pulls = [
      aWorkedPull(28, first, { head: shared, ownChecks: checks }),
      aWorkedPull(29, second, { ownChecks: checks }),
    ];
    expect(gates({ issues: [first, second], pulls }).map(({ verdict }) => verdict.title)).toEqual([
      'Waits for #8 (pull request #28)',
    ]);
  });

  test('stays while an outsider has a pull request with the same head', () => {
    const base = after();
    const pulls = base.pulls.kind === 'read' ? base.pulls.value : [];
    const own = pulls[1];
    if (own === undefined) throw new Error('no pull request');
    const fork = { ...own, number: 55, head: { branch: 'main', sha: HEAD, sameRepository: false } };
    for (const all of [
      [...pulls, fork],
      [fork, ...pulls],
    ]) {
      const rest = actionsOf(planOf({ ...base, pulls: read(all) }).rest);
      const written = rest.flatMap((action) => (action.kind === 'publish gates' ? action.gates : []));
      expect(written.filter((gate) => gate.sha === HEAD)).toEqual([]);
    }
  });

  test('merges like any other: those that wait for it go on', () => {
    const [second, third] = [anIssue(9), anIssue(10, { blockedBy: blockedBy(9) })];
    const pulls = [aMergedPull(29, second, { ownChecks: read([overridden()]) }), aWorkedPull(30, third)];
    const base = snapshot({ issues: [second, third], pulls });
    const publish = actionsOf(planOf(base, NOW).rest).find((action) => action.kind === 'publish gates');
    expect(publish?.gates.map(({ verdict }) => verdict.title)).toEqual([
      'Free to merge: nothing to wait for',
    ]);
  });
});
