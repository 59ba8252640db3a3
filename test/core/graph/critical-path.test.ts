import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { topologicalGenerations } from 'graphology-dag';
import { type Chained, createBlockers, criticalPath } from '../../../src/core/graph/critical-path.js';
import { findCycles } from '../../../src/core/graph/cycles.js';
import { type Edge, simpleEdges } from '../../../src/core/graph/edges.js';
import { mergeOrder } from '../../../src/core/graph/order.js';
import type { TargetStatus } from '../../../src/core/graph/targets.js';
import { type RandomGraph, RUNS, claim, distances, edge, oracle, randomGraph } from './support.js';

const STATUS = {
  met: { kind: 'met' },
  open: { kind: 'open', pull: null },
  closed: { kind: 'closed', how: 'it was closed' },
  unreadable: { kind: 'unreadable', why: '502' },
} as const;

/** Each status by its nodes; all others are open. */
type Statuses = Partial<Record<keyof typeof STATUS, readonly string[]>>;

function chained({ ranks, edges }: RandomGraph, statuses: Statuses): Chained {
  const targets = new Map<string, TargetStatus>([...ranks.keys()].map((node) => [node, STATUS.open]));
  for (const [kind, nodes] of Object.entries(statuses)) {
    for (const node of nodes) targets.set(node, STATUS[kind as keyof typeof STATUS]);
  }
  const simple = simpleEdges(edges).edges;
  const isMet = (node: string) => targets.get(node)?.kind === 'met';
  return {
    edges: simple,
    order: mergeOrder(ranks, simple, isMet),
    cycles: findCycles(simple, isMet),
    targets,
  };
}

/** Issues 1 to 9, in this order but for what they wait for. */
function graph(edges: readonly Edge[], statuses: Statuses = {}): Chained {
  const rank = (number: number) => ({ priority: 2, approvedAt: 0, number });
  const ranks = new Map([1, 2, 3, 4, 5, 6, 7, 8, 9].map((number) => [`#${number}`, rank(number)]));
  return chained({ ranks, edges }, statuses);
}

/** A random graph, some issues of it merged and some closed. */
const some = randomGraph().chain((random) =>
  fc
    .tuple(fc.constant(random), fc.array(fc.constantFrom('met', 'open', 'open', 'closed')))
    .map(([, kinds]) => {
      const nodes = [...random.ranks.keys()];
      const of = (kind: string) => nodes.filter((_, index) => kinds[index] === kind);
      return { random, statuses: { met: of('met'), closed: of('closed') } };
    }),
);

/** What is left of a graph once only these issues are looked at. */
function among({ ranks, edges }: RandomGraph, isIn: (node: string) => boolean): RandomGraph {
  return {
    ranks: new Map([...ranks].filter(([node]) => isIn(node))),
    edges: edges.filter(({ from, to }) => isIn(from) && isIn(to)),
  };
}

describe('the longest chain', () => {
  test('goes from what lands last to what lands first', () => {
    expect(criticalPath(graph([edge('#8', '#6'), edge('#6', '#5'), edge('#9', '#5')]))).toEqual([
      '#8',
      '#6',
      '#5',
    ]);
  });

  test('is over what is still to be merged, and over what cannot be read', () => {
    const edges = [edge('#8', '#6'), edge('#6', '#5'), edge('#5', '#4'), edge('#9', '#1')];
    expect(criticalPath(graph(edges, { met: ['#5'] }))).toEqual(['#8', '#6']);
    expect(criticalPath(graph(edges, { closed: ['#6'] }))).toEqual(['#5', '#4']);
    expect(criticalPath(graph(edges, { unreadable: ['#5'] }))).toEqual(['#8', '#6', '#5', '#4']);
    expect(criticalPath(graph([], { met: ['#1', '#2', '#3', '#4', '#5', '#6', '#7', '#8', '#9'] }))).toEqual(
      [],
    );
  });

  test('ends in an issue outside of the deployment where that is waited for', () => {
    const edges = [edge('#8', '#6'), edge('#6', 'acme/lib#3'), edge('#6', '#5')];
    expect(criticalPath(graph(edges, { closed: ['#5'] }))).toEqual(['#8', '#6', 'acme/lib#3']);
    expect(criticalPath(graph(edges, { met: ['acme/lib#3'] }))).toEqual(['#8', '#6', '#5']);
  });

  test('leaves cycles out, and begins behind them', () => {
    const edges = [edge('#1', '#2'), edge('#2', '#1'), edge('#4', '#1'), edge('#5', '#4')];
    expect(criticalPath(graph(edges))).toEqual(['#5', '#4']);
  });

  test('of equally long ones is that of the first in merge order, over the lowest numbers', () => {
    expect(criticalPath(graph([edge('#9', '#6'), edge('#8', '#5'), edge('#8', '#3')]))).toEqual(['#8', '#3']);
  });

  test('goes by the weights where there are any', () => {
    const edges = [edge('#8', '#6'), edge('#6', '#5'), edge('#9', '#1')];
    expect(criticalPath(graph(edges), (node) => (node === '#1' ? 7 : 2))).toEqual(['#9', '#1']);
  });

  test('is as long as an independent library has generations', () => {
    fc.assert(
      fc.property(some, ({ random, statuses }) => {
        const known = chained(random, statuses);
        const path = criticalPath(known);
        const left = among(
          random,
          (node) => known.targets.get(node)?.kind === 'open' && !known.cycles.has(node),
        );
        claim(path.length === topologicalGenerations(oracle(left)).length, 'as long as it has to be', path);
        const has = new Set(left.edges.map(({ from, to }) => `${from} ${to}`));
        claim(
          path.slice(1).every((to, index) => has.has(`${path[index]} ${to}`)),
          'a path over edges',
          path,
        );
      }),
      RUNS,
    );
  });

  test('is as heavy as relaxing every edge as often as there are issues can make one', () => {
    fc.assert(
      fc.property(some, ({ random, statuses }) => {
        const known = chained(random, statuses);
        const weightOf = (node: string) => (Number(node.slice(1)) * 7) % 11;
        const left = among(
          random,
          (node) => known.targets.get(node)?.kind === 'open' && !known.cycles.has(node),
        );
        const heaviest = new Map([...left.ranks.keys()].map((node) => [node, weightOf(node)]));
        for (let changed = true; changed;) {
          changed = false;
          for (const { from, to } of left.edges) {
            const weight = weightOf(from) + heaviest.get(to)!;
            if (weight <= heaviest.get(from)!) continue;
            heaviest.set(from, weight);
            changed = true;
          }
        }
        const path = criticalPath(known, weightOf);
        const weight = path.reduce((sum, node) => sum + weightOf(node), 0);
        claim(weight === Math.max(0, ...heaviest.values()), 'as heavy as it can be', path);
      }),
      RUNS,
    );
  });
});

describe('what an issue waits for', () => {
  test('is what is unmerged before it, directly or through others, in merge order', () => {
    const edges = [edge('#8', '#6'), edge('#6', '#7'), edge('#8', 'acme/lib#3'), edge('#9', '#8')];
    expect(createBlockers(graph(edges))('#9')).toEqual(['#7', '#6', '#8', 'acme/lib#3']);
    expect(createBlockers(graph(edges))('#7')).toEqual([]);
  });

  test('is nothing behind a merged one, and nothing behind one that will not be merged', () => {
    const edges = [edge('#8', '#6'), edge('#6', '#5'), edge('#5', '#4')];
    expect(createBlockers(graph(edges, { met: ['#6'] }))('#8')).toEqual([]);
    expect(createBlockers(graph(edges, { closed: ['#6'] }))('#8')).toEqual(['#6']);
    expect(createBlockers(graph(edges, { unreadable: ['#6'] }))('#8')).toEqual(['#4', '#5', '#6']);
  });

  test('is what there is a way to, as long as nothing on it is merged or closed', () => {
    fc.assert(
      fc.property(some, ({ random, statuses }) => {
        const known = chained(random, statuses);
        const kindOf = (node: string) => known.targets.get(node)?.kind;
        const blockersOf = createBlockers(known);
        const place = new Map(known.order.map((node, index) => [node, index]));
        const start = known.order[Math.floor(known.order.length / 2)]!;
        const way = distances(among(random, (node) => kindOf(node) === 'open' || node === start));
        const isBehind = (node: string) =>
          node === start || (kindOf(node) === 'open' && way(start, node) !== null);
        const expected = known.order.filter(
          (node) =>
            node !== start &&
            kindOf(node) !== 'met' &&
            random.edges.some(({ from, to }) => to === node && isBehind(from)),
        );
        const blockers = blockersOf(start);
        claim(JSON.stringify(blockers) === JSON.stringify(expected), `what ${start} waits for`, blockers);
        claim(
          blockers.every((node, index) => index === 0 || place.get(blockers[index - 1]!)! < place.get(node)!),
          'in merge order',
        );
      }),
      RUNS,
    );
  });
});
