import { type Edge, dependenciesByNode } from './edges.js';
import type { NodeId } from './node.js';

/** What nothing waits for any more, because it is merged. */
export type IsMet = (node: NodeId) => boolean;

/**
 * The shortest cycle through each node that lies on one, as a path that ends where it begins (`#12 → #14 → #12`).
 * Nodes on no cycle are not in the map, nor are those of a cycle that the merge of one of them has opened. Linear in the
 * size of the graph where there is none.
 */
export function findCycles(
  edges: readonly Edge[],
  isMet: IsMet = () => false,
): ReadonlyMap<NodeId, readonly NodeId[]> {
  const next = dependenciesByNode(edges.filter(({ to }) => !isMet(to)));
  const cycles = new Map<NodeId, readonly NodeId[]>();
  for (const component of tangled(next)) {
    for (const node of component) {
      const path = shortestPath(node, node, next, component);
      if (path !== null) cycles.set(node, path);
    }
  }
  return cycles;
}

/**
 * Which nodes are tangled with one another: two of them have the same number if each waits for the other. Nodes on no
 * cycle have none.
 */
export function componentsOf(edges: readonly Edge[]): ReadonlyMap<NodeId, number> {
  const components = tangled(dependenciesByNode(edges));
  return new Map(components.flatMap((nodes, index) => [...nodes].map((node) => [node, index] as const)));
}

/** The path by which `from` already waits for `to`, or null. For refusing an edge that would close a cycle. */
export function waitingPath(from: NodeId, to: NodeId, edges: readonly Edge[]): readonly NodeId[] | null {
  return shortestPath(from, to, dependenciesByNode(edges), null);
}

type Next = ReadonlyMap<NodeId, readonly Edge[]>;

/** Breadth first from `from` over at least one edge to `to`, inside `within` if given. */
function shortestPath(
  from: NodeId,
  to: NodeId,
  next: Next,
  within: ReadonlySet<NodeId> | null,
): readonly NodeId[] | null {
  const cameFrom = new Map<NodeId, NodeId>();
  const queue: NodeId[] = [from];
  for (let index = 0; index < queue.length; index += 1) {
    const node = queue[index] ?? from;
    for (const edge of next.get(node) ?? []) {
      if (within !== null && !within.has(edge.to)) continue;
      if (cameFrom.has(edge.to)) continue;
      cameFrom.set(edge.to, node);
      if (edge.to === to) return pathBack(from, to, cameFrom);
      queue.push(edge.to);
    }
  }
  return null;
}

function pathBack(from: NodeId, to: NodeId, cameFrom: ReadonlyMap<NodeId, NodeId>): readonly NodeId[] {
  const path = [to];
  let node = cameFrom.get(to);
  while (node !== undefined && node !== from) {
    path.push(node);
    node = cameFrom.get(node);
  }
  return [from, ...path.reverse()];
}

/** Strongly connected components of more than one node, by Tarjan's algorithm without recursion. */
function tangled(next: Next): readonly ReadonlySet<NodeId>[] {
  const index = new Map<NodeId, number>();
  const low = new Map<NodeId, number>();
  const stack: NodeId[] = [];
  const onStack = new Set<NodeId>();
  const components: ReadonlySet<NodeId>[] = [];

  for (const root of next.keys()) {
    if (index.has(root)) continue;
    const work: { node: NodeId; edge: number }[] = [enter(root)];
    for (let frame = work.at(-1); frame !== undefined; frame = work.at(-1)) {
      const edge = next.get(frame.node)?.[frame.edge];
      if (edge === undefined) {
        work.pop();
        leave(frame.node, work.at(-1)?.node);
        continue;
      }
      frame.edge += 1;
      if (!index.has(edge.to)) work.push(enter(edge.to));
      else if (onStack.has(edge.to)) lower(frame.node, index.get(edge.to) ?? 0);
    }
  }
  return components;

  function enter(node: NodeId): { node: NodeId; edge: number } {
    index.set(node, index.size);
    low.set(node, index.get(node) ?? 0);
    stack.push(node);
    onStack.add(node);
    return { node, edge: 0 };
  }

  function lower(node: NodeId, value: number): void {
    low.set(node, Math.min(low.get(node) ?? value, value));
  }

  function leave(node: NodeId, parent: NodeId | undefined): void {
    const mine = low.get(node) ?? 0;
    if (parent !== undefined) lower(parent, mine);
    if (mine !== index.get(node)) return;
    const component = new Set<NodeId>();
    for (let other = stack.pop(); other !== undefined; other = stack.pop()) {
      onStack.delete(other);
      component.add(other);
      if (other === node) break;
    }
    if (component.size > 1) components.push(component);
  }
}
