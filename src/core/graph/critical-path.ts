import { dependenciesByNode } from './edges.js';
import type { Graph } from './graph.js';
import { type NodeId, compareNodes } from './node.js';

/** What chains of issues are made of. */
export type Chained = Pick<Graph, 'edges' | 'order' | 'cycles' | 'targets'>;

/**
 * The longest chain of issues that are still to be merged, each before what it depends on: however many work at once, the
 * deployment takes no less time than these take one after the other. Of equally long ones that of the member which comes
 * first in the merge order, over the lowest numbers. Issues on a cycle, and those that were closed without being merged,
 * are on no chain: somebody has to mend that first. Linear in the size of the graph.
 *
 * @param weightOf what an issue adds to the length of a chain, 0 or more; each the same if left out
 */
export function criticalPath(
  { edges, order, cycles, targets }: Chained,
  weightOf: (node: NodeId) => number = () => 1,
): readonly NodeId[] {
  const waits = dependenciesByNode(edges);
  const isToMerge = (node: NodeId) => isOpen(targets.get(node)?.kind) && !cycles.has(node);
  const members = new Set(order);
  const chains = new Map<NodeId, { readonly length: number; readonly next: NodeId | null }>();
  // Nothing comes before what it depends on, so that the chains of that are known.
  for (const node of [...waitedForElsewhere(edges, members), ...order]) {
    if (!isToMerge(node)) continue;
    let longest = 0;
    let next: NodeId | null = null;
    for (const { to } of waits.get(node) ?? []) {
      const length = chains.get(to)?.length;
      if (length === undefined || (next !== null && length <= longest)) continue;
      longest = length;
      next = to;
    }
    chains.set(node, { length: weightOf(node) + longest, next });
  }
  let first: NodeId | null = null;
  for (const node of order) {
    const length = chains.get(node)?.length;
    if (length !== undefined && (first === null || length > (chains.get(first)?.length ?? 0))) first = node;
  }
  const path: NodeId[] = [];
  for (let node = first; node !== null; node = chains.get(node)?.next ?? null) path.push(node);
  return path;
}

/**
 * All unmerged issues that a node waits for, directly or through others, in merge order; those of no member come last.
 * What is behind a merged one is not waited for, and what is behind one that will not be merged is not known to be.
 */
export function createBlockers({ edges, order, targets }: Chained): (node: NodeId) => readonly NodeId[] {
  const waits = dependenciesByNode(edges);
  const places = new Map(order.map((node, index) => [node, index]));
  const placeOf = (node: NodeId) => places.get(node) ?? places.size;
  return (start) => {
    const found = new Set([start]);
    for (const node of found) {
      if (node !== start && !isOpen(targets.get(node)?.kind)) continue;
      for (const { to } of waits.get(node) ?? []) if (targets.get(to)?.kind !== 'met') found.add(to);
    }
    found.delete(start);
    return [...found].sort((a, b) => placeOf(a) - placeOf(b) || compareNodes(a, b));
  };
}

/** What cannot be read may well be open. */
function isOpen(status: 'met' | 'open' | 'closed' | 'unreadable' | undefined): boolean {
  return status !== 'met' && status !== 'closed';
}

function waitedForElsewhere(edges: Chained['edges'], members: ReadonlySet<NodeId>): ReadonlySet<NodeId> {
  return new Set(edges.flatMap(({ to }) => (members.has(to) ? [] : [to])));
}
