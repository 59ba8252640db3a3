import type { Graph } from './graph.js';
import type { NodeId } from './node.js';

/** Every node that shares code with this one, or may: what changes files that cannot be read may change any. */
export function sharersOf(
  { shares, unreadFiles, order }: Pick<Graph, 'shares' | 'unreadFiles' | 'order'>,
  node: NodeId,
): ReadonlySet<NodeId> {
  const sharers = unreadFiles.has(node)
    ? order
    : [
        ...shares.filter(({ members }) => members.includes(node)).flatMap(({ members }) => members),
        ...unreadFiles.keys(),
      ];
  return new Set(sharers.filter((other) => other !== node));
}
