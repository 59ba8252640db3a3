/** Random graphs of up to 60 issues and 200 edges, half of them cyclic, and what is known of them by other means. */
import * as fc from 'fast-check';
import { DirectedGraph } from 'graphology';
import type { Edge } from '../../../src/core/graph/edges.js';
import type { Rank } from '../../../src/core/graph/order.js';

export interface RandomGraph {
  readonly ranks: ReadonlyMap<string, Rank>;
  readonly edges: readonly Edge[];
}

export const RUNS = { numRuns: 1_000 };

/** Edges go from higher to lower numbers, so that there is no cycle but the one that is put in. */
export function randomGraph(): fc.Arbitrary<RandomGraph> {
  return fc.integer({ min: 2, max: 60 }).chain((size) => {
    const node = fc.integer({ min: 1, max: size });
    const pair = fc.tuple(node, node);
    const rank = fc.record({ priority: fc.integer({ min: 0, max: 3 }), approvedAt: fc.nat(3) });
    return fc
      .record({
        names: fc.shuffledSubarray(
          Array.from({ length: size }, (_, index) => index + 1),
          { minLength: size },
        ),
        // Without a size of its own a list has about ten entries at most, however many are allowed. In most graphs
        // there are few edges, so that something is free.
        pairs: fc.oneof(
          { weight: 2, arbitrary: fc.array(pair, { maxLength: 40, size: 'max' }) },
          { weight: 1, arbitrary: fc.array(pair, { maxLength: 190, size: 'max' }) },
        ),
        cycle: fc.option(fc.uniqueArray(node, { minLength: 2, maxLength: 10 }), { freq: 2 }),
        ranks: fc.array(rank, { minLength: size, maxLength: size }),
      })
      .map(({ names, pairs, cycle, ranks }) => {
        const name = (index: number) => `#${names[index - 1]}`;
        const down = pairs
          .filter(([a, b]) => a !== b)
          .map(([a, b]) => [Math.max(a, b), Math.min(a, b)] as const);
        const round = (cycle ?? []).map(
          (each, index, all) => [each, all[(index + 1) % all.length]!] as const,
        );
        return {
          ranks: new Map(ranks.map((each, index) => [`#${index + 1}`, { ...each, number: index + 1 }])),
          edges: distinct([...down, ...round].map(([from, to]) => edge(name(from), name(to)))),
        };
      });
  });
}

export function edge(from: string, to: string): Edge {
  return { from, to, origin: 'native', by: null };
}

export function distinct(edges: readonly Edge[]): readonly Edge[] {
  return [...new Map(edges.map((each) => [`${each.from} ${each.to}`, each])).values()];
}

/** The same graph as an independent library sees it: from what is waited for to what waits. */
export function oracle({ ranks, edges }: RandomGraph): DirectedGraph {
  const graph = new DirectedGraph();
  for (const node of ranks.keys()) graph.addNode(node);
  for (const { from, to } of edges) graph.addDirectedEdge(to, from);
  return graph;
}

/**
 * How many edges there are from each node to each other on the shortest way, by Floyd and Warshall: `null` for no way. A
 * node's way to itself is its shortest cycle.
 */
export function distances({ ranks, edges }: RandomGraph): (from: string, to: string) => number | null {
  const places = new Map([...ranks.keys()].map((node, index) => [node, index]));
  const size = places.size;
  const at = (from: string, to: string) => places.get(from)! * size + places.get(to)!;
  const known = new Float64Array(size * size).fill(Infinity);
  for (const { from, to } of edges) known[at(from, to)] = 1;
  for (let through = 0; through < size; through += 1) {
    for (let from = 0; from < size; from += 1) {
      const first = known[from * size + through]!;
      if (first === Infinity) continue;
      for (let to = 0; to < size; to += 1) {
        const way = first + known[through * size + to]!;
        if (way < known[from * size + to]!) known[from * size + to] = way;
      }
    }
  }
  return (from, to) => {
    const distance = known[at(from, to)]!;
    return distance === Infinity ? null : distance;
  };
}

/** The list in another order; equal seeds give equal orders. */
export function shuffled<T>(list: readonly T[], seed: number): readonly T[] {
  const result = [...list];
  let state = seed | 1;
  for (let index = result.length - 1; index > 0; index -= 1) {
    state = Math.imul(state ^ (state >>> 15), 2_246_822_519) ^ (state << 7) ^ index;
    const other = (state >>> 0) % (index + 1);
    [result[index], result[other]] = [result[other]!, result[index]!];
  }
  return result;
}

/** Fails with the words and the value; `expect` in every step of a thousand graphs would take most of the time. */
export function claim(holds: boolean, words: string, value?: unknown): void {
  if (!holds) throw new Error(value === undefined ? words : `${words}: ${JSON.stringify(value)}`);
}
