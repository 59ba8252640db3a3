import { describe, expect, test } from '@jest/globals';
import { type Commit, type ForcePush, type PullDetail, read } from '../../../src/core/model/index.js';
import { needsOf } from '../../../src/core/tracking/needs.js';
import { answerWhy } from '../../../src/core/why/answer-why.js';
import { DEPLOY, ownGate } from '../../support/snapshot.js';
import {
  HOUR,
  ME,
  MINUTE,
  NOW,
  type SnapshotParts,
  aSnapshot,
  aTracker,
  aWorkedPull,
  anIssue,
  judge,
  labelled,
  person,
  sha,
  taskCommit,
} from '../../support/view-builder.js';

const wanted = (number: number) => anIssue(number, { labels: [DEPLOY, 'subagent:merge'] });
const [one, two, three] = [wanted(1), wanted(2), wanted(3)];
const PENDING = { checks: read([{ name: 'build', app: 15_368, state: 'pending' }] as const) };

function approved(number: number) {
  return read([{ author: 'grace', state: 'approved', commit: sha(`work ${number}`), at: NOW } as const]);
}

/** So many rebases by the app, the last of which made the present head. */
function rebased(times: number, at = NOW - HOUR, by = ME): Partial<PullDetail> {
  const name = (index: number) => (index === times ? 'work 1' : `rebased ${index}`);
  const forcePushes: ForcePush[] = Array.from({ length: times }, (_, index) => ({
    actor: by,
    before: sha(name(index)),
    after: sha(name(index + 1)),
    at: at + index,
  }));
  return { forcePushes };
}

interface World extends SnapshotParts {
  readonly first?: Partial<PullDetail>;
  readonly behind?: boolean;
  readonly second?: Partial<PullDetail>;
}

/** #1 and #2 could land by fast-forward; #1 comes first, and has the slot where its gate or its update says so. */
function world({ first = {}, behind = true, second = {}, ...parts }: World = {}) {
  const lacks = behind ? { behindBy: 1, lacks: read([sha('base')]) } : {};
  const pulls = [
    aWorkedPull(21, one, {
      ownChecks: read([ownGate({ base: sha('base'), pull: 21 }, { startedAt: NOW - MINUTE })]),
      detail: { reviews: approved(1), ...lacks, ...first },
    }),
    aWorkedPull(22, two, { detail: { reviews: approved(2), ...second } }),
  ];
  const config = 'merge: { method: fast-forward }\n';
  return judge(aSnapshot({ issues: [one, two], pulls, trackers: [aTracker()], config, ...parts }));
}

function races(parts: World): number {
  return world(parts).progress.standings.find(({ member }) => member.number === 1)?.lostRaces ?? -1;
}

function next(parts: World): string {
  const { step, slot } = world(parts).progress;
  const holder = slot === null ? '' : `, #${slot.member.number} has the slot`;
  return `${step.kind === 'none' ? 'nothing' : `${step.kind} #${step.member.number}`}${holder}`;
}

describe('races that a landing has lost', () => {
  test.each([
    [0, 1, 0],
    [1, 1, 0],
    [2, 2, 1],
    [3, 3, 2],
    [4, 4, 3],
  ])(
    'after %i updates of the same work are as many while it is behind again, and else one fewer',
    (updates, lost, upToDate) => {
      const first = rebased(updates);
      expect(races({ first })).toBe(updates === 0 ? 0 : lost);
      expect(races({ first, behind: false })).toBe(upToDate);
    },
  );

  test('are counted of merges of the base, too', () => {
    const commit = (name: string, parts: Partial<Commit> = {}): Commit => ({
      sha: sha(name),
      message: `Merge branch 'main' into feature/issue-1`,
      author: ME,
      others: [],
      madeOnGitHub: true,
      committedAt: NOW - HOUR,
      ...parts,
    });
    const own = commit('own', { message: 'Own work', author: person('agent'), madeOnGitHub: false });
    const merges = [commit('first'), commit('second'), commit('work 1')];
    expect(races({ first: { commits: read([taskCommit(one), own, ...merges]) } })).toBe(3);
    const pushed = commit('work 1', { author: person('agent'), madeOnGitHub: false });
    expect(races({ first: { commits: read([taskCommit(one), own, commit('first'), pushed]) } })).toBe(0);
  });

  test('are none by the pushes of others, nor before somebody asked for it to land', () => {
    expect(races({ first: rebased(3, NOW - HOUR, person('agent')) })).toBe(0);
    const asked = anIssue(1, {
      labels: [DEPLOY, 'subagent:merge'],
      history: read({
        labels: [labelled(DEPLOY), labelled('subagent:merge', person('linus'), NOW - MINUTE)],
        edits: [],
        dependencies: [],
        closed: null,
      }),
    });
    const issues = [asked, two];
    expect(races({ first: rebased(3), issues })).toBe(0);
    expect(races({ first: rebased(3, NOW - MINUTE), issues })).toBe(3);
  });
});

test('merges of the base for a command, before somebody asked for it to land, are no lost races', () => {
  const labels = [labelled(DEPLOY), labelled('subagent:merge', person('linus'), NOW - 10 * MINUTE)];
  const history = read({ labels, edits: [], dependencies: [], closed: null });
  const asked = anIssue(1, { labels: [DEPLOY, 'subagent:merge'], history });
  /** Merges of the base so many minutes ago. */
  const lost = (...minutes: readonly number[]) => {
    const merges = minutes.map((ago, index) => ({
      ...taskCommit(one),
      sha: sha(index === minutes.length - 1 ? 'work 1' : `merge ${index}`),
      message: `Merge branch 'main' into feature/issue-1`,
      committedAt: NOW - ago * MINUTE,
    }));
    return races({ first: { commits: read([taskCommit(one), ...merges]) }, issues: [asked, two] });
  };
  expect(lost(13, 12, 11)).toBe(0);
  expect(lost(13, 12, 11, 5)).toBe(1);
  expect(lost(13, 10, 5, 1)).toBe(3);
});

describe('one that has lost three races', () => {
  const first = rebased(3);

  test('lets others go first, and keeps no slot from them', () => {
    expect(next({ first: rebased(2) })).toBe('update #1, #1 has the slot');
    expect(next({ first })).toBe('land #2');
    expect(next({ first: { ...rebased(4), ...PENDING }, behind: false })).toBe('land #2');
  });

  test('goes on when no other can', () => {
    expect(next({ first, second: PENDING })).toBe('update #1');
    expect(next({ first: rebased(4), behind: false, second: PENDING })).toBe('land #1');
  });

  test('comes last in what `why` says, too', () => {
    const lacks = { behindBy: 1, lacks: read([sha('base')]) };
    const pulls = [one, two, three].map((issue) => {
      const own = issue === one ? { ...rebased(3), ...lacks } : {};
      return aWorkedPull(20 + issue.number, issue, { detail: { reviews: approved(issue.number), ...own } });
    });
    const issues = [one, two, three];
    const { view, progress } = world({ issues, pulls });
    expect(answerWhy('ada', [1], view, progress, 'full').replaceAll('\u200b', '')).toContain(
      'It waits for its turn behind [#3](../issues/3), after [#2](../issues/2), which lands now. The base moved too often before it could land, so that the others are tried first.',
    );
  });

  test('is told to people, with what helps', () => {
    const needs = (parts: World) => {
      const { view, progress } = world(parts);
      return needsOf(view, progress).filter(({ issues }) => issues.includes(1));
    };
    expect(needs({ first: rebased(2) })).toEqual([]);
    expect(needs({ first })).toMatchSnapshot();
  });
});
