import { groupBy } from '../model/index.js';
import { type IsMet, componentsOf } from './cycles.js';
import { type Edge, dependenciesByNode } from './edges.js';
import type { NodeId } from './node.js';

/** What decides between two that are both free: priority (0 first), then approval time, then number. */
export interface Rank {
  readonly priority: number;
  readonly approvedAt: number;
  readonly number: number;
}

/** Negative if `a` goes before `b`. */
export function compareRank(a: Rank, b: Rank): number {
  return a.priority - b.priority || a.approvedAt - b.approvedAt || a.number - b.number;
}

/**
 * The merge order: nothing before what it depends on, and among those that are free by rank. Dependencies that are not
 * among the ranked nodes are left out here; the gate judges them. Nodes on a cycle, or behind one, come last; among them
 * only the edges of the cycles themselves count for nothing. On a cycle that a merge has opened those to what is merged
 * count for nothing.
 */
export function mergeOrder(
  ranks: ReadonlyMap<NodeId, Rank>,
  edges: readonly Edge[],
  isMet: IsMet = () => false,
): readonly NodeId[] {
  const inside = edges.filter((edge) => ranks.has(edge.from) && ranks.has(edge.to));
  const order = inTurn(ranks, inside);
  if (order.length === ranks.size) return order;
  const component = componentsOf(inside);
  const isOnCycle = ({ from, to }: Edge) => component.has(from) && component.get(from) === component.get(to);
  const standing = inside.filter((edge) => !isMet(edge.to) || !isOnCycle(edge));
  if (standing.length < inside.length) return mergeOrder(ranks, standing, isMet);
  const placed = new Set(order);
  const left = new Map([...ranks].filter(([node]) => !placed.has(node)));
  const loose = inside.filter((edge) => left.has(edge.from) && left.has(edge.to) && !isOnCycle(edge));
  return [...order, ...inTurn(left, loose)];
}

/** All that can be put in order: not what is on a cycle or behind one. */
function inTurn(ranks: ReadonlyMap<NodeId, Rank>, edges: readonly Edge[]): readonly NodeId[] {
  const waits = dependenciesByNode(edges);
  const frees = groupBy(edges, ({ to }) => to);
  const open = new Map([...ranks.keys()].map((node) => [node, waits.get(node)?.length ?? 0]));
  const free = createHeap<NodeId>((a, b) => compareRank(rankOf(ranks, a), rankOf(ranks, b)));
  for (const [node, count] of open) if (count === 0) free.push(node);

  const order: NodeId[] = [];
  for (let node = free.pop(); node !== undefined; node = free.pop()) {
    order.push(node);
    for (const { from: dependent } of frees.get(node) ?? []) {
      const left = (open.get(dependent) ?? 0) - 1;
      open.set(dependent, left);
      if (left === 0) free.push(dependent);
    }
  }
  return order;
}

const LAST: Rank = { priority: Infinity, approvedAt: Infinity, number: Infinity };

function rankOf(ranks: ReadonlyMap<NodeId, Rank>, node: NodeId): Rank {
  return ranks.get(node) ?? LAST;
}

interface Heap<T> {
  push(item: T): void;
  pop(): T | undefined;
}

/** A binary heap: the smallest by `compare` first. */
function createHeap<T>(compare: (a: T, b: T) => number): Heap<T> {
  const items: T[] = [];
  const less = (a: number, b: number) => compare(items[a] as T, items[b] as T) < 0;
  const swap = (a: number, b: number) => {
    [items[a], items[b]] = [items[b] as T, items[a] as T];
  };
  return {
    push(item) {
      items.push(item);
      for (let at = items.length - 1; at > 0; at = (at - 1) >> 1) {
        const parent = (at - 1) >> 1;
        if (!less(at, parent)) break;
        swap(at, parent);
      }
    },
    pop() {
      const first = items[0];
      const last = items.pop();
      if (items.length === 0 || last === undefined) return first;
      items[0] = last;
      for (let at = 0; ;) {
        const child = smaller(2 * at + 1);
        if (child === undefined || !less(child, at)) break;
        swap(at, child);
        at = child;
      }
      return first;
    },
  };

  function smaller(left: number): number | undefined {
    if (left >= items.length) return undefined;
    return left + 1 < items.length && less(left + 1, left) ? left + 1 : left;
  }
}
