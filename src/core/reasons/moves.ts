import type { NodeId } from '../graph/node.js';
import type { Member } from '../membership/member.js';
import type { Pull } from '../model/index.js';

/** How a member moves the base: it is landing now, or it landed as this commit; null where GitHub does not say which. */
export type Move = { readonly kind: 'landing' } | { readonly kind: 'landed'; readonly commit: string | null };

/**
 * The members that move the base. One that GitHub calls merged has landed, even while it cannot be told how it ended.
 *
 * @param landing the one that is landing; null if none is
 */
export function movesOf(
  members: ReadonlyMap<NodeId, Member>,
  landing: NodeId | null,
): ReadonlyMap<NodeId, Move> {
  const moves = new Map<NodeId, Move>();
  for (const [node, { outcome, pull }] of members) {
    if (node === landing) moves.set(node, { kind: 'landing' });
    else if (outcome.kind === 'merged') moves.set(node, { kind: 'landed', commit: outcome.commit });
    else if (outcome.kind === 'unread' && pull?.state === 'merged') {
      moves.set(node, { kind: 'landed', commit: pull.mergeCommit });
    }
  }
  return moves;
}

/** Whether a head contains a commit of the base. What cannot be read is not contained. */
export function contains({ detail }: Pick<Pull, 'detail'>, commit: string | null): boolean {
  if (detail.kind !== 'read') return false;
  const { behindBy, lacks } = detail.value;
  if (behindBy === 0) return true;
  return commit !== null && lacks.kind === 'read' && !lacks.value.includes(commit);
}
