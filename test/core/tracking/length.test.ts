import { describe, expect, test } from '@jest/globals';
import { type BlockedBy, type Issue, type Snapshot, read } from '../../../src/core/model/index.js';
import { findMarker } from '../../../src/core/names/markers.js';
import { renderSummary } from '../../../src/core/tracking/summary.js';
import { renderTracker } from '../../../src/core/tracking/tracker.js';
import { aDeployment } from '../../../bench/deployment.js';
import { aMergedPull, aSnapshot, aTracker, aWorkedPull, anIssue, judge } from '../../support/view-builder.js';
import { growingWords, plainWords, worst } from './worst.js';

const MAX = 58_000;

interface Deployment {
  readonly count: number;
  readonly merged?: number;
  /** Each issue depends on so many that come before it. */
  readonly edges?: number;
  readonly text?: string;
}

function bodyOf(snapshot: Snapshot): string {
  const { view, progress } = judge(snapshot);
  const { body } = renderTracker(view, progress, '0.1.0');
  expect(body.length).toBeLessThanOrEqual(MAX);
  expect(body).toMatch(/^(?:🚚 \*\*Landing|🔵 \*\*In progress|🟡 \*\*Ready for execution)\*\*: /u);
  expect(findMarker(body, 'deployment')).toMatchObject({ base: 'main' });
  expect(renderSummary(view, progress).length).toBeLessThanOrEqual(MAX + 100);
  return body;
}

function deployment({
  count,
  merged = 0,
  edges = 0,
  text = 'A title of common length',
}: Deployment): Snapshot {
  const issues = Array.from({ length: count }, (_, index): Issue => {
    const number = 1_000 + index;
    const before = Array.from({ length: edges }, (_, back) => number - 1 - back).filter(
      (each) => each >= 1_000,
    );
    return anIssue(number, {
      title: `${text} ${number}`,
      body: `### Effort\n\n5-6 hours\n\n### Risk\n\nHIGH (${text})\n\n### Mitigation\n\n${text}\n\n### Scope\n\n${text}`,
      blockedBy: read(
        before.map((each): BlockedBy => ({
          id: `issue-${each}`,
          databaseId: 1_000 + each,
          number: each,
          repository: 'acme/market',
          state: 'open',
          stateReason: null,
          closed: read(null),
        })),
      ),
    });
  });
  const pulls = issues.map((issue, index) =>
    index < merged ? aMergedPull(5_000 + index, issue) : aWorkedPull(5_000 + index, issue),
  );
  return aSnapshot({ issues, pulls, trackers: [aTracker()] });
}

const rowsOf = (body: string) => body.split('\n').filter((line) => /^\| \d+ \| \[/.test(line)).length;

describe('what gives way where the body would be too long, in this order', () => {
  test('nothing, for a few', () => {
    expect(bodyOf(deployment({ count: 4, merged: 1 }))).not.toContain('for length');
  });

  test('first the details of those that landed', () => {
    const body = bodyOf(deployment({ count: 60, merged: 30 }));
    expect(body).toContain('Those of 30 merged subagents are left out, for length.');
    expect(body.match(/<details>/g)).toHaveLength(30);
    expect(rowsOf(body)).toBe(60);
  });

  test('then all details', () => {
    const body = bodyOf(deployment({ count: 110, merged: 10 }));
    expect(body).toContain('## Details\n\nThey are left out, for length');
    expect(body).toContain('worktree add ../main-issue-1109 feature/issue-1109');
    expect(body).toContain('## Risks');
    expect(rowsOf(body)).toBe(110);
  });

  test('then the commands of each, risks and notes', () => {
    const body = bodyOf(deployment({ count: 200, merged: 10 }));
    expect(body).toContain('Those of each subagent are left out, for length');
    expect(body).toContain('Risks and notes are left out, for length.');
    expect(body).toContain('/subagent merge all');
    expect(rowsOf(body)).toBe(200);
  });

  test('then the rows of those that landed', () => {
    const body = bodyOf(deployment({ count: 400, merged: 250 }));
    expect(body).toContain('250 subagents that landed: only counted, for length.');
    expect(rowsOf(body)).toBe(150);
  });

  test('then the part of the graph that is done', () => {
    const body = bodyOf(deployment({ count: 400, merged: 300, edges: 2 }));
    expect(body).toContain('Only what is open and its direct neighbours are shown, for length.');
    expect(body).not.toContain('- [#1050](../issues/1050) depends on');
    expect(body).toContain('- [#1390](../issues/1390) depends on');
    expect(body).toContain('- [#1300](../issues/1300) depends on [#1299](../issues/1299): done');
  });

  test('then the graph', () => {
    const body = bodyOf(deployment({ count: 200, edges: 4 }));
    expect(body).toContain('The graph is left out, for length');
    expect(rowsOf(body)).toBe(200);
  });

  test('last rows of the table', () => {
    const body = bodyOf(deployment({ count: 500, edges: 2 }));
    const rows = rowsOf(body);
    expect(rows).toBeGreaterThan(150);
    expect(body).toContain(`${500 - rows} more subagents in the merge order: not listed, for length.`);
  });

  test('500 with everything that the configuration can hold', () => {
    const hostile = '\\`*~[<|$@#_';
    const items = Array.from({ length: 50 }, (_, index) => `${index} ${hostile.repeat(16)}`);
    const phases = Array.from({ length: 20 }, (_, index) => ({
      name: `${index} ${hostile.repeat(4)}`,
      duration: index === 3 ? 'effort' : '4-6h',
    }));
    const config = JSON.stringify({ checklist: items, success: items, phases });
    const body = bodyOf({ ...deployment({ count: 500, edges: 3 }), config: read(config) });
    expect(rowsOf(body)).toBeGreaterThan(50);
    expect(body).toMatch(/^- \[ \] 0 /m);
    expect(body).toMatch(/^\d+ more items: not listed, for length\.$/m);
    expect(body).toContain('/subagent merge all');
    const common = items.map((_, index) => `Item ${index} of common length, which somebody ticks`);
    const usual = JSON.stringify({ checklist: common, success: common, phases });
    const all = bodyOf({ ...deployment({ count: 500, edges: 3 }), config: read(usual) });
    expect(all.match(/^- \[ \] Item/gm)).toHaveLength(100);
  });

  test('500 with text that grows when it is escaped still leave rows', () => {
    const body = bodyOf(deployment({ count: 500, edges: 3, text: '\\`*~[<|$@#_'.repeat(20) }));
    expect(rowsOf(body)).toBeGreaterThan(50);
  });
});

describe('the diagram', () => {
  test('shows what is open and its neighbours where the whole is too large', () => {
    const body = bodyOf(deployment({ count: 100, merged: 70, edges: 1 }));
    expect(body).toContain('It shows what is open and its direct neighbours.');
    expect(body).toContain('i1070 --> i1069');
    expect(body).not.toContain('i1069 --> i1068');
    expect(body).toContain('- [#1069](../issues/1069) depends on [#1068](../issues/1068): done');
  });

  test('is left out beyond 80 issues or 200 edges, but its edges are listed', () => {
    const nodes = bodyOf(deployment({ count: 81, edges: 1 }));
    expect(nodes).toContain('There are too many edges for a diagram.');
    expect(nodes).toContain('- [#1080](../issues/1080) depends on [#1079](../issues/1079): open');
    expect(bodyOf(deployment({ count: 80, edges: 1 }))).toContain('i1079 --> i1078');
    expect(bodyOf(deployment({ count: 60, edges: 5 }))).not.toContain('```mermaid');
  });
});

/** With everything that the settings can add, at common lengths. */
function common(count: number): Snapshot {
  const ten = (what: string) => Array.from({ length: 10 }, (_, index) => `${what} ${index}, in a few words`);
  const config = {
    phases: ['30min', 'effort', '4-6h'].map((duration, index) => ({ name: `Phase ${index}`, duration })),
    checklist: [...ten('Before'), { auto: 'branches' }],
    success: [...ten('After'), { auto: 'merged' }],
    risks: ten('Risk').map((risk) => ({ risk, mitigation: 'A dry run' })),
    notes: ten('Note'),
    stakeholders: ten('Team').map((name) => ({ name, when: ['merged'] })),
  };
  return { ...aDeployment(count), config: read(JSON.stringify(config)) };
}

/** What may give way, and the sentence that stands in its place. */
const GIVES_WAY: readonly (readonly [what: string, there: RegExp, sentence: RegExp])[] = [
  ['details', /^<summary>Issue \d/m, /^## Details\n\nThey are left out, for length/m],
  ['chart', /^gantt$/m, /^The chart is left out, for length\.$/m],
  ['batch configuration', /^subagents:$/m, /^The batch configuration is left out, for length\.$/m],
  ['shell commands', /^git -C market fetch /m, /^Those of each subagent are left out, for length/m],
  ['risks', /^## Risks$/m, /^Risks, notes and communication are left out, for length\.$/m],
  ['notes', /^## Notes$/m, /^Risks, notes and communication are left out, for length\.$/m],
  ['communication', /^## Communication$/m, /^Risks, notes and communication are left out, for length\.$/m],
  ['graph', /^- \[#\d+\]\S+ (?:depends on|and|share)/m, /^The graph is left out, for length/m],
];

function expectControls(body: string, count: number, prefix = '/subagent'): void {
  for (const part of [
    /^## Needs you\n\n- \S/m,
    /^\| Order \| Issue \| State \|/m,
    /^## Checklist before execution\n\n- \[ \] \S/m,
    /^## Success criteria\n\n- \[ \] \S/m,
  ])
    expect(body).toMatch(part);
  expect(body).toContain(`\n${prefix} merge all\n`);
  const gone = GIVES_WAY.filter(([, there, sentence]) => there.test(body) === sentence.test(body));
  expect(count === 1 ? [] : gone.map(([what]) => what)).toEqual([]);
  const rows = rowsOf(body);
  expect(rows).toBeGreaterThanOrEqual(Math.min(count, 40) * 0.8);
  expect(/^\d+ (?:more )?subagents? .*for length\.$/m.test(body)).toBe(rows < count);
}

describe('a body of so many subagents holds all that people use, in less than 58,000 characters', () => {
  const SIZES = [1, 4, 50, 200, 500];
  const PREFIX = `/${'p'.repeat(39)}`;

  test.each(SIZES)('%i of common length', (count) => {
    const body = bodyOf(common(count));
    expectControls(body, count);
    expect(rowsOf(body)).toBeGreaterThanOrEqual(Math.min(count, 150));
    expect(body.match(/^- \[ \] /gm)).toHaveLength(20);
  });

  test.each(SIZES)('%i with everything as long as it may be', (count) => {
    const body = bodyOf(worst(count, plainWords));
    expectControls(body, count, PREFIX);
    expect(body.match(/^- \[ \] /gm)).toHaveLength(80);
  });

  test.each(SIZES)('%i in signs that grow when they are escaped', (count) => {
    const body = bodyOf(worst(count, growingWords));
    expectControls(body, count, PREFIX);
    const boxes = body.match(/^- \[ \] /gm)?.length ?? 0;
    const left = [...body.matchAll(/^(\d+) more items: not listed, for length\.$/gm)];
    // What the app can tell by itself is gone before any box is.
    expect(boxes + left.reduce((sum, match) => sum + Number(match[1]), 0)).toBe(left.length === 0 ? 80 : 100);
    expect(boxes).toBeGreaterThan(40);
  });
});
