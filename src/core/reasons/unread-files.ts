import type { NodeId } from '../graph/node.js';
import type { Member } from '../membership/member.js';
import { contains, movesOf } from './moves.js';
import type { GateReason } from './reason.js';
import type { UpdatesNeeded } from './updates-needed.js';

/** In place of the name of what is shared. */
const UNREAD = 'files that cannot be read';

/**
 * Why a head waits where overlaps are enforced and somebody's files cannot be read. Those may overlap with any other, so
 * the pull request counts as a sharer of all: it waits while one lands and until it contains what has landed, and the
 * others contain it before they land. Whoever is up to date is free: one whose files are never read (there are limits
 * to how many GitHub lists) keeps nobody back for longer than an update takes.
 *
 * @param landing the one that is landing; null if none is
 */
export function createUnreadFiles(
  members: ReadonlyMap<NodeId, Member>,
  unreadFiles: ReadonlyMap<NodeId, string>,
  landing: NodeId | null,
): UpdatesNeeded {
  if (unreadFiles.size === 0) return () => [];
  const moves = [...movesOf(members, landing)];
  const unreadMoves = moves.filter(([node]) => unreadFiles.has(node));

  return (node, { pull }) => {
    if (pull === null || pull.state !== 'open') return [];
    const reasons: GateReason[] = [];
    const why = unreadFiles.get(node);
    for (const [other, move] of why === undefined ? unreadMoves : moves) {
      if (other === node) continue;
      if (move.kind === 'landing') reasons.push({ kind: 'sharer landing', node: other, what: UNREAD });
      else if (contains(pull, move.commit)) continue;
      else if (why !== undefined) return [{ kind: 'files unread', why }];
      else reasons.push({ kind: 'needs update', node: other, what: UNREAD });
    }
    return reasons;
  };
}
