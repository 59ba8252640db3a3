import { holds, type Standing } from '../authority/standing.js';
import { type Edge, dependenciesByNode } from '../graph/edges.js';
import type { Graph } from '../graph/graph.js';
import type { NodeId } from '../graph/node.js';
import type { Member } from '../membership/member.js';
import { SETTINGS_PATH } from '../names/settings-path.js';
import type { Because, GateReason, Trouble } from './reason.js';
import { createUnreadFiles } from './unread-files.js';
import { type UpdatesNeeded, createUpdatesNeeded } from './updates-needed.js';

/** What the gates of one deployment are judged from. */
export interface GateContext {
  readonly members: ReadonlyMap<NodeId, Member>;
  readonly graph: Graph;
  readonly freeze: Standing;
  /** Who froze and why, and who held which issue and why. */
  readonly frozenBecause: Because;
  readonly heldBecause: (issue: number) => Because;
  /** What somebody has to mend about a member: told to those that wait for it, and none of their own reasons. */
  readonly troublesOf: (member: Member | undefined) => readonly Trouble[];
  /** The one that is landing: the gates of its sharers wait for it. */
  readonly landing: NodeId | null;
  /** The deployment's base, which heads have to contain, without `refs/heads/`. */
  readonly baseBranch: string;
  /** The first problem of an invalid config without an earlier valid version; null otherwise. */
  readonly configProblem: string | null;
  /** The repository whose config it is, where that is the owner's default; null otherwise. */
  readonly configFrom: string | null;
}

/** Everything that closes the gate of a node, worst first: what must be mended before what is waited for. */
export type GateReasons = (node: NodeId) => readonly GateReason[];

/** Judges the gates of one deployment. Each node is judged once, so a tree of reasons costs no more than the graph. */
export function createGateReasons(context: GateContext): GateReasons {
  const { members, graph, landing, baseBranch } = context;
  const edges = dependenciesByNode(graph.edges);
  const ofShares = createUpdatesNeeded(members, graph.shares, landing, baseBranch);
  const ofUnread = createUnreadFiles(members, graph.unreadFiles, landing, baseBranch);
  const updatesNeeded: UpdatesNeeded = (node, member) => [
    ...ofShares(node, member),
    ...ofUnread(node, member),
  ];
  const known = new Map<NodeId, readonly GateReason[]>();
  const reasonsOf: GateReasons = (node) => {
    const before = known.get(node);
    if (before !== undefined) return before;
    known.set(node, []);
    const reasons = judge(node, context, edges.get(node) ?? [], updatesNeeded, reasonsOf);
    known.set(node, reasons);
    return reasons;
  };
  // In merge order what a node waits for is known before it, so that a long chain needs no deep stack.
  for (const node of graph.order) reasonsOf(node);
  return reasonsOf;
}

function judge(
  node: NodeId,
  context: GateContext,
  edges: readonly Edge[],
  updatesNeeded: UpdatesNeeded,
  reasonsOf: GateReasons,
): readonly GateReason[] {
  const { graph } = context;
  const member = context.members.get(node);
  const reasons: GateReason[] = [];
  if (context.configProblem !== null && !mendsConfig(member))
    reasons.push({ kind: 'config invalid', problem: context.configProblem, from: context.configFrom });
  const cycle = graph.cycles.get(node);
  if (cycle !== undefined) reasons.push({ kind: 'cycle', path: cycle });
  const unread = graph.unread.get(node);
  if (unread !== undefined) reasons.push({ kind: 'dependencies unread', why: unread });
  const outside = edges.filter((edge) => cycle === undefined || !graph.cycles.has(edge.to));
  const unmet = outside.flatMap((edge) => unmetReason(edge.to, context, reasonsOf) ?? []);
  reasons.push(...unmet.filter((reason) => reason.kind !== 'waits'));
  if (member?.approval.kind === 'unread') reasons.push({ kind: 'approval unread', why: member.approval.why });
  if (member !== undefined && holds(member.hold)) {
    reasons.push({ kind: 'hold', because: context.heldBecause(member.number) });
  }
  if (member !== undefined && holds(context.freeze)) {
    reasons.push({ kind: 'frozen', because: context.frozenBecause });
  }
  reasons.push(...unmet.filter((reason) => reason.kind === 'waits'));
  if (member !== undefined) reasons.push(...updatesNeeded(node, member));
  return reasons;
}

/** The pull request that changes the config is not kept back by what is wrong with it. */
function mendsConfig(member: Member | undefined): boolean {
  const detail = member?.pull?.detail;
  if (detail?.kind !== 'read' || detail.value.files.kind !== 'read') return false;
  return detail.value.files.value.includes(SETTINGS_PATH);
}

function unmetReason(node: NodeId, context: GateContext, reasonsOf: GateReasons): GateReason | null {
  const status = context.graph.targets.get(node) ?? { kind: 'unreadable', why: 'it is not known' };
  switch (status.kind) {
    case 'met':
      return null;
    case 'closed':
      return { kind: 'dependency closed', node, how: status.how };
    case 'unreadable':
      return { kind: 'dependency unreadable', node, why: status.why };
    case 'open': {
      const troubles = context.troublesOf(context.members.get(node));
      const because = troubles.length === 0 ? reasonsOf(node) : [...reasonsOf(node), ...troubles];
      return { kind: 'waits', node, pull: status.pull, because };
    }
  }
}
