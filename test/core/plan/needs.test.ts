import { describe, expect, test } from '@jest/globals';

import { type Check, type Said, read, unreadable } from '../../../src/core/model/index.js';
import { plan } from '../../../src/core/plan/plan.js';
import type { Refusal } from '../../../src/core/view/refusal.js';
import { blocker, ownGate } from '../../support/snapshot.js';
import {
  HOUR,
  NOW,
  START,
  type SnapshotParts,
  aPull,
  aSnapshot,
  aTracker,
  aWorkedPull,
  anIssue,
  digest,
  labelled,
  person,
  sha,
  taskCommit,
  taskText,
  work,
} from '../../support/view-builder.js';
import { actionsOf, planOf } from './support.js';

const NOTHING_SAID: Said = { known: {}, asked: { 21: read([]), 22: read([]) } };
const issue = anIssue(8);

function checks(...states: readonly (readonly [string, Check['state']])[]) {
  return { checks: read(states.map(([name, state]) => ({ name, app: 1, state }))) };
}

const RED = aWorkedPull(21, issue, { detail: checks(['build', 'failed']) });
const HEAD = RED.head.sha;

function snapshotOf(parts: SnapshotParts) {
  return aSnapshot({
    issues: [issue],
    pulls: [RED],
    trackers: [aTracker()],
    said: NOTHING_SAID,
    ...parts,
  });
}

/** What is said of needs, as `[number, cause, text]`. */
function said(parts: SnapshotParts = {}, refusals: readonly Refusal[] = []) {
  const input = {
    snapshot: snapshotOf(parts),
    now: NOW,
    digest,
    appVersion: '0.1.0',
    refused: new Set<string>(),
  };
  return actionsOf(plan({ ...input, refusals }).rest).flatMap((action) =>
    action.kind === 'comment' && action.cause.startsWith('needs-')
      ? [[action.number, action.cause, action.body] as const]
      : [],
  );
}

const causes = (...args: Parameters<typeof said>) => said(...args).map(([, cause]) => cause);

describe('what needs somebody is said on the pull request', () => {
  test('with what to do, and where all of it stands', () => {
    expect(said()).toMatchInlineSnapshot(`
     [
       [
         21,
         "needs-checks-1bbe2a3cd5e00bc32377832c26fbb9182e436124",
         "**Needs somebody:** Failing: build. Mend what they report and push, or run them again.

     All that needs somebody: [#12](../issues/12).",
       ],
     ]
    `);
  });

  test('once for each cause: not again for the same head, and again for the next', () => {
    const known = (cause: string): SnapshotParts => ({ said: { ...NOTHING_SAID, known: { 21: [cause] } } });
    expect(causes(known(`needs-checks-${HEAD}`))).toEqual([]);
    expect(causes(known(`needs-checks-${sha('before')}`))).toEqual([`needs-checks-${HEAD}`]);
  });

  test('not while it cannot be read what was said, and then it is asked', () => {
    expect(causes({ said: { known: {}, asked: { 21: unreadable('lost') } } })).toEqual([]);
    expect(planOf(snapshotOf({ said: { known: {}, asked: {} } })).askSaid).toEqual([21]);
  });

  test('and where nothing does, nothing is asked', () => {
    const green = aWorkedPull(21, issue);
    expect(planOf(snapshotOf({ pulls: [green], said: { known: {}, asked: {} } })).askSaid).toEqual([]);
  });
});

describe('a comment is for what lasts and for what nobody else says', () => {
  test('checks that fail are told once all have ended, and not of a draft', () => {
    const running = aWorkedPull(21, issue, { detail: checks(['build', 'failed'], ['slow', 'pending']) });
    const config = 'merge: { checks: [slow] }\n';
    expect(causes({ pulls: [running], config })).toEqual([]);
    expect(causes({ pulls: [{ ...RED, draft: true }] })).toEqual([]);
  });

  test('CI that never started is told, and CI that is still to come is not', () => {
    const since = (pushedAt: number) => {
      const pull = aWorkedPull(21, issue, { detail: { checks: read([]), pushedAt } });
      return causes({ pulls: [pull] });
    };
    expect(since(NOW - 30 * 60_000)).toEqual([`needs-ci-${HEAD}`]);
    expect(since(NOW - 29 * 60_000)).toEqual([]);
  });

  test('a dependency that was closed without being done', () => {
    const blocked = anIssue(8, {
      blockedBy: read([
        blocker(4, {
          state: 'closed',
          stateReason: 'not_planned',
          closed: read({ actor: person('ada'), at: START, pull: null }),
        }),
      ]),
    });
    expect(causes({ issues: [blocked], pulls: [aPull(21, blocked)] })).toEqual(['needs-closed-#4']);
  });

  test('an edit of the recorded text, once for each record', () => {
    const edited = anIssue(8, { title: 'Another title' });
    const record = taskCommit(issue).sha;
    const parts = { pulls: [aPull(21, issue)], tasks: { [record]: read(taskText(issue)) } };
    expect(causes({ issues: [edited], ...parts })).toEqual([`needs-title-${record}`]);
    expect(causes({ issues: [issue], ...parts })).toEqual([]);
  });

  test('a review that is still to come, a conflict and a missing command are not said here', () => {
    const green = aWorkedPull(21, issue);
    const conflict = aWorkedPull(21, issue, { detail: { mergeable: 'conflicting' } });
    expect(causes({ pulls: [green] })).toEqual([]);
    expect(causes({ pulls: [conflict] })).toEqual([]);
    expect(causes({ pulls: [green], rules: { approvals: 0 } })).toEqual([]);
  });

  test('what GitHub refused to land, in its own words', () => {
    const asked = anIssue(8, { labels: ['deploy-subagent', 'subagent:merge'] });
    const reviews = read([{ author: 'grace', state: 'approved', commit: HEAD, at: NOW } as const]);
    const pull = aWorkedPull(21, asked, { detail: { reviews } });
    const parts = { issues: [asked], pulls: [pull] };
    const before = actionsOf(planOf(snapshotOf(parts)).rest).map(({ kind }) => kind);
    expect(before).not.toContain('comment');
    const attempt = planOf({
      ...snapshotOf(parts),
      pulls: read([{ ...pull, ownChecks: read([ownGate({ base: sha('base'), pull: 21 })]) }]),
    }).landing?.attempt;
    if (attempt === undefined) throw new Error('it should land');
    const refusal: Refusal = {
      deed: 'merge pull request #21',
      sentence: 'A conversation must be resolved @acme',
      of: { kind: 'landing', attempt },
    };
    expect(said(parts, [refusal])).toMatchInlineSnapshot(`
     [
       [
         21,
         "needs-landing-e818290cbed3da79",
         "**Needs somebody:** GitHub did not let me merge pull request #21: "A conversation must be resolved @​acme". Mend what it says; it is tried again by itself.

     All that needs somebody: [#12](../issues/12).",
       ],
     ]
    `);
  });

  test('a landing whose checks do not end in its time', () => {
    const asked = anIssue(8, { labels: ['deploy-subagent', 'subagent:merge'] });
    const reviews = read([{ author: 'grace', state: 'approved', commit: HEAD, at: NOW } as const]);
    const slow = (startedAt: number) => {
      const gate = ownGate({ base: sha('base'), pull: 21 }, { startedAt });
      const pull = aWorkedPull(21, asked, {
        ownChecks: read([gate]),
        detail: { reviews, ...checks(['build', 'pending']) },
      });
      return said({ issues: [asked], pulls: [pull] });
    };
    expect(slow(NOW - HOUR)).toMatchInlineSnapshot(`
     [
       [
         21,
         "needs-slot-1bbe2a3cd5e00bc32377832c26fbb9182e436124",
         "**Needs somebody:** It did not land in the time that \`merge.slot\` gives it: Waits for checks: build. Others go ahead of it. Somebody sees why its checks do not end; it goes on by itself once they have.

     All that needs somebody: [#12](../issues/12).",
       ],
     ]
    `);
    expect(slow(NOW - HOUR + 1)).toEqual([]);
  });
});

describe('a base that fails', () => {
  const base = { checks: read([{ name: 'build', app: 1, state: 'failed' as const }]) };
  const asked = (number: number) => anIssue(number, { labels: ['deploy-subagent', 'subagent:merge'] });
  const ready = (number: number, pull: number, have = 1) => {
    const reviews = read(
      have === 0
        ? []
        : [{ author: 'grace', state: 'approved' as const, commit: sha(`work ${number}`), at: NOW }],
    );
    return aWorkedPull(pull, asked(number), { detail: { reviews } });
  };
  const issues = [asked(8), asked(9)];

  test('is said on the one pull request that would land next', () => {
    const found = said({ base, issues, pulls: [ready(8, 21, 0), ready(9, 22)] });
    expect(found.map(([number, cause]) => [number, cause.replace(/\w+$/, '')])).toEqual([[22, 'needs-red-']]);
    expect(found[0]?.[2]).toContain(
      '`main` itself is failing: build. Mend the base first.'.replaceAll('`', ''),
    );
    expect(said({ base, issues, pulls: [ready(8, 21), ready(9, 22)] }).map(([number]) => number)).toEqual([
      21,
    ]);
  });

  test('is said once for a head of the base, whichever checks fail and whichever would land next', () => {
    const of = (states: readonly (readonly [string, Check['state']])[], parts: SnapshotParts = {}) =>
      causes({
        base: checks(...states),
        rules: { requiredChecks: [] },
        issues,
        pulls: [ready(8, 21, 0), ready(9, 22)],
        ...parts,
      });
    const first = of([
      ['lint', 'failed'],
      ['build', 'pending'],
    ]);
    expect(first).toEqual([`needs-red-${sha('base')}`]);
    expect(
      of([
        ['lint', 'failed'],
        ['build', 'failed'],
      ]),
    ).toEqual(first);
    const cause = first[0] ?? '';
    const asked: Said['asked'] = { 21: read([{ cause, at: START }]), 22: read([]) };
    expect(of([['lint', 'failed']], { said: { known: {}, asked } })).toEqual([]);
    const lost: Said['asked'] = { 21: unreadable('lost'), 22: read([]) };
    expect(of([['lint', 'failed']], { said: { known: {}, asked: lost } })).toEqual([]);
    const known = { known: { 21: [cause] }, asked: {} };
    const next = { issues, pulls: [ready(8, 21, 0), ready(9, 22)], said: known };
    expect(planOf(snapshotOf({ base: checks(['build', 'failed']), ...next })).askSaid).toEqual([]);
  });

  test('is said of none that has other things to wait for', () => {
    expect(said({ base, issues, pulls: [ready(8, 21, 0), ready(9, 22, 0)] })).toEqual([]);
  });
});

describe('of many', () => {
  const issues = Array.from({ length: 30 }, (_, index) => anIssue(100 + index));
  const pulls = issues.map((each, index) =>
    aWorkedPull(200 + index, each, { detail: checks(['build', 'failed']) }),
  );
  const asked = Object.fromEntries(pulls.map(({ number }) => [number, read([])]));

  test('twenty are looked up and said in one run, so that the next landing need not wait for all', () => {
    expect(planOf(snapshotOf({ issues, pulls, said: { known: {}, asked: {} } })).askSaid).toHaveLength(20);
    expect(said({ issues, pulls, said: { known: {}, asked } })).toHaveLength(20);
  });

  test('those that were said make room, and what GitHub refused comes last', () => {
    const known = Object.fromEntries(
      pulls.slice(0, 25).map(({ number, head }) => [number, [`needs-checks-${head.sha}`]]),
    );
    const last = { issues, pulls, said: { known, asked } };
    expect(said(last).map(([number]) => number)).toEqual([225, 226, 227, 228, 229]);
    const locked = { deed: 'comment on #225', sentence: 'Locked.' };
    expect(said(last, [locked]).map(([number]) => number)).toEqual([226, 227, 228, 229, 225]);
  });
});

describe('nothing is said', () => {
  test('while the deployment is frozen', () => {
    const tracker = aTracker({
      labels: read(['subagent:tracking', 'subagent:freeze']),
      labelEvents: read([labelled('subagent:freeze', person('grace'))]),
    });
    expect(causes({ trackers: [tracker] })).toEqual([]);
  });

  test('of what somebody holds', () => {
    const held = anIssue(8, { labels: ['deploy-subagent', 'subagent:hold'] });
    expect(causes({ issues: [held] })).toEqual([]);
  });

  test('on a snapshot of which a part is missing, or with a config that is not valid', () => {
    expect(causes({ comments: unreadable('lost') })).toEqual([]);
    expect(causes({ config: 'nonsense: 1\n', lastValidConfig: '' })).toEqual([]);
  });

  test('of two pull requests, each has what is its own', () => {
    const other = anIssue(9);
    const pulls = [
      RED,
      aWorkedPull(22, other, { detail: { ...work(other), ...checks(['build', 'failed']) } }),
    ];
    expect(said({ issues: [issue, other], pulls }).map(([number, cause]) => [number, cause])).toEqual([
      [21, `needs-checks-${HEAD}`],
      [22, `needs-checks-${sha('work 9')}`],
    ]);
  });
});
