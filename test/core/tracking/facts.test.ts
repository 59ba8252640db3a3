import { describe, expect, test } from '@jest/globals';
import { type Issue, type Pull, type Snapshot, read } from '../../../src/core/model/index.js';
import { sharesLabel } from '../../../src/core/names/labels.js';
import { renderTracker } from '../../../src/core/tracking/tracker.js';
import {
  HOUR,
  START,
  type PullParts,
  type SnapshotParts,
  aPull,
  aSnapshot,
  aTracker,
  aWorkedPull,
  anIssue,
  digest,
  judge,
  labelled,
  person,
} from '../../support/view-builder.js';
import { FACTS, type Facts, issueOf, justDeployed } from './reference.js';

function bodyOf(snapshot: Snapshot): string {
  const { view, progress } = judge(snapshot);
  return renderTracker(view, progress, '0.1.0').body;
}

describe('every fact about a subagent that people kept by hand is there', () => {
  const body = bodyOf(justDeployed());

  test.each(FACTS)('#$number', (facts) => {
    const { number, title } = facts;
    const details = body.split('<details>').find((part) => part.includes(`Issue ${number}:`)) ?? '';
    for (const fact of [
      `main-issue-${number}`,
      `feature/issue-${number}`,
      `.agents/subagent_issue_${number}.md`,
      '🟡 ready to start',
      title,
      facts.scope,
      facts.effort,
      facts.risk,
      facts.mitigation,
    ]) {
      expect(details).toContain(fact);
    }
    const row = body
      .split('\n')
      .find((line) => line.includes(`[#${number}](../issues/${number}) ${title} |`));
    expect(row).toContain(`| ${facts.effort} | ${facts.risk} |`);
    expect(body).toContain(`| ${facts.risk} | [#${number}](../issues/${number}) | ${facts.mitigation} |`);
  });

  test('what they share, and how to coordinate', () => {
    for (const [one, other, facts] of [
      [4, 8, FACTS[0]!],
      [5, 6, FACTS[1]!],
    ] as const) {
      expect(body).toContain(`i${one} -.- i${other}`);
      expect(body).toContain(
        `- [#${one}](../issues/${one}) and [#${other}](../issues/${other}) share \`${facts.shares}\`. Coordination: ${facts.note}`,
      );
    }
  });

  test('when, how and how many', () => {
    expect(body).toContain('Deployed 2025-02-24 15:56 UTC');
    expect(body).toContain('Strategy: individual pull requests per issue');
    expect(body).toContain('4 subagents');
  });
});

describe('a change of one value changes the body', () => {
  const changes: readonly (readonly [string, Partial<Facts>, string])[] = [
    ['title', { title: 'Distributed Locks' }, 'Distributed Locks'],
    ['scope', { scope: 'Only the lock' }, 'Only the lock'],
    ['effort', { effort: '7–9h' }, '7-9h'],
    ['risk', { risk: 'low: nobody is harmed' }, 'LOW (nobody is harmed)'],
    ['mitigation', { mitigation: 'A dry run' }, 'A dry run'],
    ['shared code', { shares: 'lock.py' }, '`lock.py`'],
    ['coordination', { note: 'Talk on Mondays' }, '; Talk on Mondays'],
    ['number', { number: 9 }, '[#9](../issues/9)'],
  ];

  test.each(changes)('%s', (_, change, seen) => {
    const [first, ...others] = FACTS;
    expect(bodyOf(justDeployed())).not.toContain(seen);
    expect(bodyOf(justDeployed([{ ...first!, ...change }, ...others]))).toContain(seen);
  });

  const issue = issueOf(FACTS[0]!);
  const pull = aWorkedPull(21, issue);
  const before = { issues: [issue], pulls: [pull], trackers: [aTracker()] };
  const withPull = (change: Partial<Pull>): SnapshotParts => ({ pulls: [{ ...pull, ...change }] });
  const withDetail = (detail: NonNullable<PullParts['detail']>): SnapshotParts => ({
    pulls: [aWorkedPull(21, issue, { detail })],
  });
  const parts: readonly (readonly [string, SnapshotParts, string])[] = [
    ['pull request', withPull({ number: 77 }), '[#77](../pull/77)'],
    ['draft', withPull({ draft: true }), ', a draft'],
    ['files', withDetail({ files: read(['lock.py']) }), '`lock.py`'],
    [
      'checks',
      withDetail({ checks: read([{ name: 'lint', app: null, state: 'pending' }]) }),
      '1 pending (`lint`)',
    ],
    [
      'reviews',
      withDetail({ reviews: read([{ author: 'ada', state: 'changes requested', commit: null, at: START }]) }),
      'changes requested by `ada`',
    ],
    ['last push', withDetail({ pushedAt: START + 3 * HOUR }), '2025-02-24 18:56 |'],
    ['conflict', withDetail({ mergeable: 'conflicting' }), '❌ conflict: Conflicts with the base'],
    ['references', { references: ['docs/RULES (old).md'] }, '(../blob/main/docs/RULES%20%28old%29.md)'],
    [
      'method',
      { rules: { approvals: null, mayPush: true } },
      'Lands by **fast-forward**: the commit that was tested',
    ],
    [
      'settings',
      { config: 'worktree: "{base}-task-{number}"\n' },
      'worktree add ../main-task-8 feature/issue-8',
    ],
    [
      'risks of the settings',
      { config: 'risks: [{ risk: Integration conflicts, mitigation: Sequential merge }]\n' },
      '| Integration conflicts | all | Sequential merge |',
    ],
    ['notes of the settings', { config: 'notes: [Push daily]\n' }, '- Push daily'],
  ];

  test.each(parts)('%s', (_, change, seen) => {
    expect(bodyOf(aSnapshot(before))).not.toContain(seen);
    expect(bodyOf(aSnapshot({ ...before, ...change }))).toContain(seen);
  });

  test('who approved, and when', () => {
    const history = read({
      labels: [labelled('deploy-subagent', person('ada'), START + HOUR)],
      edits: [],
      dependencies: [],
      closed: null,
    });
    const body = bodyOf(aSnapshot({ issues: [anIssue(8, { history })] }));
    expect(body).toContain('**Approved by**: `ada`, 2025-02-24 16:56 UTC');
  });
});

describe('facts that are missing or cannot be read', () => {
  function bodyWith(text: string): string {
    return bodyOf(aSnapshot({ issues: [anIssue(8, { body: text })] }));
  }

  test('an issue without the sections shows them as unknown', () => {
    expect(bodyWith('Please do it.')).toContain('| unknown | unknown |');
    expect(bodyWith('Please do it.')).toContain('- **Scope**: unknown');
    expect(bodyWith('Please do it.')).not.toMatch(/Risks|Notes|Dependencies/);
  });

  test('an effort and a risk that cannot be read are shown as written, with a note', () => {
    const body = bodyWith('Effort: two weeks\nRisk: scary');
    expect(body).toContain('| two weeks (not readable) | scary (not readable) |');
    expect(body).toContain('- **Effort**: two weeks (not readable: expected hours like');
    expect(body).toContain('- **Risk**: scary (not readable: expected `high`, `medium` or `low`)');
  });

  test('efforts are summed up as far as they are known', () => {
    const issues = ['Effort: 5-6h', 'Effort: 30min', 'Effort: soon'].map((body, index) =>
      anIssue(index + 1, { body }),
    );
    expect(bodyOf(aSnapshot({ issues }))).toContain(
      'Effort: 5.5-6.5h, without 1 of unknown effort; 5-6h left on the longest path.',
    );
  });

  test('a name that GitHub’s labels cannot hold is shown whole, with its note', () => {
    const what = 'the lock manager and everything that it calls while it scans the market';
    const { name } = sharesLabel(what, digest);
    const sharing = (number: number, body: string): Issue =>
      anIssue(number, { body, labels: ['deploy-subagent', name] });
    const issues = [sharing(4, ''), sharing(8, `### Shares\n\n${what} -- Talk first`)];
    const body = bodyOf(aSnapshot({ issues, pulls: issues.map((each) => aPull(20 + each.number, each)) }));
    expect(body).toContain(`share \`${what}\`. Coordination: Talk first`);
  });
});
