/** Mermaid itself, in a browser, draws what the app writes: nothing more, nothing less, and nothing that does anything. */
import { readFileSync, readdirSync } from 'node:fs';

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';

import type { Snapshot } from '../../src/core/model/index.js';
import { renderTracker } from '../../src/core/tracking/tracker.js';
import { FACTS, complete, halfWay, justDeployed } from '../core/tracking/reference.js';
import { judge } from '../support/view-builder.js';
import { chromiumPath } from './chromium-path.js';
import { type Opened, openPage } from './chromium.js';
import { type Draw, type Drawn, diagramsOf, drawer } from './mermaid.js';
import { CORPUS, type Plot, expectedOf, plots, snapshotOf } from './plots.js';

const ROOT = new URL('../../', import.meta.url);
/** So many deployments of random words are drawn, with a diagram and a chart each. */
const FUZZED = 200;

/** Looked for first, so that it is said once where there is none. */
const chromium = chromiumPath(process.env);
let opened: Opened;
let draw: Draw;

beforeAll(async () => {
  opened = await openPage(chromium);
  draw = await drawer(opened.page);
});

afterAll(() => opened.close());

function diagramsIn(snapshot: Snapshot): readonly string[] {
  const { view, progress } = judge(snapshot);
  expect(view.config.kind === 'valid' ? 'valid' : view.config.problem).toBe('valid');
  return diagramsOf(renderTracker(view, progress, '0.1.0').body);
}

/** The words of a label, however its lines are broken. */
function words(text: string): string {
  return text.replace(/\s+|<br>/g, ' ').trim();
}

/** What a diagram says, read off its source. */
function labelsOf(diagram: string): Pick<Drawn, 'nodes' | 'barTexts' | 'sections'> {
  const all = (pattern: RegExp) => [...diagram.matchAll(pattern)].map(([, label]) => words(label ?? ''));
  return {
    nodes: all(/^  i\d+\["(.*)"\]$/gm),
    barTexts: all(/^  ((?:Issue|All) .*?) :(?:active, |done, )?\d+, \d+$/gm),
    sections: all(/^  section (.*)$/gm),
  };
}

function expectDrawn(diagram: string, drawn: Drawn | undefined): asserts drawn is Drawn {
  expect({ diagram, problem: drawn?.problem, live: drawn?.live }).toEqual({
    diagram,
    problem: null,
    live: [],
  });
  const { nodes, barTexts, sections } = labelsOf(diagram);
  expect(drawn?.nodes.map(words)).toEqual(nodes);
  // Mermaid draws the bars of a section in the order of their beginnings.
  expect(drawn?.barTexts.map(words).sort()).toEqual([...barTexts].sort());
  expect(drawn?.sections.map(words)).toEqual(sections);
}

/** The drawings of a deployment: of its graph, if it has one, and of its schedule. */
function expectPlot(plot: Plot, diagrams: readonly string[], drawings: readonly Drawn[]): void {
  const expected = expectedOf(plot);
  const kinds = expected.nodes.length === 0 ? ['gantt'] : ['flowchart-v2', 'gantt'];
  for (const [index, diagram] of diagrams.entries()) expectDrawn(diagram, drawings[index]);
  expect(drawings.map(({ kind }) => kind)).toEqual(kinds);
  const [chart, graph] = [...drawings].reverse();
  expect(chart).toMatchObject({ bars: expected.bars, nodes: [], edges: 0 });
  expect(chart?.sections).toHaveLength(expected.sections);
  if (graph === undefined) return;
  const { arrows, dotted } = expected;
  expect(graph).toMatchObject({ arrows, dotted, edges: arrows + dotted, bars: 0 });
  expect(graph.nodes.map((label) => Number.parseInt(words(label), 10))).toEqual(expected.nodes);
}

async function expectPlots(all: readonly Plot[]): Promise<void> {
  const diagrams = all.map((plot) => diagramsIn(snapshotOf(plot)));
  const drawings = [...(await draw(diagrams.flat()))];
  for (const [index, plot] of all.entries()) {
    const own = diagrams[index] ?? [];
    expectPlot(plot, own, drawings.splice(0, own.length));
  }
  expect(drawings).toEqual([]);
}

describe('mermaid draws', () => {
  test('the deployment of four issues in every moment, with the configuration of the example', async () => {
    const config = readFileSync(new URL('examples/subagents.yml', ROOT), 'utf8');
    const snapshots = [justDeployed(), halfWay(), complete(), justDeployed(FACTS, { config })];
    const diagrams = snapshots.map(diagramsIn);
    expect(diagrams.map(({ length }) => length)).toEqual([2, 2, 2, 2]);
    const drawings = await draw(diagrams.flat());
    for (const [index, diagram] of diagrams.flat().entries()) expectDrawn(diagram, drawings[index]);
    expect(drawings.at(-1)?.sections).toHaveLength(5);
  });

  test('every diagram that stands in a snapshot of the tests', async () => {
    const diagrams = snapshots().flatMap((text) => diagramsOf(text));
    expect(diagrams.length).toBeGreaterThan(5);
    const drawings = await draw(diagrams);
    for (const [index, diagram] of diagrams.entries()) expectDrawn(diagram, drawings[index]);
  });

  test('titles that have broken somebody’s renderer', () => expectPlots(CORPUS));

  test(`${FUZZED} deployments of random hostile words, each with all its issues, edges and bars`, () =>
    expectPlots(fc.sample(plots, { numRuns: FUZZED, seed: 6 })));

  test('and asks nothing of a network for any of them', () => {
    expect(opened.requests).toEqual([]);
  });
});

/** What Jest has stored, as it was before Jest escaped it. */
function snapshots(): readonly string[] {
  return readdirSync(new URL('test/', ROOT), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.snap'))
    .map((path) => readFileSync(new URL(`test/${path}`, ROOT), 'utf8').replace(/\\([\\`$])/g, '$1'));
}

describe('what the tests above look for is seen', () => {
  test('a link, a handler, an image, a script', async () => {
    const drawings = await draw([
      'flowchart LR\n  i1["x"]\n  click i1 "https://example.com"',
      'flowchart LR\n  i1["x"]\n  click i1 call alert()',
      'flowchart LR\n  i1["<img src=https://example.com/x.png>"]',
      'gantt\n  dateFormat x\n  Issue :a, 0, 1\n  click a href "https://example.com"',
    ]);
    expect(drawings.map(({ problem, live }) => [problem, live.length > 0])).toEqual(
      drawings.map(() => [null, true]),
    );
    expect(opened.requests).toEqual(['https://example.com/x.png']);
  });

  test('a label that is not only a label', async () => {
    const [broken, more] = await draw(['flowchart LR\n  i1["x"y"]', 'flowchart LR\n  i1["x"] --> i2["y"]']);
    expect(broken?.problem).toMatch(/Parse error/);
    expect(more).toMatchObject({ nodes: ['x', 'y'], arrows: 1, dotted: 0 });
  });
});
