import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { hasCycle, topologicalSort } from 'graphology-dag';
import { findCycles, waitingPath } from '../../../src/core/graph/cycles.js';
import { type Rank, compareRank, mergeOrder } from '../../../src/core/graph/order.js';
import { RUNS, edge, oracle, randomGraph } from './support.js';

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

  test('has every node once and respects every edge that is on no cycle and behind none', () => {
    fc.assert(
      fc.property(randomGraph(), (graph) => {
        const order = mergeOrder(graph.ranks, graph.edges);
        expect([...order].sort()).toEqual([...graph.ranks.keys()].sort());
        const cycles = findCycles(graph.edges);
        const place = new Map(order.map((node, index) => [node, index]));
        const isBehindCycle = (node: string) =>
          cycles.has(node) ||
          [...cycles.keys()].some((each) => waitingPath(node, each, graph.edges) !== null);
        for (const { from, to } of graph.edges) {
          if (isBehindCycle(from)) continue;
          expect(place.get(to)).toBeLessThan(place.get(from)!);
        }
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
          const free = [...left].filter(
            (each) => !graph.edges.some(({ from, to }) => from === each && left.has(to)),
          );
          const best = free.sort((a, b) => compareRank(graph.ranks.get(a)!, graph.ranks.get(b)!))[0];
          expect(node).toBe(best);
          left.delete(node);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  test('is the same for the same input in any order of arrival', () => {
    fc.assert(
      fc.property(randomGraph(), fc.infiniteStream(fc.nat()), (graph, stream) => {
        const shuffle = <T>(list: readonly T[]) =>
          list
            .map((item) => ({ item, by: Number(stream.next().value) }))
            .sort((a, b) => a.by - b.by)
            .map(({ item }) => item);
        const again = mergeOrder(new Map(shuffle([...graph.ranks])), shuffle(graph.edges));
        expect(again).toEqual(mergeOrder(graph.ranks, graph.edges));
      }),
      RUNS,
    );
  });
});

describe('cycles', () => {
  test('are found if and only if there are any, as an independent library sees it', () => {
    fc.assert(
      fc.property(randomGraph(), (graph) => {
        expect(findCycles(graph.edges).size > 0).toBe(hasCycle(oracle(graph)));
      }),
      RUNS,
    );
  });

  test('are paths over edges that end where they begin and go through no issue twice', () => {
    fc.assert(
      fc.property(randomGraph(), (graph) => {
        const has = new Set(graph.edges.map(({ from, to }) => `${from} ${to}`));
        for (const [node, path] of findCycles(graph.edges)) {
          expect([path[0], path.at(-1)]).toEqual([node, node]);
          expect(new Set(path).size).toBe(path.length - 1);
          for (const [index, from] of path.slice(0, -1).entries()) {
            expect(has.has(`${from} ${path[index + 1]}`)).toBe(true);
          }
        }
      }),
      RUNS,
    );
  });

  test('name exactly the issues that wait for themselves', () => {
    fc.assert(
      fc.property(randomGraph(), (graph) => {
        const cycles = findCycles(graph.edges);
        for (const node of graph.ranks.keys()) {
          expect(cycles.has(node)).toBe(waitingPath(node, node, graph.edges) !== null);
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
});

test('a path says by which issues one already waits for another', () => {
  const edges = [edge('#12', '#13'), edge('#13', '#14'), edge('#12', '#15'), edge('#15', '#16')];
  expect(waitingPath('#12', '#14', edges)).toEqual(['#12', '#13', '#14']);
  expect(waitingPath('#14', '#12', edges)).toBeNull();
});
