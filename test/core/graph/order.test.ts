import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { hasCycle, topologicalSort, willCreateCycle } from 'graphology-dag';
import { findCycles, waitingPath } from '../../../src/core/graph/cycles.js';
import { simpleEdges } from '../../../src/core/graph/edges.js';
import { type Rank, compareRank, mergeOrder } from '../../../src/core/graph/order.js';
import {
  type RandomGraph,
  RUNS,
  claim,
  distances,
  distinct,
  edge,
  oracle,
  randomGraph,
  shuffled,
} from './support.js';

function ranks(...list: readonly (readonly [node: string, priority?: number, approvedAt?: number])[]) {
  return new Map<string, Rank>(
    list.map(([node, priority = 2, approvedAt = 0]) => [
      node,
      { priority, approvedAt, number: Number(node.slice(1)) },
    ]),
  );
}

describe('the merge order', () => {
  test('goes by priority, then by approval, then by number', () => {
    const order = mergeOrder(ranks(['#1', 2, 5], ['#2', 2, 4], ['#3', 0, 9], ['#5', 2, 4], ['#4', 2, 4]), []);
    expect(order).toEqual(['#3', '#2', '#4', '#5', '#1']);
  });

  test('puts nothing before what it depends on, whatever its priority', () => {
    expect(mergeOrder(ranks(['#1', 0], ['#2', 3]), [edge('#1', '#2')])).toEqual(['#2', '#1']);
  });

  test('leaves out what is outside of the deployment', () => {
    expect(mergeOrder(ranks(['#1']), [edge('#1', 'acme/lib#3'), edge('#1', '#99')])).toEqual(['#1']);
  });

  test('has those on a cycle last, and those behind it', () => {
    const edges = [edge('#1', '#2'), edge('#2', '#1'), edge('#3', '#1')];
    expect(mergeOrder(ranks(['#1', 0], ['#2', 0], ['#3', 0], ['#4', 3]), edges)).toEqual([
      '#4',
      '#1',
      '#2',
      '#3',
    ]);
  });

  test('has those behind a cycle after what they wait for, whatever their priority', () => {
    const edges = [edge('#1', '#2'), edge('#2', '#3'), edge('#3', '#4'), edge('#4', '#3')];
    expect(mergeOrder(ranks(['#1', 0], ['#2', 1], ['#3', 3], ['#4', 2]), edges)).toEqual([
      '#4',
      '#3',
      '#2',
      '#1',
    ]);
  });

  test('has every issue once and respects every edge that is on no cycle, as an independent library sees it', () => {
    fc.assert(
      fc.property(randomGraph(), (graph) => {
        const order = mergeOrder(graph.ranks, graph.edges);
        claim(isSame([...order].sort(), [...graph.ranks.keys()].sort()), 'every issue once', order);
        const distance = distances(graph);
        const place = new Map(order.map((node, index) => [node, index]));
        const strict = graph.edges.filter(({ from, to }) => distance(to, from) === null);
        for (const { from, to } of strict) claim(place.get(to)! < place.get(from)!, `${from} after ${to}`);
        // The order as a chain, and the edges: together they have a cycle if any edge goes against the order.
        const chain = order.slice(1).map((node, index) => edge(node, order[index]!));
        claim(!hasCycle(oracle({ ...graph, edges: distinct([...strict, ...chain]) })), 'no edge against it');
      }),
      RUNS,
    );
  });

  test('takes the best of those that are free at each step', () => {
    fc.assert(
      fc.property(randomGraph(), (graph) => {
        fc.pre(!hasCycle(oracle(graph)));
        const left = new Set(topologicalSort(oracle(graph)));
        for (const node of mergeOrder(graph.ranks, graph.edges)) {
          const waiting = new Set(graph.edges.flatMap(({ from, to }) => (left.has(to) ? [from] : [])));
          const rank = graph.ranks.get(node)!;
          for (const other of left) {
            if (waiting.has(other)) continue;
            claim(compareRank(rank, graph.ranks.get(other)!) <= 0, `${node} before ${other}`);
          }
          claim(!waiting.has(node) && left.delete(node), `${node} is free`);
        }
        claim(left.size === 0, 'nothing is left');
      }),
      RUNS,
    );
  });

  test('is the same for the same input in any order of arrival, and so are the cycles', () => {
    fc.assert(
      fc.property(randomGraph(), fc.nat(), (graph, seed) => {
        const again = shuffled(graph.edges, seed);
        const order = mergeOrder(new Map(shuffled([...graph.ranks], seed)), again);
        claim(isSame(order, mergeOrder(graph.ranks, graph.edges)), 'the same order', order);
        const cycles = [findCycles(simpleEdges(graph.edges).edges), findCycles(simpleEdges(again).edges)];
        claim(isSame(...(cycles.map((each) => [...each]) as [unknown, unknown])), 'the same cycles');
      }),
      RUNS,
    );
  });

  test('a merge that was overridden opens its cycle: the rest is in order again', () => {
    const rank = (number: number): Rank => ({ priority: 0, approvedAt: 0, number });
    const ranks = new Map(['#1', '#2', '#3'].map((node, index) => [node, rank(index)]));
    const edges = [edge('#1', '#3'), edge('#3', '#2'), edge('#2', '#1')];
    expect(mergeOrder(ranks, edges)).toEqual(['#1', '#2', '#3']);
    expect(mergeOrder(ranks, edges, (node) => node === '#1')).toEqual(['#2', '#3', '#1']);
  });

  test('what is merged comes before what waits for it where that is no cycle', () => {
    const ranks = new Map([
      ['#1', { priority: 0, approvedAt: 0, number: 1 }],
      ['#2', { priority: 3, approvedAt: 0, number: 2 }],
    ]);
    expect(mergeOrder(ranks, [edge('#1', '#2')], () => true)).toEqual(['#2', '#1']);
  });
});

test('these graphs have up to 60 issues and nearly 200 edges, and half of them have a cycle', () => {
  const sample = fc.sample(randomGraph(), { numRuns: 1_000, seed: 1 });
  const most = (sizeOf: (graph: RandomGraph) => number) => Math.max(...sample.map(sizeOf));
  expect(most(({ ranks: of }) => of.size)).toBe(60);
  expect(most(({ edges }) => edges.length)).toBeGreaterThan(170);
  expect(sample.filter(({ ranks: of, edges }) => edges.length > of.size).length).toBeGreaterThan(250);
  const cyclic = sample.filter((graph) => hasCycle(oracle(graph))).length;
  expect(cyclic).toBeGreaterThan(400);
  expect(cyclic).toBeLessThan(600);
});

describe('cycles', () => {
  test('are found if and only if there are any, as an independent library sees it', () => {
    fc.assert(
      fc.property(randomGraph(), (graph) => {
        claim(findCycles(graph.edges).size > 0 === hasCycle(oracle(graph)), 'a cycle');
      }),
      RUNS,
    );
  });

  test('go through exactly the issues that wait for themselves, each by a shortest path over edges', () => {
    fc.assert(
      fc.property(randomGraph(), (graph) => {
        const has = new Set(graph.edges.map(({ from, to }) => `${from} ${to}`));
        const distance = distances(graph);
        const cycles = findCycles(graph.edges);
        for (const node of graph.ranks.keys()) {
          const path = cycles.get(node);
          claim((path?.length ?? 1) - 1 === (distance(node, node) ?? 0), `a shortest cycle of ${node}`, path);
          if (path === undefined) continue;
          claim(path[0] === node && path.at(-1) === node, `from ${node} to ${node}`, path);
          const isPath = path.slice(1).every((to, index) => has.has(`${path[index]} ${to}`));
          claim(isPath, 'a path over edges', path);
        }
      }),
      RUNS,
    );
  });

  test('are the shortest through each issue', () => {
    const edges = [edge('#1', '#2'), edge('#2', '#3'), edge('#3', '#1'), edge('#2', '#1')];
    expect(findCycles(edges).get('#1')).toEqual(['#1', '#2', '#1']);
    expect(findCycles(edges).get('#3')).toEqual(['#3', '#1', '#2', '#3']);
  });

  test('are none where one of theirs is met', () => {
    const edges = [edge('#1', '#2'), edge('#2', '#3'), edge('#3', '#1'), edge('#2', '#1')];
    expect([...findCycles(edges, (node) => node === '#2').keys()]).toEqual([]);
    expect([...findCycles(edges, (node) => node === '#3').keys()].sort()).toEqual(['#1', '#2']);
  });
});

test('a path says by which issues one already waits for another', () => {
  const edges = [edge('#12', '#13'), edge('#13', '#14'), edge('#12', '#15'), edge('#15', '#16')];
  expect(waitingPath('#12', '#14', edges)).toEqual(['#12', '#13', '#14']);
  expect(waitingPath('#14', '#12', edges)).toBeNull();
});

test('a path from one to another is a shortest one, and is there if and only if an edge back would close a cycle', () => {
  fc.assert(
    fc.property(randomGraph(), fc.nat(), fc.nat(), (graph, a, b) => {
      const nodes = [...graph.ranks.keys()];
      const [from, to] = [nodes[a % nodes.length]!, nodes[b % nodes.length]!];
      fc.pre(from !== to);
      const path = waitingPath(from, to, graph.edges);
      claim((path?.length ?? 1) - 1 === (distances(graph)(from, to) ?? 0), 'a shortest path', path);
      const seen = oracle(graph);
      if (hasCycle(seen) || seen.hasDirectedEdge(from, to)) return;
      claim(willCreateCycle(seen, from, to) === (path !== null), `${to} would wait for ${from}`);
    }),
    RUNS,
  );
});

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
