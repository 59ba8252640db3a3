import type { IssueRef } from '../facts/references.js';
import type { Member } from '../membership/member.js';
import type { Digest } from '../names/labels.js';
import { dependencyEdges } from './dependencies.js';
import { type Edge, type Share, simpleEdges } from './edges.js';
import { findCycles } from './cycles.js';
import { type NodeId, nodeOf } from './node.js';
import { type Rank, mergeOrder } from './order.js';
import { sharesOf } from './shares.js';
import { type MayFree, type TargetStatus, targetStatuses } from './targets.js';

/** The deployment's graph, with everything that the reasons need to know of the issues at the far ends. */
export interface Graph {
  readonly edges: readonly Edge[];
  readonly shares: readonly Share[];
  readonly order: readonly NodeId[];
  readonly cycles: ReadonlyMap<NodeId, readonly NodeId[]>;
  /** Issues that depend on themselves: dropped, with a note. */
  readonly self: readonly NodeId[];
  /** Whether each issue that something depends on is merged, and if not why. */
  readonly targets: ReadonlyMap<NodeId, TargetStatus>;
  /** Members whose dependencies could not all be read, and why. */
  readonly unread: ReadonlyMap<NodeId, string>;
  /** Recorded lines of the own repository that have yet to be written as native dependencies. */
  readonly toWrite: readonly LineToWrite[];
}

export interface LineToWrite {
  readonly member: number;
  readonly ref: IssueRef;
}

const PRIORITY = { p0: 0, p1: 1, p2: 2, p3: 3 } as const;

/**
 * Builds the graph of a deployment.
 *
 * @param home the repository as `owner/name`
 * @param mayFree whether somebody's native removal of a dependency counts
 * @param digest hexadecimal SHA-256, by which names that are too long for a label are shortened
 */
export function buildGraph(
  members: readonly Member[],
  home: string,
  mayFree: MayFree,
  digest: Digest,
): Graph {
  const found = members.map((member) => dependencyEdges(member, home, mayFree));
  const { edges, self } = simpleEdges(found.flatMap((each) => each.edges));
  const ranks = new Map(members.map((member) => [nodeOf(member.number, home, home), rankOf(member)]));
  return {
    edges,
    self,
    shares: sharesOf(members, digest),
    order: mergeOrder(ranks, edges),
    cycles: findCycles(edges),
    targets: targetStatuses(members, home, mayFree),
    unread: new Map(
      found.flatMap((each) => (each.unread === null ? [] : [[each.node, each.unread] as const])),
    ),
    toWrite: found.flatMap((each) => each.toWrite),
  };
}

function rankOf(member: Member): Rank {
  const { priority } = member.facts;
  return {
    priority: PRIORITY[priority.kind === 'known' ? priority.value : 'p2'],
    approvedAt: member.approval.kind === 'given' ? member.approval.at : Infinity,
    number: member.number,
  };
}
