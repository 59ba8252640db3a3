import { describe, test } from '@jest/globals';
import * as fc from 'fast-check';
import { type Edge, type Share, dependenciesByNode } from '../../../src/core/graph/edges.js';
import { type Graph, buildGraph } from '../../../src/core/graph/graph.js';
import { inWords, judgementOf } from '../../../src/core/gate/verdict.js';
import type { Member } from '../../../src/core/membership/member.js';
import { type Issue, read } from '../../../src/core/model/index.js';
import { createGateReasons } from '../../../src/core/reasons/gate-reasons.js';
import { createPhrases } from '../../../src/core/reasons/tree.js';
import { defaultSettings } from '../../../src/core/settings/schema.js';
import { blockedBy } from '../../support/snapshot.js';
import { digest } from '../../support/view-builder.js';
import { RUNS, claim, distances, distinct, edge, randomGraph, shuffled } from '../graph/support.js';
import { MEMBER, type World, context, freeNodes, outcomeOf, pullLacking } from './support.js';

/** A random graph of which some issues are merged already. */
const aWorld = randomGraph().chain((graph) =>
  fc.record({
    graph: fc.constant(graph),
    nodes: fc.constant([...graph.ranks.keys()]),
    edges: fc.constant(graph.edges),
    merged: fc.subarray([...graph.ranks.keys()]).map((nodes) => new Set(nodes)),
  }),
);

describe('for every graph', () => {
  test('exactly those are free all of whose dependencies are merged, and which are on no cycle of unmerged ones', () => {
    fc.assert(
      fc.property(aWorld, (world) => {
        const unmerged = world.edges.filter(({ to }) => !world.merged.has(to));
        const distance = distances({ ...world.graph, edges: unmerged });
        const waiting = new Set(unmerged.map(({ from }) => from));
        const free = freeNodes(world);
        for (const node of world.nodes) {
          const expected = !waiting.has(node) && distance(node, node) === null;
          claim(free.has(node) === expected, `${node} is ${expected ? '' : 'not '}free`);
        }
      }),
      RUNS,
    );
  });

  test('a gate fails as on a cycle exactly where one of unmerged issues leads back to it', () => {
    fc.assert(
      fc.property(aWorld, (world) => {
        const edges = dependenciesByNode(world.edges);
        const members = world.nodes.map((node) => memberOf(node, edges.get(node) ?? [], [], world.merged));
        const { cycles } = graphOf(members);
        const unmerged = world.edges.filter(({ to }) => !world.merged.has(to));
        const distance = distances({ ...world.graph, edges: unmerged });
        for (const node of world.nodes) {
          const length = distance(node, node);
          claim(
            (cycles.get(node)?.length ?? 1) - 1 === (length ?? 0),
            `a cycle of ${length} through ${node}`,
          );
        }
      }),
      RUNS,
    );
  });

  test('adding an edge never frees anything', () => {
    fc.assert(
      fc.property(aWorld, fc.nat(), fc.nat(), (world, a, b) => {
        const [from, to] = [world.nodes[a % world.nodes.length]!, world.nodes[b % world.nodes.length]!];
        fc.pre(from !== to);
        const before = freeNodes(world);
        const after = freeNodes({ ...world, edges: distinct([...world.edges, edge(from, to)]) });
        for (const node of after) claim(before.has(node), `${node} was free before`);
      }),
      RUNS,
    );
  });

  test('merging one never blocks anything but those that share code with it, and those it does', () => {
    const sharing = fc.tuple(aWorld, fc.nat(), fc.array(fc.nat(), { maxLength: 8 }));
    fc.assert(
      fc.property(sharing, ([world, landed, others]) => {
        const node = (index: number) => world.nodes[index % world.nodes.length]!;
        const lands = node(landed);
        const members = [...new Set([lands, ...others.map(node)])];
        const shares: readonly Share[] = [{ what: 'x', members, note: null, origin: { kind: 'overlap' } }];
        const merged = new Set([...world.merged].filter((one) => one !== lands));
        const first: World = { ...world, merged, shares };
        const then = { ...first, merged: new Set([...merged, lands]), lacks: [lands] };
        const before = freeNodes(first);
        for (const after of [freeNodes(then), freeNodes(first, { landing: lands })]) {
          for (const free of before)
            claim(after.has(free) || members.includes(free), `${free} is free still`);
          for (const free of after) claim(free === lands || !members.includes(free), `${free} is not free`);
        }
      }),
      RUNS,
    );
  });

  test('graph and gates are the same to the last byte in whatever order all of it arrives', () => {
    const labels = fc.array(fc.tuple(fc.nat(), fc.constantFrom('shares:a', 'Shares:B', 'shares:c')), {
      maxLength: 20,
    });
    fc.assert(
      fc.property(aWorld, labels, fc.nat(), (world, labelled, seed) => {
        const labelsOf = new Map<string, string[]>();
        for (const [index, label] of labelled) {
          const node = world.nodes[index % world.nodes.length]!;
          labelsOf.set(node, [...(labelsOf.get(node) ?? []), label]);
        }
        const edges = dependenciesByNode(world.edges);
        const members = world.nodes.map((node) =>
          memberOf(node, edges.get(node) ?? [], labelsOf.get(node) ?? [], world.merged),
        );
        const again = shuffled(members, seed).map((member) => arrivedAs(member, seed));
        claim(allOf(members) === allOf(again), 'the same graph and the same gates');
      }),
      RUNS,
    );
  });
});

/** A member that waits for what its edges say, by native dependencies. */
function memberOf(
  node: string,
  edges: readonly Edge[],
  labels: readonly string[],
  merged: ReadonlySet<string>,
): Member {
  const number = Number(node.slice(1));
  const waits = edges.map(({ to }) => Number(to.slice(1)));
  const issue: Issue = { ...MEMBER.issue, number, labels: read(labels), blockedBy: blockedBy(...waits) };
  const lacks = [...merged].filter((each) => Number(each.slice(1)) % 2 === 0);
  const pull = { ...pullLacking(lacks)!, number: 1_000 + number };
  return { ...MEMBER, number, issue, pull, outcome: outcomeOf(node, merged) };
}

function arrivedAs(member: Member, seed: number): Member {
  const { labels, blockedBy: blockers } = member.issue;
  if (labels.kind === 'unreadable' || blockers.kind === 'unreadable') return member;
  const issue: Issue = {
    ...member.issue,
    labels: read(shuffled(labels.value, seed + 1)),
    blockedBy: read(shuffled(blockers.value, seed + 2)),
  };
  return { ...member, issue };
}

function graphOf(members: readonly Member[]): Graph {
  return buildGraph(members, {
    home: 'acme/market',
    settings: defaultSettings(),
    named: {},
    mayFree: () => read(true),
    askers: { dependency: () => null, share: () => null, note: () => null },
    digest,
  });
}

/** Everything that the graph says, and the verdict of every gate. */
function allOf(members: readonly Member[]): string {
  const graph = graphOf(members);
  const byNode = new Map(members.map((member) => [`#${member.number}`, member]));
  const reasonsOf = createGateReasons({ ...context({ nodes: [], edges: [] }), members: byNode, graph });
  const reasons = graph.order.map((node) => reasonsOf(node).map((reason) => ({ ...reason, because: null })));
  // The verdict is made of the reasons alone, so that a few show whether anything else gets in.
  const verdicts = graph.order.slice(-5).map((node) => {
    const reasons = reasonsOf(node);
    const around = { tracker: null, repository: '', prefix: '/subagent', phrases: createPhrases() };
    const head = { sha: node, landing: null, override: null, around };
    return inWords(judgementOf({ ...head, reasons }, digest));
  });
  const { edges, shares, order, cycles, self } = graph;
  return JSON.stringify({ edges, shares, order, cycles: [...cycles], self, reasons, verdicts });
}
