import type { NodeId } from '../graph/node.js';
import type { Member } from '../membership/member.js';
import type { Pull } from '../model/index.js';
import { type Move, lackingOf, movesOf } from './moves.js';
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
 * @param baseBranch the deployment's base
 */
export function createUnreadFiles(
  members: ReadonlyMap<NodeId, Member>,
  unreadFiles: ReadonlyMap<NodeId, string>,
  landing: NodeId | null,
  baseBranch: string,
): UpdatesNeeded {
  if (unreadFiles.size === 0) return () => [];
  const moves = [...movesOf(members, landing)];
  const all = landedOf(moves);
  const unread = landedOf(moves.filter(([node]) => unreadFiles.has(node)));

  return (node, { pull }) => {
    if (pull === null || pull.state !== 'open') return [];
    const reasons: GateReason[] = [];
    const why = unreadFiles.get(node);
    if (landing !== null && landing !== node && (why !== undefined || unreadFiles.has(landing))) {
      reasons.push({ kind: 'sharer landing', node: landing, what: UNREAD });
    }
    const lacking = firstLacking(pull, baseBranch, node, why === undefined ? unread : all);
    if (lacking === undefined) return reasons;
    if (why !== undefined) return [...reasons, { kind: 'files unread', why }];
    return [...reasons, { kind: 'needs update', node: lacking, what: UNREAD }];
  };
}

/** Those that landed, and each by its commit. */
interface Landed {
  readonly nodes: readonly NodeId[];
  readonly byCommit: ReadonlyMap<string, NodeId>;
  /** Those of which GitHub does not name the commit. */
  readonly nameless: readonly NodeId[];
}

function landedOf(moves: readonly (readonly [NodeId, Move])[]): Landed {
  const landed = moves.flatMap(([node, move]) =>
    move.kind === 'landed' ? [{ node, commit: move.commit }] : [],
  );
  return {
    nodes: landed.map(({ node }) => node),
    byCommit: new Map(
      landed.flatMap(({ node, commit }) => (commit === null ? [] : [[commit, node] as const])),
    ),
    nameless: landed.flatMap(({ node, commit }) => (commit === null ? [node] : [])),
  };
}

/** One that landed and that the head does not contain: an update brings all of them, so one is enough to be named. */
function firstLacking(pull: Pull, base: string, node: NodeId, landed: Landed): NodeId | undefined {
  const isOther = (other: NodeId | undefined) => other !== undefined && other !== node;
  const lacking = lackingOf(pull, base);
  if (lacking === 'nothing') return undefined;
  if (lacking === 'unread') return landed.nodes.find(isOther);
  const named = lacking.map((commit) => landed.byCommit.get(commit));
  return [...named, ...landed.nameless].find(isOther);
}
