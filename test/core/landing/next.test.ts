import { describe, expect, test } from '@jest/globals';
import { type PullDetail, read, unreadable } from '../../../src/core/model/index.js';
import { DEPLOY, blockedBy, ownGate } from '../../support/snapshot.js';
import {
  HOUR,
  ME,
  MINUTE,
  NOW,
  type PullParts,
  type SnapshotParts,
  aMergedPull,
  aSnapshot,
  aTracker,
  aWorkedPull,
  anIssue,
  judge,
  sha,
  taskCommit,
} from '../../support/view-builder.js';

/** An issue that somebody wants to land. */
function wanted(number: number, ...labels: readonly string[]) {
  return anIssue(number, { labels: [DEPLOY, 'subagent:merge', ...labels] });
}

type Wanted = ReturnType<typeof wanted>;

function approved(number: number) {
  return [{ author: 'grace', state: 'approved', commit: sha(`work ${number}`), at: NOW - HOUR }] as const;
}

/** A pull request that could land at once. */
function ready(issue: Wanted, parts: PullParts = {}) {
  const { detail, ...rest } = parts;
  return aWorkedPull(issue.number + 20, issue, {
    ...rest,
    detail: { reviews: read(approved(issue.number)), ...detail },
  });
}

const landingOf = (pull: number) => `v1 0 landing:${sha('base')} pull:${pull}`;

/** One whose head the app made by an update to land it, and which is being tested. */
function testing(issue: Wanted, since: number, detail: Partial<PullDetail> = {}) {
  return ready(issue, {
    detail: {
      checks: read([{ name: 'build', app: 1, state: 'pending' }]),
      forcePushes: [{ actor: ME, before: sha('before'), after: sha(`work ${issue.number}`), at: since }],
      earlierChecks: read([
        { name: 'merge-order', app: 1, state: 'passed', externalId: landingOf(issue.number + 20) },
      ]),
      ...detail,
    },
  });
}

function next(parts: SnapshotParts): string {
  const { step, slot } = judge(aSnapshot({ trackers: [aTracker()], ...parts })).progress;
  const holder = slot === null ? '' : `, #${slot.member.number} has the slot`;
  return `${step.kind === 'none' ? 'nothing' : `${step.kind} #${step.member.number}`}${holder}`;
}

const FAST_FORWARD = { config: 'merge: { method: fast-forward }\n' };
const [one, two, three] = [wanted(1), wanted(2), wanted(3)];
const urgent = wanted(4, 'priority:p0');

describe('the next step', () => {
  test('lands the first in the merge order', () => {
    expect(next({ issues: [one, two], pulls: [ready(one), ready(two)] })).toBe('land #1');
    expect(next({ issues: [one, urgent], pulls: [ready(one), ready(urgent)] })).toBe('land #4');
  });

  test('goes past those that cannot land yet', () => {
    const draft = ready(one, { draft: true });
    expect(next({ issues: [one, two], pulls: [draft, ready(two)] })).toBe('land #2');
    const waiting = anIssue(1, {
      labels: [DEPLOY, 'subagent:merge', 'priority:p0'],
      blockedBy: blockedBy(2),
    });
    expect(next({ issues: [waiting, two], pulls: [ready(waiting), ready(two)] })).toBe('land #2');
  });

  test('is nothing while nobody asks, and under `merge.when: approved` nobody has to', () => {
    const unasked = anIssue(1);
    const parts = { issues: [unasked], pulls: [ready(unasked)] };
    expect(next(parts)).toBe('nothing');
    expect(next({ ...parts, config: 'merge: { when: approved }\n' })).toBe('land #1');
  });

  test('under `merge.when: approved` needs an approval, also where the base asks for none', () => {
    const unasked = anIssue(1);
    const config = 'merge: { when: approved }\n';
    const rules = { approvals: 0 };
    const unapproved = ready(unasked, { detail: { reviews: read([]) } });
    expect(next({ issues: [unasked], pulls: [unapproved], config, rules })).toBe('nothing');
    expect(next({ issues: [unasked], pulls: [ready(unasked)], config, rules })).toBe('land #1');
    const asked = ready(one, { detail: { reviews: read([]) } });
    expect(next({ issues: [one], pulls: [asked], config, rules })).toBe('land #1');
  });

  test.each([
    ['held', { issues: [wanted(1, 'subagent:hold')] }],
    ['frozen', { trackers: [aTracker({ labels: unreadable('short') })] }],
    ['in conflict', { pulls: [ready(one, { detail: { mergeable: 'conflicting' } })] }],
    ['of unknown mergeability', { pulls: [ready(one, { detail: { mergeable: 'unknown' } })] }],
    ['not approved', { pulls: [ready(one, { detail: { reviews: read([]) } })] }],
    ['of reviews that cannot be read', { pulls: [ready(one, { detail: { reviews: unreadable('502') } })] }],
    ['of checks that cannot be read', { pulls: [ready(one, { detail: { checks: unreadable('502') } })] }],
    ['on a red base', { base: { checks: read([{ name: 'build', app: 1, state: 'failed' }]) } }],
    ['on a base whose checks cannot be read', { base: { checks: unreadable('502') } }],
    ['on a base whose rules cannot be read', { base: { rules: unreadable('502') } }],
    ['on an invalid config', { config: 'nonsense: 1\n' }],
    ['on a snapshot with a part missing', { comments: unreadable('502') }],
    [
      'empty but for the task file',
      { pulls: [ready(one, { detail: { files: read(['.agents/subagent_issue_1.md']) } })] },
    ],
  ] as const)('is nothing for one that is %s', (_, parts) => {
    const whole: SnapshotParts = { issues: [one], pulls: [ready(one)] };
    expect(next(whole)).toBe('land #1');
    expect(next({ ...whole, ...(parts as SnapshotParts) })).toBe('nothing');
  });

  test('updates first under fast-forward, and only then', () => {
    const behind = ready(one, { detail: { behindBy: 1, lacks: read([sha('base')]) } });
    expect(next({ issues: [one], pulls: [behind], ...FAST_FORWARD })).toBe('update #1');
    expect(next({ issues: [one], pulls: [ready(one)], ...FAST_FORWARD })).toBe('land #1');
    expect(next({ issues: [one], pulls: [behind] })).toBe('land #1');
  });

  test('updates first where the base wants heads up to date, and only the one that is next', () => {
    const behind = (issue: Wanted) => ready(issue, { detail: { behindBy: 1, lacks: read([sha('base')]) } });
    const parts = { issues: [one, two], pulls: [behind(one), behind(two)] };
    expect(next(parts)).toBe('land #1');
    expect(next({ ...parts, rules: { strict: true } })).toBe('update #1');
    expect(next({ issues: [one], pulls: [ready(one)], rules: { strict: true } })).toBe('land #1');
    const said = ready(one, { detail: { behindBy: 1, lacks: read([sha('base')]), mustUpdate: true } });
    expect(next({ issues: [one, two], pulls: [said, behind(two)] })).toBe('update #1');
    const testing1 = testing(one, NOW - MINUTE);
    expect(next({ ...parts, pulls: [testing1, behind(two)], rules: { strict: true } })).toBe(
      'nothing, #1 has the slot',
    );
  });

  test.each([['dismissStale'], ['lastPush']] as const)(
    'updates before the review where %s would end it',
    (rule) => {
      const behind = { behindBy: 1, lacks: read([sha('base')]), reviews: read([]) };
      const pull = ready(one, { detail: behind });
      const parts = { issues: [one, two], pulls: [pull] };
      expect(next({ ...parts, rules: { strict: true } })).toBe('nothing');
      expect(next({ ...parts, rules: { strict: true, [rule]: true } })).toBe('update #1');
      expect(next({ ...parts, rules: { [rule]: true } })).toBe('nothing');
      const red = ready(one, {
        detail: { ...behind, checks: read([{ name: 'build', app: 1, state: 'failed' }]) },
      });
      expect(next({ ...parts, pulls: [red], rules: { strict: true, [rule]: true } })).toBe('nothing');
      const unasked = anIssue(1);
      const unwanted = { issues: [unasked], pulls: [ready(unasked, { detail: behind })] };
      expect(next({ ...unwanted, rules: { strict: true, [rule]: true } })).toBe('nothing');
      const others = { ...parts, pulls: [pull, ready(two)], rules: { strict: true, [rule]: true } };
      expect(next(others)).toBe('land #2');
    },
  );

  test('updates first where shared code moved', () => {
    const [landed, sharer] = [wanted(1, 'shares:scanner.py'), wanted(2, 'shares:scanner.py')];
    const behind = ready(sharer, { detail: { behindBy: 1, lacks: read([sha('merge 1')]) } });
    expect(next({ issues: [landed, sharer], pulls: [aMergedPull(21, landed), behind] })).toBe('update #2');
  });
});

describe('the slot', () => {
  test('is with the one that is being tested: a p0 that becomes ready does not overtake it', () => {
    const pulls = [testing(one, NOW - 10 * MINUTE), ready(urgent)];
    expect(next({ issues: [one, urgent], pulls })).toBe('nothing, #1 has the slot');
  });

  test('lets its holder land once it is green', () => {
    const green: Partial<PullDetail> = { checks: read([{ name: 'build', app: 1, state: 'passed' }]) };
    const pulls = [testing(one, NOW - 10 * MINUTE, green), ready(urgent)];
    expect(next({ issues: [one, urgent], pulls })).toBe('land #1, #1 has the slot');
  });

  test('is with the one whose gate records a landing, as long as that gate is young', () => {
    const gate = (age: number) =>
      ready(one, {
        ownChecks: read([ownGate({ base: sha('base'), pull: 21 }, { startedAt: NOW - age })]),
        detail: { checks: read([{ name: 'build', app: 1, state: 'pending' }]) },
      });
    const issues = [one, urgent];
    expect(next({ issues, pulls: [gate(59 * MINUTE), ready(urgent)] })).toBe('nothing, #1 has the slot');
    expect(next({ issues, pulls: [gate(60 * MINUTE), ready(urgent)] })).toBe('land #4');
  });

  test('is not with one that has the head of another whose landing its gate records', () => {
    const ownChecks = read([ownGate({ base: sha('base'), pull: 30 }, { startedAt: NOW - MINUTE })]);
    const waiting = { checks: read([{ name: 'build', app: 1, state: 'pending' }] as const) };
    const pulls = [ready(one, { ownChecks, detail: waiting }), ready(urgent)];
    expect(next({ issues: [one, urgent], pulls })).toBe('land #4');
  });

  test('is over after the time that the settings give it', () => {
    const pulls = [testing(one, NOW - 20 * MINUTE), ready(urgent)];
    const parts = { issues: [one, urgent], pulls };
    expect(next({ ...parts, config: 'merge: { slot: 21min }\n' })).toBe('nothing, #1 has the slot');
    expect(next({ ...parts, config: 'merge: { slot: 20min }\n' })).toBe('land #4');
  });

  test.each([
    ['in conflict', testing(one, NOW - MINUTE, { mergeable: 'conflicting' }), one],
    [
      'failing',
      testing(one, NOW - MINUTE, { checks: read([{ name: 'build', app: 1, state: 'failed' }]) }),
      one,
    ],
    ['held', testing(one, NOW - MINUTE), wanted(1, 'subagent:hold')],
    ['wanted no more', testing(one, NOW - MINUTE), anIssue(1)],
    ['not known to be made for it', testing(one, NOW - MINUTE, { earlierChecks: unreadable('502') }), one],
    ['a draft again', { ...testing(one, NOW - MINUTE), draft: true }, one],
  ])('of one that is %s does not keep the others', (_, pull, issue) => {
    expect(next({ issues: [issue, two], pulls: [pull, ready(two)] })).toBe('land #2');
  });

  test('is with the one that went ahead of a stuck one: a p0 does not overtake that either', () => {
    const stuck = testing(one, NOW - 20 * MINUTE, {
      checks: read([{ name: 'build', app: 1, state: 'failed' }]),
    });
    const pulls = [stuck, testing(two, NOW - 10 * MINUTE), ready(urgent)];
    expect(next({ issues: [one, two, urgent], pulls })).toBe('nothing, #2 has the slot');
  });

  test('stays with the one that went ahead when the other is not stuck any more: its test run is not wasted', () => {
    const green: Partial<PullDetail> = { checks: read([{ name: 'build', app: 1, state: 'passed' }]) };
    const mended = testing(one, NOW - 20 * MINUTE, green);
    const pulls = [mended, testing(two, NOW - 10 * MINUTE), ready(three)];
    expect(next({ issues: [one, two, three], pulls })).toBe('nothing, #2 has the slot');
    const failed = testing(two, NOW - 10 * MINUTE, {
      checks: read([{ name: 'build', app: 1, state: 'failed' }]),
    });
    const issues = [one, two, three];
    expect(next({ issues, pulls: [mended, failed, ready(three)] })).toBe('land #1, #1 has the slot');
  });

  test('is with the one of the lower number where two began at the same time', () => {
    const pulls = [testing(one, NOW - MINUTE), testing(two, NOW - MINUTE)];
    expect(next({ issues: [one, two], pulls })).toBe('nothing, #1 has the slot');
  });

  test('is not taken by somebody else’s push, nor by the app’s removal of the task file', () => {
    const pushed = testing(one, NOW - MINUTE, { forcePushes: [] });
    expect(next({ issues: [one, two], pulls: [pushed, ready(two)] })).toBe('land #2');
    const removal = {
      sha: sha('work 1'),
      message: 'Remove the task file',
      author: ME,
      others: [],
      madeOnGitHub: true,
      committedAt: NOW - MINUTE,
    };
    const removed = testing(one, NOW - MINUTE, { forcePushes: [], commits: read([removal]) });
    expect(next({ issues: [one, two], pulls: [removed, ready(two)] })).toBe('land #2');
  });

  test.each([
    [
      'records no landing',
      read([{ name: 'merge-order', app: 1, state: 'passed', externalId: 'v1 0' }] as const),
    ],
    ['was never published', read([])],
    [
      'is another check of that record',
      read([{ name: 'build', app: 1, state: 'passed', externalId: landingOf(21) }] as const),
    ],
    [
      'records the landing of another pull request with the same head',
      read([{ name: 'merge-order', app: 1, state: 'passed', externalId: landingOf(22) }] as const),
    ],
  ])('is not taken by an update that somebody asked for: the gate before it %s', (_, earlierChecks) => {
    const asked = testing(one, NOW - MINUTE, { earlierChecks });
    expect(next({ issues: [one, two], pulls: [asked, ready(two)] })).toBe('land #2');
  });

  test('is taken by the app’s own update by merge', () => {
    const merge = {
      sha: sha('work 1'),
      message: "Merge branch 'main'",
      author: ME,
      others: [],
      madeOnGitHub: true,
      committedAt: NOW - MINUTE,
    };
    const updated = (madeOnGitHub: boolean) =>
      testing(one, NOW, {
        forcePushes: [],
        pushedAt: NOW - MINUTE,
        commits: read([taskCommit(one), { ...merge, madeOnGitHub }]),
      });
    expect(next({ issues: [one, two], pulls: [updated(true), ready(two)] })).toBe('nothing, #1 has the slot');
    expect(next({ issues: [one, two], pulls: [updated(false), ready(two)] })).toBe('land #2');
  });
});
