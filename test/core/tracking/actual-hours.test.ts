import { describe, expect, test } from '@jest/globals';

import {
  type Check,
  type Commit,
  type ForcePush,
  type Issue,
  type Pull,
  type PullDetail,
  read,
  unreadable,
} from '../../../src/core/model/index.js';
import { renderTracker } from '../../../src/core/tracking/tracker.js';
import { ownGate } from '../../support/snapshot.js';
import {
  HOUR,
  ME,
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
  role,
  sha,
  taskCommit,
} from '../../support/view-builder.js';

const CONFIG = `
phases:
  - { name: Design review, duration: 30min }
  - { name: Implementation, duration: effort, until: implemented }
  - { name: Testing, duration: 4-6h, until: checks }
  - { name: Review, duration: 1h, until: approved }
  - { name: Merge, duration: 1h, until: merged }
`;
const [one, two] = [1, 2].map((number) => anIssue(number, { labels: ['deploy-subagent', 'effort:2h'] })) as [
  Issue,
  Issue,
];

const check = (hours: number | null, parts: Partial<Check> = {}): Check => ({
  name: 'build',
  app: 15_368,
  state: 'passed',
  ...(hours !== null && { at: START + hours * HOUR }),
  ...parts,
});
const approval = (issue: Issue, hours: number, author = 'ada') =>
  ({ author, state: 'approved', commit: sha(`work ${issue.number}`), at: START + hours * HOUR }) as const;

interface Life {
  readonly ready?: number;
  readonly checks?: readonly Check[];
  readonly reviews?: readonly number[];
  readonly merged?: number;
  readonly detail?: Partial<PullDetail>;
  readonly parts?: PullParts;
}

/** The pull request of an issue; each hour is so long after the deployment began. */
function pullOf(issue: Issue, life: Life): Pull {
  const { ready, checks = [check(3)], reviews = [], merged, parts } = life;
  const detail: Partial<PullDetail> = {
    checks: read(checks),
    reviews: read(reviews.map((hours, index) => approval(issue, hours, ['ada', 'grace'][index]))),
    ...(ready !== undefined && { readyAt: START + ready * HOUR }),
    ...life.detail,
  };
  const make = merged === undefined ? aWorkedPull : aMergedPull;
  const closedAt = merged === undefined ? null : START + merged * HOUR;
  return make(20 + issue.number, issue, { closedAt, detail, ...parts });
}

/** The table of phases, without its rule and without the issues of each. */
function table(first: Life, second: Life, parts: SnapshotParts = {}): readonly string[] {
  const lines = bodyOf([pullOf(one, first), pullOf(two, second)], parts).split('\n');
  const from = lines.findIndex((line) => line.startsWith('| Phase |'));
  const rows = lines.slice(from, lines.indexOf('', from));
  return rows.filter((row) => !row.includes('---')).map((row) => row.slice(2, -2).replace(/ \|[^|]*$/, ''));
}

function bodyOf(pulls: readonly Pull[], parts: SnapshotParts = {}): string {
  const issues = [one, two].slice(0, pulls.length);
  const { view, progress } = judge(
    aSnapshot({ issues, pulls, trackers: [aTracker()], config: CONFIG, ...parts }),
  );
  return renderTracker(view, progress, '0.1.0').body;
}

const PLANNED = [
  'Phase | Duration',
  'Design review | 0.5h',
  'Implementation | 2h',
  'Testing | 4-6h',
  'Review | 1h',
  'Merge | 1h',
  '**Total** | **8.5-10.5h**',
];

/** What the table says of each phase that is over. */
function actual(first: Life, second: Life, parts: SnapshotParts = {}): Readonly<Record<string, string>> {
  const rows = table(first, second, parts).map((row) => row.split(' | '));
  return Object.fromEntries(
    rows.flatMap(([name = '', , hours = '']) => (hours === '' ? [] : [[name, hours]])),
  );
}

describe('planned against actual', () => {
  test('has no column before a phase is over', () => {
    expect(table({ ready: 1 }, { parts: { draft: true } })).toEqual(PLANNED);
  });

  test('is shown for the phases that are over, and says what the hours are', () => {
    const checks = [check(null, { state: 'pending' })];
    expect(table({ ready: 1 }, { ready: 2.6, checks })).toEqual([
      'Phase | Duration | Actual',
      'Design review | 0.5h | ',
      'Implementation | 2h | 2.5h',
      'Testing | 4-6h | ',
      'Review | 1h | ',
      'Merge | 1h | ',
      '**Total** | **8.5-10.5h** | ',
    ]);
  });

  test('is shown for all of it once all is over', () => {
    const first = { ready: 1, checks: [check(4), check(5, { name: 'lint' })], reviews: [6], merged: 9 };
    const second = { ready: 2, checks: [check(3)], reviews: [5], merged: 7 };
    expect(actual(first, second)).toEqual({
      Phase: 'Actual',
      Implementation: '2h',
      Testing: '2h',
      Review: '2h',
      Merge: '3h',
      '**Total**': '**9h**',
    });
  });

  test('does not show nothing as hours', () => {
    expect(actual({ ready: 0.1 }, { ready: 0.2 })).toMatchObject({ Implementation: 'under 0.5h' });
  });

  test('says what is counted, as long as it is shown', () => {
    const words = 'Actual hours are those on the clock';
    expect(bodyOf([pullOf(one, { ready: 1 })])).toContain(words);
    expect(bodyOf([aPull(21, one)])).not.toContain(words);
  });
});

describe('when a phase was over', () => {
  const done = { ready: 1, checks: [check(2)], reviews: [3], merged: 4 };

  test('nobody can tell of a pull request of the app’s that never was a draft', () => {
    expect(actual(done, { checks: [check(2)] })['Implementation']).toBeUndefined();
    const parts = { author: { login: 'agent', kind: 'person' }, createdAt: START + HOUR } as const;
    expect(actual(done, { checks: [check(2)], parts })['Implementation']).toBe('1h');
  });

  test('checks count from when the last of those that count passed, never before the work was ready', () => {
    const gate = check(9, { name: 'merge-order', app: 1 });
    const other = check(9, { name: 'nightly' });
    const second = { ready: 1, checks: [check(2.5), gate, other] };
    expect(actual({ ...done, checks: [check(2.5)] }, second)).toMatchObject({ Testing: '1.5h' });
    expect(actual({ ...done, ready: 2 }, { ready: 2, checks: [check(1)] })).toMatchObject({
      Implementation: '2h',
      Testing: 'under 0.5h',
    });
  });

  test('a check whose end GitHub does not tell leaves it open, and so does none at all', () => {
    expect(actual(done, { ready: 1, checks: [check(null)] })['Testing']).toBeUndefined();
    expect(actual(done, { ...done, checks: [] })['Testing']).toBeUndefined();
  });

  test('a check that runs again on what has landed does not begin the tests anew', () => {
    const again = (parts: Partial<Check>, hours: number | null) => ({
      ...done,
      checks: [check(hours, parts)],
    });
    expect(actual(done, again({}, 8))).toMatchObject({ Testing: '3h' });
    expect(actual(done, again({ state: 'pending' }, null))).toMatchObject({ Testing: '3h' });
    expect(actual(done, again({ state: 'failed' }, 3))['Testing']).toBeUndefined();
  });

  test('a check that begins on the base after the landing is none of the tests', () => {
    const deploy = check(8, { name: 'deploy' });
    const rules = { requiredChecks: [] };
    const after = { ...done, checks: [check(2), deploy] };
    expect(actual(done, after, { rules })).toMatchObject({ Testing: '1h' });
    const running = { ...done, checks: [check(2), check(null, { name: 'deploy', state: 'pending' })] };
    expect(actual(done, running, { rules })).toMatchObject({ Testing: '1h' });
  });

  test('a landing that GitHub never marks as merged is when the app recorded it', () => {
    const ownChecks = read([ownGate({ base: sha('base'), pull: 22 }, { startedAt: START + 5 * HOUR })]);
    const parts = { state: 'closed', mergeCommit: null, closedAt: START + 7 * HOUR, ownChecks } as const;
    const base = { recent: [sha('work 2'), sha('base')] };
    const again = { ...done, checks: [check(6)], parts };
    expect(actual(done, again, { base })).toMatchObject({ Testing: '4h', Merge: 'under 0.5h' });
    expect(actual(done, { ...done, parts }, { base })).toMatchObject({ Review: '1h', Merge: '2h' });
  });

  test('an issue that was cancelled is not waited for', () => {
    const closed = { state: 'closed', closedAt: START + HOUR, draft: true } as const;
    expect(actual(done, { parts: closed })).toMatchObject({ Implementation: '1h', '**Total**': '**4h**' });
  });
});

describe('how long the review took', () => {
  const done = { ready: 1, checks: [check(2)], reviews: [3], merged: 4 };
  const roles = { linus: role('write'), ada: role('write'), grace: role('maintain') };

  /** With these approvals of the second issue’s pull request. */
  const review = (
    reviews: readonly (readonly [author: string, hours: number, commit?: string])[],
    parts: SnapshotParts = {},
    more: Partial<Life> = {},
  ) => {
    const of = reviews.map(([author, hours, commit]) => ({
      ...approval(two, hours, author),
      ...(commit !== undefined && { commit: sha(commit) }),
    }));
    const second = { ...done, ...more, detail: { reviews: read(of), ...more.detail } };
    return actual(done, second, { roles, ...parts })['Review'];
  };

  test('ends with the approval that was the last one needed, not with those after it', () => {
    expect(
      review([
        ['ada', 3.5],
        ['grace', 4],
      ]),
    ).toBe('1.5h');
    expect(
      review([
        ['grace', 4],
        ['ada', 3.5],
      ]),
    ).toBe('1.5h');
    expect(review([['ada', 3.5]], { rules: { approvals: 0 } })).toBe('1.5h');
    const first = {
      ...done,
      detail: { reviews: read([approval(one, 2.5, 'ada'), approval(one, 3, 'grace')]) },
    };
    const second = {
      ...done,
      detail: { reviews: read([approval(two, 3.5, 'ada'), approval(two, 4, 'grace')]) },
    };
    expect(actual(first, second, { rules: { approvals: 2 } })).toMatchObject({ Review: '2h' });
  });

  test('does not count an approval after the landing, and says nothing where too few are left', () => {
    expect(
      review([
        ['ada', 3],
        ['grace', 9],
      ]),
    ).toBe('1h');
    expect(review([['ada', 9]])).toBeUndefined();
    expect(review([])).toBeUndefined();
    expect(review([['ada', 3]], { rules: { approvals: 2 } })).toBeUndefined();
  });

  test('does not count what would not count for landing', () => {
    // linus has asked for the deployment.
    expect(
      review([
        ['linus', 2],
        ['ada', 3.5],
      ]),
    ).toBe('1.5h');
    expect(
      review([
        ['agent', 2],
        ['ada', 3.5],
      ]),
    ).toBe('1.5h');
    expect(
      review([
        ['grace', 2, 'an older head'],
        ['ada', 3.5],
      ]),
    ).toBe('1.5h');
    expect(review([['linus', 2]])).toBeUndefined();
    const commits = unreadable<never>('502');
    expect(review([['ada', 3]], {}, { detail: { commits } })).toBeUndefined();
  });

  test('an approval of an older head does not make all approved where the base asks for none', () => {
    const config = `${CONFIG}success: [{ auto: approved }]\n`;
    const line = (commit: string) => {
      const detail = { reviews: read([{ ...approval(one, 2), commit: sha(commit) }]) };
      const body = bodyOf([pullOf(one, { ready: 1, detail })], { config, rules: { approvals: 0 } });
      return body.split('\n').find((each) => each.includes('All pull requests approved'));
    };
    expect(line('work 1')).toBe('- ✅ All pull requests approved');
    expect(line('an older head')).toBe('- ⬜ All pull requests approved');
  });
});

describe('an update by the app', () => {
  const first = { ready: 1, checks: [check(3)], reviews: [5] };
  const second = { ...first, ready: 2 };
  const push = (
    before: string,
    hours: number,
    after = 'work 2',
    actor: ForcePush['actor'] = ME,
  ): ForcePush => ({
    actor,
    before: sha(before),
    after: sha(after),
    at: START + hours * HOUR,
  });
  /** The second one, whose head the app has made of one with these checks at 8 hours. */
  const updated = (
    checks: readonly Check[],
    earlier: readonly Check[],
    more: Partial<PullDetail> = {},
  ): Life => ({
    ...second,
    checks,
    detail: { earlierChecks: read(earlier), forcePushes: [push('old', 8)], ...more },
  });
  const byApp: Commit = {
    sha: sha('old'),
    message: 'Work',
    author: ME,
    others: [],
    madeOnGitHub: true,
    committedAt: START,
  };
  const pending = check(null, { state: 'pending' });
  const testing = (life: Life, parts: SnapshotParts = {}) => actual(first, life, parts)['Testing'];

  test('does not move when the tests ended, nor hide it while checks run anew', () => {
    const before = actual(first, second);
    expect(before).toMatchObject({ Implementation: '2h', Testing: '1h', Review: '2h' });
    for (const checks of [[], [pending], [check(8.5)]])
      expect(actual(first, updated(checks, [check(3)]))).toEqual(before);
    const landed = { ...updated([check(8.5)], [check(3)]), merged: 9 };
    expect(actual({ ...first, merged: 8 }, landed)).toMatchObject({
      Testing: '1h',
      Review: '2h',
      Merge: '4h',
    });
  });

  test('does not either where it merges the base, or where no check is asked for', () => {
    const merge = { ...byApp, sha: sha('work 2'), message: "Merge branch 'main' into feature/issue-2" };
    const detail = {
      forcePushes: [],
      commits: read([taskCommit(two), { ...byApp, author: person('agent') }, merge]),
      pushedAt: START + 8 * HOUR,
    };
    expect(testing(updated([pending], [check(3)], detail))).toBe('1h');
    expect(testing(updated([check(8.1)], [check(3)]), { rules: { requiredChecks: [] } })).toBe('1h');
  });

  test('ends no tests that had not ended before it', () => {
    expect(testing(updated([check(8.5)], [pending]))).toBe('6.5h');
    expect(testing(updated([check(8.5)], [check(3, { name: 'lint' })]))).toBe('6.5h');
    expect(testing(updated([check(8.5)], [check(8.2)]))).toBe('6.5h');
    expect(testing(updated([pending], [pending]))).toBeUndefined();
    expect(testing(updated([pending], [check(3, { state: 'failed' })]))).toBeUndefined();
  });

  test('that turns the checks red begins the tests anew', () => {
    expect(testing(updated([check(8.5, { state: 'failed' })], [check(3)]))).toBeUndefined();
  });

  test('says nothing where the checks before it cannot be read, or are those of another update', () => {
    const gone = { earlierChecks: unreadable<never>('the head before the update is gone') };
    expect(testing(updated([check(8.5)], [], gone))).toBeUndefined();
    const twice = { forcePushes: [push('oldest', 7, 'old'), push('old', 8)] };
    expect(testing(updated([check(8.5)], [check(7.5)], twice))).toBeUndefined();
    const replaced = { message: "Merge branch 'main' into it", author: ME, madeOnGitHub: true, parent: null };
    const merged = { forcePushes: [{ ...push('old', 8), replaced }] };
    expect(testing(updated([check(8.5)], [check(7.5)], merged))).toBeUndefined();
    const byAgent = { forcePushes: [push('oldest', 7, 'old', person('agent')), push('old', 8)] };
    expect(testing(updated([check(8.5)], [check(7.5)], byAgent))).toBe('5.5h');
  });

  test('is not said to be tested before the task file is removed, since what is then the head is tested anew', () => {
    const files = read(['src/part_2.py', '.agents/subagent_issue_2.md']);
    expect(testing({ ...second, detail: { files } })).toBeUndefined();
  });
});

describe('the hours left', () => {
  const left = (...lives: readonly Life[]) =>
    /[\d.-]+h left on the longest path/.exec(
      bodyOf(lives.map((life, index) => pullOf([one, two][index] ?? one, life))),
    )?.[0];

  test('are those of the phases that are not over', () => {
    const life = { ready: 1, checks: [check(null, { state: 'pending' })] };
    expect(left(life, life)).toBe('6-8h left on the longest path');
    expect(left({ ready: 1 }, { ready: 2 })).toBe('2h left on the longest path');
    expect(left({ ready: 1, reviews: [4] }, { ready: 2, reviews: [4] })).toBe('1h left on the longest path');
  });

  test('do not count a phase whose end nobody can tell', () => {
    expect(left({ ready: 1, checks: [check(null)] }, { ready: 1 })).toBe('2h left on the longest path');
  });
});
