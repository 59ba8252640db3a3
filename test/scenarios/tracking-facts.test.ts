import { beforeAll, describe, expect, test } from '@jest/globals';

import { configuredSeed } from '../../src/cli/example.js';
import { startSandbox } from '../support/sandbox.js';

interface Facts {
  readonly number: number;
  readonly title: string;
  readonly scope: string;
  readonly effort: string;
  readonly risk: string;
  /** Of what there is a risk. */
  readonly harm: string;
  readonly mitigation: string;
}

const SUBAGENTS: readonly Facts[] = [
  {
    number: 8,
    title: 'Distributed Lock & Deduplication',
    scope: 'Redis distributed lock, bid deduplication, withdrawal logic',
    effort: '5-6 hours',
    risk: 'HIGH (financial impact)',
    harm: 'Financial loss from bid race condition',
    mitigation: 'Comprehensive tests + staging validation',
  },
  {
    number: 6,
    title: 'Vector DB Decoupling',
    scope: 'Async RAG layer, distillation queue, circuit breaker',
    effort: '6-8 hours',
    risk: 'MEDIUM (reliability/performance)',
    harm: 'Task execution failures',
    mitigation: 'Circuit breaker + fallback patterns',
  },
  {
    number: 5,
    title: 'Task Model Refactoring',
    scope: 'Composition pattern, 6 new entities, migration script',
    effort: '8-10 hours',
    risk: 'HIGH (database migration)',
    harm: 'Data loss during migration',
    mitigation: 'Test rollback, backup database',
  },
  {
    number: 4,
    title: 'Playwright Resource Leaks',
    scope: 'Async context managers, browser pooling, circuit breaker',
    effort: '5-6 hours',
    risk: 'MEDIUM (system stability)',
    harm: 'System resource exhaustion',
    mitigation: 'Resource leak detection + stress tests',
  },
];

const SCANNER =
  '- [#4](../issues/4) and [#8](../issues/8) share `market_scanner.py`. Coordination: Lock manager integration with resource cleanup (code paths) · label by `grace`';
const EXECUTOR =
  '- [#5](../issues/5) and [#6](../issues/6) share `executor.py`. Coordination: RAG layer with refactored Task model (integration points) · label by `linus`';

const HOURS = [
  '| Design review | 0.5h | All 4, together |',
  '| Implementation | 8-10h | All 4, in parallel |',
  '| Testing | 4-6h | All 4, in parallel |',
  '| Integration testing | 3-4h | All 4, one after the other |',
  '| Review and merge | 2-3h | All 4, together |',
  '| **Total** | **17.5-23.5h** | |',
];

const BEFORE = [
  '- ✅ Branches and worktrees created for all issues',
  '- ✅ Task files written with detailed instructions',
  '- ✅ Batch configuration valid',
  '- ✅ Dependencies documented',
  '- ✅ Code review assigned',
  '- [ ] Testing infrastructure verified',
  '- [ ] Backup of the current state',
  '- [ ] Team told',
];

const SUCCESS = [
  '- ✅ All worktrees deployed',
  '- ⬜ All implementation tasks completed',
  '- ⬜ All tests passing',
  '- ⬜ Code reviews approved',
  '- ⬜ Performance benchmarks met',
  '- [ ] No regressions in existing functionality',
  '- ⬜ All pull requests merged to main',
  '- ⬜ Worktrees cleaned up',
];

const COMMUNICATION = [
  '| Product team | Capacity and timeline | deployed, all is complete |',
  '| QA team (`acme/qa`) | Testing requirements of each issue | ready for review |',
  '| DevOps (`acme/devops`) | Potential database migration impacts | ready for review, merged; only what is changing `task.py`, `task_parts.py`, `migrations/**` |',
  'A sync is posted here each day at 09:00, 17:30 (`Europe/Berlin`), and by `/subagent sync`.',
];

/** One value of each kind: what the seed says, what it is made to say, and the lines of the body that then say so. */
const CHANGES = [
  {
    kind: 'scope',
    from: 'Async RAG layer, distillation queue, circuit breaker',
    to: 'A queue between the executor and the store',
    lines: ['- **Scope**: A queue between the executor and the store'],
  },
  {
    kind: 'effort',
    from: '8-10 hours',
    to: '11-13 hours',
    lines: [
      '- **Effort**: 11-13 hours',
      /^\| \d \| \[#5\].*\| 11-13 hours \|/,
      /\. Effort: 27-33h; 25.5-32.5h left on the longest path\.$/,
      '| Implementation | 11-13h | All 4, in parallel |',
      '| **Total** | **25.5-32.5h** | |',
    ],
  },
  {
    kind: 'risk and its reason',
    from: 'HIGH (financial impact): Financial loss from bid race condition',
    to: 'LOW (one market only): A bid that comes too late',
    lines: [
      '- **Risk**: LOW (one market only)',
      /^\| \d \| \[#8\].*\| LOW \(one market only\) \|/,
      '| A bid that comes too late | [#8](../issues/8) | Comprehensive tests + staging validation |',
    ],
  },
  {
    kind: 'mitigation',
    from: 'Test rollback, backup database',
    to: 'Rehearsal on a copy',
    lines: [
      '- **Mitigation**: Rehearsal on a copy',
      '| Data loss during migration | [#5](../issues/5) | Rehearsal on a copy |',
    ],
  },
  {
    kind: 'what is shared',
    from: 'executor.py',
    to: 'runner.py',
    lines: [EXECUTOR.replace('executor.py', 'runner.py')],
  },
  {
    kind: 'coordination note',
    from: 'Lock manager integration with resource cleanup (code paths)',
    to: 'Grace reviews both',
    lines: [SCANNER.replace(/Lock manager.* · /, 'Grace reviews both · ')],
  },
  {
    kind: 'title',
    from: 'Playwright Resource Leaks',
    to: 'Browsers That Stay Open',
    lines: [
      '<summary>Issue 4: Browsers That Stay Open</summary>',
      /^\| \d \| \[#4\]\(\.\.\/issues\/4\) Browsers That Stay Open \|/,
      '  i4["4 Browsers That Stay Open"]',
    ],
  },
  {
    kind: 'phase',
    from: 'name: Testing, duration: 4-6h',
    to: 'name: Trials, duration: 9-12h',
    lines: ['| Trials | 9-12h | All 4, in parallel |', '  section Trials'],
  },
  {
    kind: 'mode of a phase',
    from: 'duration: 3-4h, mode: sequential',
    to: 'duration: 3-4h, mode: together',
    lines: ['| Integration testing | 3-4h | All 4, together |'],
  },
  {
    kind: 'item before execution',
    from: 'Backup of the current state',
    to: 'Rollback rehearsed',
    lines: ['- [ ] Rollback rehearsed'],
  },
  {
    kind: 'criterion of success',
    from: 'check: benchmarks, text: Performance benchmarks met',
    to: 'auto: dependencies, text: Nothing undocumented',
    lines: ['- ✅ Nothing undocumented'],
  },
  {
    kind: 'risk of the whole',
    from: "risk: Integration conflicts, issue: all, mitigation: 'Work in parallel worktrees, sequential merge'",
    to: 'risk: Too many cooks, issue: 6, mitigation: One at a time',
    lines: ['| Too many cooks | [#6](../issues/6) | One at a time |'],
  },
  {
    kind: 'note',
    from: '- Push at least once a day, and before you stop',
    to: '- Push before lunch',
    lines: ['- Push before lunch'],
  },
  {
    kind: 'stakeholder and why',
    from: 'name: QA team, mention: acme/qa, why: Testing requirements of each issue',
    to: 'name: Support, mention: acme/support, why: What users will ask',
    lines: ['| Support (`acme/support`) | What users will ask | ready for review |'],
  },
  {
    kind: 'of what a stakeholder is told',
    from: 'why: Capacity and timeline, when: [deployed, complete]',
    to: 'why: Capacity and timeline, when: [merged], risk: [high]',
    lines: ['| Product team | Capacity and timeline | merged; only what is of high risk |'],
  },
  {
    kind: 'time and zone of the syncs',
    from: "times: ['09:00', '17:30'], timezone: Europe/Berlin",
    to: "times: ['08:15'], timezone: Asia/Kolkata",
    lines: ['A sync is posted here each day at 08:15 (`Asia/Kolkata`), and by `/subagent sync`.'],
  },
] as const;

/** The body of the tracking issue once the four are deployed. */
async function bodyOf(seed: string): Promise<string> {
  const sandbox = await startSandbox({ seed });
  try {
    await sandbox.deploy(8, 6, 5, 4);
    await sandbox.advance('PT1M');
    return (await sandbox.tracker()).body;
  } finally {
    await sandbox.stop();
  }
}

const has = (body: string, wanted: string | RegExp) =>
  body.split('\n').some((line) => (typeof wanted === 'string' ? line === wanted : wanted.test(line)));

let body: string;
let changed: string;

beforeAll(async () => {
  body = await bodyOf(configuredSeed());
  changed = await bodyOf(CHANGES.reduce((seed, { from, to }) => seed.replaceAll(from, to), configuredSeed()));
}, 120_000);

describe('the tracking issue of the example states', () => {
  test.each(SUBAGENTS)('everything that is known about #$number', (facts) => {
    const { number, title, scope, effort, risk, harm, mitigation } = facts;
    const start = body.indexOf(`<summary>Issue ${number}: ${title.replace('&', '&amp;')}</summary>`);
    const details = body.slice(start, body.indexOf('</details>', start)).split('\n');
    expect(details).toEqual(
      expect.arrayContaining([
        `- **Issue**: [#${number}](../issues/${number}) ${title}`,
        '- **State**: 🟡 ready to start',
        `- **Worktree**: \`main-issue-${number}\``,
        `- **Branch**: [\`feature/issue-${number}\`](../tree/feature/issue-${number})`,
        expect.stringMatching(`^- \\*\\*Task file\\*\\*: \\[\`.agents/subagent_issue_${number}.md\`\\]`),
        `- **Scope**: ${scope}`,
        `- **Effort**: ${effort}`,
        `- **Risk**: ${risk}`,
        `- **Mitigation**: ${mitigation}`,
      ]),
    );
    const row = body
      .split('\n')
      .find(
        (line) =>
          line.startsWith('| ') &&
          line.includes(`/pull/`) &&
          line.includes(`[#${number}](../issues/${number})`),
      );
    expect(row).toContain(`| ${effort} | ${risk} |`);
    expect(body.split('\n')).toContain(`| ${harm} | [#${number}](../issues/${number}) | ${mitigation} |`);
  });

  test('what they share and how that is coordinated', () => {
    expect(body.split('\n')).toEqual(expect.arrayContaining([SCANNER, EXECUTOR]));
  });

  test('its phases with their hours and the total, what is checked before and after, risks of the whole and notes', () => {
    const lines = body.split('\n');
    expect(lines).toEqual(
      expect.arrayContaining([
        ...HOURS,
        ...BEFORE,
        ...SUCCESS,
        '| Integration conflicts | all | Work in parallel worktrees, sequential merge |',
        '- Push at least once a day, and before you stop',
        ...['AGENTS.md', 'CLAUDE.md', 'REPOSITORY_ANALYSIS.md'].map((path) =>
          expect.stringMatching(`^- See \\[.*${path}`),
        ),
      ]),
    );
  });

  test('who is told of what, and when the syncs are, behind the notes and before the commands', () => {
    expect(body.split('\n')).toEqual(expect.arrayContaining(COMMUNICATION));
    const headings = [...body.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);
    const at = headings.indexOf('Communication');
    expect([headings[at - 1], headings[at + 1]]).toEqual(['Notes', 'Commands']);
    expect(body.replace(/`[^`]*`/g, '')).not.toMatch(/@(?!\u200b)/);
  });

  test('how many there are, on which base, by which strategy and since when', () => {
    expect(body).toContain('**Ready for execution**: 4 subagents on `main`');
    expect(body).toMatch(/^Deployed 2026-01-05 10:00 UTC · Strategy: individual pull requests per issue/m);
  });
});

describe('changed in the seed, it is changed in the tracking issue:', () => {
  test.each(CHANGES)('$kind', ({ from, lines }) => {
    expect(lines.filter((line) => !has(changed, line))).toEqual([]);
    expect(lines.filter((line) => has(body, line))).toEqual([]);
    expect(configuredSeed()).toContain(from);
    expect(changed).not.toContain(from);
  });
});
