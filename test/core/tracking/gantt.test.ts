import { describe, expect, test } from '@jest/globals';

import type { NodeId } from '../../../src/core/graph/node.js';
import type { StagedJob } from '../../../src/core/schedule/remaining.js';
import { type PhasePlan, scheduleOf } from '../../../src/core/schedule/schedule.js';
import { renderGantt } from '../../../src/core/tracking/gantt.js';

const HOURS: PhasePlan['duration'] = { low: 4, high: 6 };

function phase(name: string, duration: PhasePlan['duration'] = HOURS): PhasePlan {
  return { name, duration, mode: 'parallel' };
}

function job(node: NodeId, high: number, stage: StagedJob['stage'] = 'waiting'): StagedJob {
  return { node, effort: { low: high, high }, waitsFor: [], stage };
}

function linesOf(plans: readonly PhasePlan[], jobs = [job('#8', 2)]): readonly string[] {
  const byNode = new Map(jobs.map((each) => [each.node, each]));
  const chart = renderGantt(scheduleOf(jobs, plans), byNode, new Map([['#8', 'Lock & release']]));
  return chart?.split('\n').map((line) => line.trim()) ?? [];
}

function sections(...names: readonly string[]): readonly string[] {
  const lines = linesOf(names.map((name) => phase(name)));
  return lines.filter((line) => line.startsWith('section ')).map((line) => line.slice('section '.length));
}

describe('the chart', () => {
  test('has a bar for each issue where its effort counts, and one for all elsewhere', () => {
    expect(
      linesOf([phase('Design'), phase('Work', 'effort')], [job('#8', 2, 'begun'), job('#4', 3)]),
    ).toEqual([
      '```mermaid',
      'gantt',
      'dateFormat x',
      'axisFormat %s h',
      'tickInterval 1second',
      'todayMarker off',
      'section Design',
      'All 2 :0, 6000',
      'section Work',
      'Issue 8 Lock release :active, 6000, 8000',
      'Issue 4 :6000, 9000',
      '```',
    ]);
  });

  test('shows as done what is ready for review, and phases of all once all of it is over', () => {
    const bars = (...stages: readonly StagedJob['stage'][]) =>
      linesOf(
        [phase('Design'), phase('Work', 'effort')],
        stages.map((stage, index) => job(index === 0 ? '#8' : '#4', 3, stage)),
      ).filter((line) => / :/.test(line));
    expect(bars('over', 'implemented')).toEqual([
      'All 2 :0, 6000',
      'Issue 8 Lock release :done, 6000, 9000',
      'Issue 4 :done, 6000, 9000',
    ]);
    expect(bars('over', 'over')[0]).toBe('All 2 :done, 0, 6000');
  });

  test('marks whole hours, of which there may be many', () => {
    expect(linesOf([phase('Design')])).toContain('tickInterval 1second');
    expect(linesOf([phase('Design'), phase('Test')])).not.toContain('tickInterval 1second');
  });
});

describe('the name of a phase beside its bars', () => {
  test('stands in at most two lines of whole words', () => {
    expect(sections('Design review', 'Go', 'Review and merge', 'Rollout to all of production')).toEqual([
      'Design<br>review',
      'Go',
      'Review and<br>merge',
      'Rollout to<br>all of…',
    ]);
    expect(sections('Internationalisation of it')).toEqual(['International…<br>of it']);
  });

  test('is a number where mermaid would mix it up with others', () => {
    expect(
      sections('Test!', 'Test?', '64', '!', 'constructor', 'Test more and more', 'Test more and less'),
    ).toEqual(['Test', 'No. 2', 'No. 3', 'No. 4', 'No. 5', 'Test more<br>and more', 'Test more<br>and less']);
  });
});
