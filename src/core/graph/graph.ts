import type { IssueRef } from '../facts/references.js';
import type { Member } from '../membership/member.js';
import type { Snapshot } from '../model/index.js';
import type { Digest } from '../names/labels.js';
import type { Settings } from '../settings/schema.js';
import { dependencyEdges } from './dependencies.js';
import { type Askers, type Edge, type Share, simpleEdges } from './edges.js';
import { findCycles } from './cycles.js';
import { lineTargets } from './line-targets.js';
import { type NodeId, nodeOf } from './node.js';
import { type Rank, mergeOrder } from './order.js';
import { type Overlap, findOverlaps, overlapShares } from './overlaps.js';
import { sharesOf } from './shares.js';
import { type MayFree, type TargetStatus, targetStatuses } from './targets.js';

/** The deployment's graph, with everything that the reasons need to know of the issues at the far ends. */
export interface Graph {
  readonly edges: readonly Edge[];
  /** Those of labels, then the overlaps that are enforced. */
  readonly shares: readonly Share[];
  /** Files that several pull requests change, enforced or not. */
  readonly overlaps: readonly Overlap[];
  /** Where overlaps are enforced: members whose files cannot be read, and why. They may share code with any other. */
  readonly unreadFiles: ReadonlyMap<NodeId, string>;
  readonly order: readonly NodeId[];
  /** Of issues that are not merged: a merge opens its cycle. */
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

/** What the graph is built from beside the members. */
export interface GraphInput {
  /** The repository as `owner/name`. */
  readonly home: string;
  readonly settings: Pick<Settings, 'gate'>;
  /** What the numbers in recorded lines name. */
  readonly named: Snapshot['named'];
  /** Whether somebody's native removal of a dependency counts. */
  readonly mayFree: MayFree;
  readonly askers: Askers;
  /** By it names that are too long for a label are shortened. */
  readonly digest: Digest;
}

/** Builds the graph of a deployment. */
export function buildGraph(members: readonly Member[], input: GraphInput): Graph {
  const { home, settings, named, mayFree, askers, digest } = input;
  const found = members.map((member) => dependencyEdges(member, home, mayFree, askers));
  const { edges, self } = simpleEdges(found.flatMap((each) => each.edges));
  const ranks = new Map(members.map((member) => [nodeOf(member.number, home, home), rankOf(member)]));
  const { overlaps, unread } = findOverlaps(members, settings);
  const known = targetStatuses(members, home, mayFree);
  const targets = new Map([...known, ...lineTargets(edges, known, named)]);
  const isMet = (node: NodeId) => targets.get(node)?.kind === 'met';
  return {
    edges,
    self,
    shares: [...sharesOf(members, digest, askers), ...overlapShares(overlaps)],
    overlaps,
    unreadFiles: unread,
    order: mergeOrder(ranks, edges, isMet),
    cycles: findCycles(edges, isMet),
    targets,
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
    approvedAt: member.approval.kind === 'given' ? member.approval.since : Infinity,
    number: member.number,
  };
}
