/** Random graphs of up to 60 issues and 200 edges; half of them have a cycle put in. */
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
        pairs: fc.array(pair, { maxLength: 190 }),
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
  return { from, to, origin: 'native' };
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
