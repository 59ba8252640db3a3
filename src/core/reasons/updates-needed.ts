import type { Share } from '../graph/edges.js';
import type { NodeId } from '../graph/node.js';
import type { Member } from '../membership/member.js';
import { contains, movesOf } from './moves.js';
import type { GateReason } from './reason.js';

/** Why the head of a member has to wait for, or be brought up to date with, those that it shares code with. */
export type UpdatesNeeded = (node: NodeId, member: Member) => readonly GateReason[];

/**
 * Finds sharers that land now, or that landed and whose merge a head does not contain. What cannot be read is not
 * contained. Who landed is looked up once for each share, so that many members and many shares cost no more than what
 * is said of them.
 *
 * @param landing the one that is landing; null if none is
 * @param baseBranch the deployment's base
 */
export function createUpdatesNeeded(
  members: ReadonlyMap<NodeId, Member>,
  shares: readonly Share[],
  landing: NodeId | null,
  baseBranch: string,
): UpdatesNeeded {
  const moved = movesOf(members, landing);
  // Whose labels cannot be read may share anything.
  const anywhere = [...moved.keys()].filter((node) => members.get(node)?.issue.labels.kind === 'unreadable');
  const byNode = new Map<NodeId, Moved[]>();
  for (const share of shares) {
    const own = share.members.filter((node) => moved.has(node));
    const named = new Set(own);
    const others = anywhere.filter((node) => !named.has(node));
    const entry = { what: share.what, sharers: [...own, ...others] };
    for (const node of share.members) {
      const list = byNode.get(node);
      if (list === undefined) byNode.set(node, [entry]);
      else list.push(entry);
    }
  }
  return (node, { pull }) => {
    if (pull === null || pull.state !== 'open') return [];
    // One thing that two share is reason enough: pull requests may overlap in hundreds of files.
    const reasons = new Map<NodeId, GateReason>();
    for (const { what, sharers } of byNode.get(node) ?? []) {
      for (const other of sharers) {
        const move = other === node || reasons.has(other) ? undefined : moved.get(other);
        if (move?.kind === 'landing') reasons.set(other, { kind: 'sharer landing', node: other, what });
        else if (move !== undefined && !contains(pull, baseBranch, move.commit)) {
          reasons.set(other, { kind: 'needs update', node: other, what });
        }
      }
    }
    return [...reasons.values()];
  };
}

/** A share, and those of its members that move the base. */
interface Moved {
  readonly what: string;
  readonly sharers: readonly NodeId[];
}
