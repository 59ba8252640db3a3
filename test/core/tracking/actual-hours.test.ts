import { describe, expect, test } from '@jest/globals';

import { type Check, type Issue, type Pull, type PullDetail, read } from '../../../src/core/model/index.js';
import { renderTracker } from '../../../src/core/tracking/tracker.js';
import {
  HOUR,
  type PullParts,
  START,
  aMergedPull,
  aPull,
  aSnapshot,
  aTracker,
  aWorkedPull,
  anIssue,
  judge,
  sha,
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
  readonly parts?: PullParts;
}

/** The pull request of an issue; each hour is so long after the deployment began. */
function pullOf(issue: Issue, { ready, checks = [check(3)], reviews = [], merged, parts }: Life): Pull {
  const detail: Partial<PullDetail> = {
    checks: read(checks),
    reviews: read(reviews.map((hours, index) => approval(issue, hours, ['ada', 'grace'][index]))),
    ...(ready !== undefined && { readyAt: START + ready * HOUR }),
  };
  const make = merged === undefined ? aWorkedPull : aMergedPull;
  const closedAt = merged === undefined ? null : START + merged * HOUR;
  return make(20 + issue.number, issue, { closedAt, detail, ...parts });
}

/** The table of phases, without its rule and without the issues of each. */
function table(first: Life, second: Life, config = CONFIG): readonly string[] {
  const pulls = [pullOf(one, first), pullOf(two, second)];
  return tableOf(aSnapshot({ issues: [one, two], pulls, trackers: [aTracker()], config }));
}

function tableOf(snapshot: ReturnType<typeof aSnapshot>): readonly string[] {
  const { view, progress } = judge(snapshot);
  const lines = renderTracker(view, progress, '0.1.0').body.split('\n');
  const from = lines.findIndex((line) => line.startsWith('| Phase |'));
  const rows = lines.slice(from, lines.indexOf('', from));
  return rows.filter((row) => !row.includes('---')).map((row) => row.slice(2, -2).replace(/ \|[^|]*$/, ''));
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
function actual(first: Life, second: Life): Readonly<Record<string, string>> {
  const rows = table(first, second).map((row) => row.split(' | '));
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
    const bodyOf = (pulls: readonly Pull[]) => {
      const { view, progress } = judge(
        aSnapshot({ issues: [one], pulls, trackers: [aTracker()], config: CONFIG }),
      );
      return renderTracker(view, progress, '0.1.0').body;
    };
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

  test('the newest approval counts that came before the landing', () => {
    expect(actual(done, { ...done, reviews: [2, 3.5] })).toMatchObject({ Review: '1.5h' });
    expect(actual(done, { ...done, reviews: [3, 9] })).toMatchObject({ Review: '1h' });
    expect(actual(done, { ...done, reviews: [] })['Review']).toBeUndefined();
  });

  test('an issue that was cancelled is not waited for', () => {
    const closed = { state: 'closed', closedAt: START + HOUR, draft: true } as const;
    expect(actual(done, { parts: closed })).toMatchObject({ Implementation: '1h', '**Total**': '**4h**' });
  });
});
