import { describe, expect, test } from '@jest/globals';

import type { GateWrite } from '../../../src/core/actions/action.js';
import {
  type MergeGroup,
  type Pull,
  type Readable,
  type Snapshot,
  read,
  unreadable,
} from '../../../src/core/model/index.js';
import { formatGateId } from '../../../src/core/names/gate-id.js';
import { DEPLOY, blockedBy, ownGate } from '../../support/snapshot.js';
import {
  type SnapshotParts,
  aMergedPull,
  aSnapshot,
  aTracker,
  aWorkedPull,
  anIssue,
  person,
  sha,
} from '../../support/view-builder.js';
import { actionsOf, planOf } from './support.js';

const [one, two] = [anIssue(1), anIssue(2, { blockedBy: blockedBy(1) })];
const sharing = (number: number) => anIssue(number, { labels: [DEPLOY, 'shares:x'] });

/** Puts pull requests into one queue: each group is built on the one before, the first on the base. */
function queue(...pulls: readonly Pull[]): readonly Pull[] {
  return pulls.map((pull, index) => {
    const before = pulls[index - 1];
    const onto = before === undefined ? sha('base') : sha(`group ${before.number}`);
    return inQueue(pull, index + 1, { onto });
  });
}

function inQueue(pull: Pull, position: number, parts: Partial<MergeGroup> = {}): Pull {
  const group = { sha: sha(`group ${pull.number}`), onto: sha('base'), ownChecks: read([]), ...parts };
  return { ...pull, queued: read({ position, by: null, group }) };
}

/** What is written on the heads of merge groups: the number of the last pull request, the conclusion and the title. */
function verdicts(parts: SnapshotParts): readonly string[] {
  const names = new Map(
    Array.from({ length: 60 }, (_, number) => [sha(`group ${number}`), `group ${number}`] as const),
  );
  return writes(parts)
    .flatMap(({ sha: head, verdict }) => {
      const name = names.get(head);
      return name === undefined ? [] : [`${name}: ${verdict.conclusion ?? verdict.status}: ${verdict.title}`];
    })
    .sort();
}

function writes(parts: SnapshotParts): readonly GateWrite[] {
  const snapshot = aSnapshot({ issues: [one, two], trackers: [aTracker()], ...parts });
  return actionsOf(planOf(snapshot).rest).flatMap((action) =>
    action.kind === 'publish gates' ? action.gates : [],
  );
}

const [first, second] = [aWorkedPull(21, one), aWorkedPull(22, two)];
const stranger = aWorkedPull(30, anIssue(9), { author: person('mallory') });
const KEPT = 'success: Free to merge: the group keeps the merge order';

describe('a merge group', () => {
  test('passes where a dependency comes before in it', () => {
    expect(verdicts({ pulls: queue(first, second) })).toEqual([`group 21: ${KEPT}`, `group 22: ${KEPT}`]);
  });

  test('fails where the dependency comes behind, and so does every group that is built on it', () => {
    const failure = 'failure: Pull request #22: Waits for #1 (pull request #21)';
    expect(verdicts({ pulls: queue(second, first) })).toEqual([
      `group 21: ${failure}`,
      `group 22: ${failure}`,
    ]);
  });

  test('fails where the dependency has a place before, and the group is not built on it', () => {
    const pulls = [inQueue(first, 1), inQueue(second, 2)];
    expect(verdicts({ pulls })[1]).toMatch(/^group 22: failure: Pull request #22: Waits for #1/);
  });

  test('passes for what is none of the deployment’s, alone or behind a member that may merge', () => {
    expect(verdicts({ pulls: queue(stranger) })).toEqual([
      'group 30: success: Not part of a subagent deployment',
    ]);
    expect(verdicts({ pulls: queue(first, stranger) })[1]).toBe(`group 30: ${KEPT}`);
  });

  test('fails for one that is on hold', () => {
    const held = anIssue(1, { labels: [DEPLOY, 'subagent:hold'] });
    const pulls = queue(aWorkedPull(21, held));
    expect(verdicts({ issues: [held], pulls })).toEqual([
      'group 21: failure: Pull request #21: On hold by linus',
    ]);
  });

  test('holds both of two that share code: neither needs an update', () => {
    const issues = [sharing(1), sharing(2)];
    const pulls = queue(aWorkedPull(21, sharing(1)), aWorkedPull(22, sharing(2)));
    expect(verdicts({ issues, pulls })).toEqual([`group 21: ${KEPT}`, `group 22: ${KEPT}`]);
  });

  describe('behind one that landed and shares code', () => {
    const issues = [sharing(1), sharing(2)];
    const lacks = { behindBy: 1, lacks: read([sha('merge 1')]) };
    const behind = aWorkedPull(22, sharing(2), { detail: lacks });
    const landed = aMergedPull(21, sharing(1));
    const recent = [sha('base'), sha('merge 1'), sha('older')];

    test('passes where it is built on that merge', () => {
      const pulls = [landed, inQueue(behind, 1)];
      expect(verdicts({ issues, pulls, base: { recent } })).toEqual([`group 22: ${KEPT}`]);
    });

    test('passes where it is built on the very merge', () => {
      const pulls = [landed, inQueue(behind, 1, { onto: sha('merge 1') })];
      expect(verdicts({ issues, pulls, base: { recent } })).toEqual([`group 22: ${KEPT}`]);
    });

    test('passes where that landed before the newest hundred commits of the base, and fails where there are fewer', () => {
      const commits = (count: number) => [
        sha('base'),
        ...Array.from({ length: count - 1 }, (_, index) => sha(`commit ${index}`)),
      ];
      const pulls = [landed, inQueue(behind, 1)];
      expect(verdicts({ issues, pulls, base: { recent: commits(100) } })).toEqual([`group 22: ${KEPT}`]);
      expect(verdicts({ issues, pulls, base: { recent: commits(99) } })).toEqual([
        'group 22: failure: Pull request #22: Needs an update: #1 landed and shares x',
      ]);
    });

    test('fails where it is built on an older commit of the base', () => {
      const pulls = [landed, inQueue(behind, 1, { onto: sha('older') })];
      expect(verdicts({ issues, pulls, base: { recent } })).toEqual([
        'group 22: failure: Pull request #22: Needs an update: #1 landed and shares x',
      ]);
    });
  });

  test('passes with an overridden pull request, and fails where its head is that of another member, too', () => {
    const override = { comment: 700, on: 2, at: null };
    const overridden = (head: Pull['head']) =>
      read([
        ownGate(null, {
          title: `Order overridden by grace for ${head.sha.slice(0, 7)}: hotfix`,
          externalId: formatGateId({ verdict: 'abc', landing: null, override }),
        }),
      ]);
    const cleared = { ...second, ownChecks: overridden(second.head) };
    expect(verdicts({ pulls: [first, inQueue(cleared, 1)] })).toEqual([`group 22: ${KEPT}`]);
    const head = { ...second.head, sha: first.head.sha };
    const ownChecks = overridden(head);
    expect(
      verdicts({ pulls: [{ ...first, ownChecks }, inQueue({ ...second, head, ownChecks }, 1)] }),
    ).toEqual(['group 22: failure: Pull request #22: Waits for #1 (pull request #21)']);
  });

  test.each<readonly [string, Readable<readonly Pull[]>, Partial<Snapshot>]>([
    [
      'it is built on a commit that the base does not have',
      read([inQueue(first, 1, { onto: sha('x') })]),
      {},
    ],
    ['GitHub does not say what it is built on', read([inQueue(first, 1, { onto: null })]), {}],
    ['its check runs cannot be read', read([inQueue(first, 1, { ownChecks: unreadable('short') })]), {}],
    ['another place cannot be read', read([inQueue(first, 1), { ...second, queued: unreadable('no') }]), {}],
    ['the base cannot be read', read([inQueue(first, 1)]), { base: unreadable('500') }],
    ['it cannot be read which issues there are', read([inQueue(first, 1)]), { issues: unreadable('502') }],
    ['no group is built yet', read([{ ...first, queued: read({ position: 1, by: null, group: null }) }]), {}],
  ])('gets no verdict while %s', (_, pulls, parts) => {
    const whole = aSnapshot({ issues: [one, two], trackers: [aTracker()] });
    const snapshot: Snapshot = { ...whole, pulls, ...parts };
    const heads = actionsOf(planOf(snapshot).rest).flatMap((action) =>
      action.kind === 'publish gates' ? action.gates.map((gate) => gate.sha) : [],
    );
    expect(heads.filter((head) => head === sha('group 21'))).toEqual([]);
  });

  test('waits while it cannot be read what a pull request waits for, and is not failed', () => {
    const unknown = anIssue(1, { blockedBy: unreadable('GitHub gave 0 of 1 entries') });
    expect(verdicts({ issues: [unknown], pulls: queue(aWorkedPull(21, unknown)) })[0]).toMatch(
      /^group 21: in_progress: Pull request #21: Cannot read all dependencies/,
    );
  });

  test('is written once', () => {
    const [write] = writes({ pulls: queue(first) }).filter(({ sha: head }) => head === sha('group 21'));
    const { status, conclusion = null, externalId = '' } = write?.verdict ?? {};
    const ownChecks = read([ownGate(null, { status: status ?? 'queued', conclusion, externalId })]);
    expect(verdicts({ pulls: [inQueue(first, 1, { ownChecks })] })).toEqual([]);
  });
});
