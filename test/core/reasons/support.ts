/** Gates of bare graphs: every issue a member with a pull request, and nothing said but who waits for whom. */
import { findCycles } from '../../../src/core/graph/cycles.js';
import type { Edge, Share } from '../../../src/core/graph/edges.js';
import type { TargetStatus } from '../../../src/core/graph/targets.js';
import type { Member } from '../../../src/core/membership/member.js';
import { read } from '../../../src/core/model/index.js';
import { type GateContext, createGateReasons } from '../../../src/core/reasons/gate-reasons.js';
import { NOW, aPull, aSnapshot, anIssue, judge } from '../../support/view-builder.js';

const issue = anIssue(1);
/** A member with its draft, that waits for nothing. */
export const MEMBER = judge(aSnapshot({ issues: [issue], pulls: [aPull(21, issue)] }), NOW).view.members[0]!;

export interface World {
  readonly nodes: readonly string[];
  readonly edges: readonly Edge[];
  readonly shares?: readonly Share[];
  /** Nodes that are merged, each as a commit named like it. */
  readonly merged?: ReadonlySet<string>;
  /** What the heads lack of the base. */
  readonly lacks?: readonly string[];
}

export function context({ nodes, edges, shares = [], merged = new Set(), lacks = [] }: World): GateContext {
  const pull = pullLacking(lacks);
  const members = new Map<string, Member>(
    nodes.map((node) => [
      node,
      { ...MEMBER, number: Number(node.slice(1)), pull, outcome: outcomeOf(node, merged) },
    ]),
  );
  const targets = new Map<string, TargetStatus>(
    nodes.map((node) => [node, merged.has(node) ? { kind: 'met' } : { kind: 'open', pull: 21 }]),
  );
  const graph = {
    edges,
    shares,
    order: nodes,
    cycles: findCycles(edges, (node) => merged.has(node)),
    self: [],
    targets,
  };
  return {
    members,
    graph: { ...graph, overlaps: [], unreadFiles: new Map(), unread: new Map(), toWrite: [] },
    freeze: { kind: 'off' },
    frozenBecause: { by: null, reason: null },
    heldBecause: () => ({ by: null, reason: null }),
    troublesOf: () => [],
    landing: null,
    baseBranch: 'main',
    configProblem: null,
    configFrom: null,
  };
}

/** The member's pull request, behind its base by these commits. */
export function pullLacking(lacks: readonly string[]): Member['pull'] {
  const pull = MEMBER.pull!;
  const detail = pull.detail.kind === 'read' ? pull.detail.value : null;
  return { ...pull, detail: read({ ...detail!, behindBy: lacks.length, lacks: read(lacks) }) };
}

export function outcomeOf(node: string, merged: ReadonlySet<string>): Member['outcome'] {
  return merged.has(node) ? { kind: 'merged', commit: node } : { kind: 'open' };
}

/** Which nodes nothing keeps back. */
export function freeNodes(world: World, parts: Partial<GateContext> = {}): ReadonlySet<string> {
  const reasonsOf = createGateReasons({ ...context(world), ...parts });
  return new Set(world.nodes.filter((node) => reasonsOf(node).length === 0));
}
