import { describe, expect, test } from '@jest/globals';
import { type BlockedBy, type Issue, type Snapshot, read } from '../../../src/core/model/index.js';
import { findMarker } from '../../../src/core/names/markers.js';
import { renderSummary } from '../../../src/core/tracking/summary.js';
import { renderTracker } from '../../../src/core/tracking/tracker.js';
import { aMergedPull, aSnapshot, aTracker, aWorkedPull, anIssue, judge } from '../../support/view-builder.js';

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
  expect(body.startsWith('🚚 **Landing**') || body.startsWith('🔵 **In progress**')).toBe(true);
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
