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

/**
 * Whether a head contains a commit of the deployment's base. What cannot be read is not contained, and of a pull request
 * for another branch GitHub tells what it lacks of that branch only.
 *
 * @param base the deployment's base, without `refs/heads/`
 */
export function contains(pull: Pick<Pull, 'base' | 'detail'>, base: string, commit: string | null): boolean {
  const lacking = lackingOf(pull, base);
  if (lacking === 'nothing') return true;
  return commit !== null && lacking !== 'unread' && !lacking.includes(commit);
}

/** The commits of the deployment's base that a head lacks, as far as they can be read. */
export function lackingOf(
  pull: Pick<Pull, 'base' | 'detail'>,
  base: string,
): 'nothing' | 'unread' | readonly string[] {
  const { detail } = pull;
  if (pull.base !== base || detail.kind === 'unreadable') return 'unread';
  const { behindBy, lacks } = detail.value;
  if (behindBy === 0) return 'nothing';
  return lacks.kind === 'read' ? lacks.value : 'unread';
}
