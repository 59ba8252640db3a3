/** The deployment of four issues that the app exists for, as people wrote them, in three moments of its life. */
import type { Issue, Snapshot } from '../../../src/core/model/index.js';
import { read } from '../../../src/core/model/index.js';
import {
  HOUR,
  type SnapshotParts,
  START,
  aMergedPull,
  aPull,
  aSnapshot,
  aTracker,
  aWorkedPull,
  anIssue,
  person,
  sha,
} from '../../support/view-builder.js';

export interface Facts {
  readonly number: number;
  readonly title: string;
  readonly scope: string;
  readonly effort: string;
  readonly risk: string;
  readonly mitigation: string;
  readonly shares: string;
  readonly note: string;
}

const SCANNER = {
  shares: 'market_scanner.py code paths',
  note: 'Lock manager integration with resource cleanup',
};
const EXECUTOR = {
  shares: 'executor.py integration points',
  note: 'RAG layer with refactored Task model',
};

export const FACTS: readonly Facts[] = [
  {
    number: 8,
    title: 'Distributed Lock & Deduplication',
    scope: 'Redis distributed lock, bid deduplication, withdrawal logic',
    effort: '5-6 hours',
    risk: 'HIGH (financial impact)',
    mitigation: 'Comprehensive tests + staging validation',
    ...SCANNER,
  },
  {
    number: 6,
    title: 'Vector DB Decoupling',
    scope: 'Async RAG layer, distillation queue, circuit breaker',
    effort: '6-8 hours',
    risk: 'MEDIUM (reliability/performance)',
    mitigation: 'Circuit breaker + fallback patterns',
    ...EXECUTOR,
  },
  {
    number: 5,
    title: 'Task Model Refactoring',
    scope: 'Composition pattern, 6 new entities, migration script',
    effort: '8-10 hours',
    risk: 'HIGH (database migration)',
    mitigation: 'Test rollback, backup database',
    ...EXECUTOR,
  },
  {
    number: 4,
    title: 'Playwright Resource Leaks',
    scope: 'Async context managers, browser pooling, circuit breaker',
    effort: '5-6 hours',
    risk: 'MEDIUM (system stability)',
    mitigation: 'Resource leak detection + stress tests',
    ...SCANNER,
  },
];

/** An issue as the form writes it. */
export function issueOf(facts: Facts): Issue {
  const { number, title, scope, effort, risk, mitigation, shares, note } = facts;
  const sections = {
    Scope: scope,
    Effort: effort,
    Risk: risk,
    Mitigation: mitigation,
    Shares: `${shares} -- ${note}`,
  };
  const body = Object.entries(sections).map(([name, text]) => `### ${name}\n\n${text}`);
  const labels = ['deploy-subagent', `shares:${shares}`];
  return anIssue(number, { title, body: body.join('\n\n'), labels });
}

const COMMON: SnapshotParts = {
  trackers: [aTracker()],
  references: ['AGENTS.md', 'CLAUDE.md'],
};

/** Every issue has its draft; nothing was pushed. */
export function justDeployed(facts: readonly Facts[] = FACTS, parts: SnapshotParts = {}): Snapshot {
  const issues = facts.map(issueOf);
  const pulls = issues.map((issue, index) => aPull(21 + index, issue));
  return aSnapshot({ ...COMMON, issues, pulls, ...parts });
}

/** The first has landed, the second fails, the third waits for it, the fourth is in review. */
export function halfWay(): Snapshot {
  const [eight, six, five, four] = FACTS.map(issueOf) as [Issue, Issue, Issue, Issue];
  const closedAt = START + 2 * HOUR;
  const merged: Issue = {
    ...eight,
    state: 'closed',
    stateReason: 'completed',
    closedAt,
    history: read({
      labels: eight.history.kind === 'read' ? eight.history.value.labels : [],
      edits: [],
      dependencies: [],
      closed: {
        actor: person('linus'),
        at: closedAt,
        pull: { number: 21, repository: 'acme/market', merged: true },
      },
    }),
  };
  const blocked: Issue = {
    ...five,
    blockedBy: read([
      {
        id: six.id,
        databaseId: six.databaseId,
        number: 6,
        repository: 'acme/market',
        state: 'open',
        stateReason: null,
        closed: read(null),
      },
    ]),
  };
  const approved = { author: 'ada', state: 'approved', at: START + HOUR } as const;
  const pulls = [
    aMergedPull(21, merged, {
      detail: { reviews: read([{ ...approved, commit: null }]) },
    }),
    aWorkedPull(22, six, {
      draft: true,
      detail: { checks: read([{ name: 'build', app: 15_368, state: 'failed' }]) },
    }),
    aPull(23, blocked),
    aWorkedPull(24, four, { detail: { behindBy: 1, lacks: read([pullCommit()]) } }),
  ];
  return aSnapshot({ ...COMMON, issues: [merged, six, blocked, four], pulls });
}

function pullCommit(): string {
  return aMergedPull(21, anIssue(8)).mergeCommit ?? '';
}

/** All four have landed. */
export function complete(): Snapshot {
  const issues = FACTS.map((facts, index): Issue => {
    const issue = issueOf(facts);
    const closedAt = START + (index + 2) * HOUR;
    return {
      ...issue,
      state: 'closed',
      stateReason: 'completed',
      closedAt,
      history: read({
        labels: issue.history.kind === 'read' ? issue.history.value.labels : [],
        edits: [],
        dependencies: [],
        closed: {
          actor: person('linus'),
          at: closedAt,
          pull: { number: 21 + index, repository: 'acme/market', merged: true },
        },
      }),
    };
  });
  const pulls = issues.map((issue, index) =>
    aMergedPull(21 + index, issue, {
      closedAt: issue.closedAt,
      detail: {
        reviews: read([
          { author: 'ada', state: 'approved', commit: sha(`work ${issue.number}`), at: START + HOUR },
        ]),
      },
    }),
  );
  return aSnapshot({ ...COMMON, issues, pulls });
}
