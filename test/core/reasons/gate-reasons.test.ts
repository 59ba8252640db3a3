import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { findCycles } from '../../../src/core/graph/cycles.js';
import type { Edge, Share } from '../../../src/core/graph/edges.js';
import type { TargetStatus } from '../../../src/core/graph/targets.js';
import type { Member } from '../../../src/core/membership/member.js';
import { read, unreadable } from '../../../src/core/model/index.js';
import { type GateContext, createGateReasons } from '../../../src/core/reasons/gate-reasons.js';
import { weightOf } from '../../../src/core/reasons/reason.js';
import { RUNS, distinct, edge, randomGraph } from '../graph/support.js';
import { NOW, aPull, aSnapshot, anIssue, judge } from '../../support/view-builder.js';

const issue = anIssue(1);
const MEMBER = judge(aSnapshot({ issues: [issue], pulls: [aPull(21, issue)] }), NOW).view.members[0]!;

interface World {
  readonly nodes: readonly string[];
  readonly edges: readonly Edge[];
  readonly shares?: readonly Share[];
  /** Nodes that are merged, each as a commit named like it. */
  readonly merged?: ReadonlySet<string>;
  /** What the heads lack of the base. */
  readonly lacks?: readonly string[];
}

function context({ nodes, edges, shares = [], merged = new Set(), lacks = [] }: World): GateContext {
  const members = new Map<string, Member>(
    nodes.map((node) => {
      const pull = MEMBER.pull!;
      const detail = pull.detail.kind === 'read' ? pull.detail.value : null;
      const head = { ...pull, detail: read({ ...detail!, behindBy: lacks.length, lacks: read(lacks) }) };
      const outcome: Member['outcome'] = merged.has(node)
        ? { kind: 'merged', commit: node }
        : { kind: 'open' };
      return [node, { ...MEMBER, number: Number(node.slice(1)), pull: head, outcome }];
    }),
  );
  const targets = new Map<string, TargetStatus>(
    nodes.map((node) => [node, merged.has(node) ? { kind: 'met' } : { kind: 'open', pull: 21 }]),
  );
  const graph = { edges, shares, order: nodes, cycles: findCycles(edges), self: [], targets };
  return {
    members,
    graph: { ...graph, unread: new Map(), toWrite: [] },
    freeze: { kind: 'off' },
    frozenBecause: { by: null, reason: null },
    heldBecause: () => ({ by: null, reason: null }),
    landing: null,
    configProblem: null,
  };
}

/** Which nodes nothing keeps back. */
function freeNodes(world: World): readonly string[] {
  const reasonsOf = createGateReasons(context(world));
  return world.nodes.filter((node) => reasonsOf(node).length === 0);
}

describe('for every graph', () => {
  const world = randomGraph().chain((graph) =>
    fc.record({
      nodes: fc.constant([...graph.ranks.keys()]),
      edges: fc.constant(graph.edges),
      merged: fc.subarray([...graph.ranks.keys()]).map((nodes) => new Set(nodes)),
    }),
  );

  test('exactly those are free all of whose dependencies are merged, and which are on no cycle', () => {
    fc.assert(
      fc.property(world, (each) => {
        const cycles = findCycles(each.edges);
        const expected = each.nodes.filter(
          (node) =>
            !cycles.has(node) && each.edges.every(({ from, to }) => from !== node || each.merged.has(to)),
        );
        expect(freeNodes(each)).toEqual(expected);
      }),
      RUNS,
    );
  });

  test('adding an edge never frees anything', () => {
    fc.assert(
      fc.property(world, fc.nat(), fc.nat(), (each, a, b) => {
        const [from, to] = [each.nodes[a % each.nodes.length]!, each.nodes[b % each.nodes.length]!];
        fc.pre(from !== to);
        const before = new Set(freeNodes(each));
        const after = freeNodes({ ...each, edges: distinct([...each.edges, edge(from, to)]) });
        for (const node of after) expect(before.has(node)).toBe(true);
      }),
      RUNS,
    );
  });

  test('merging one never blocks anything but those that share code with it', () => {
    const sharing = fc.tuple(world, fc.nat(), fc.array(fc.nat(), { maxLength: 8 }));
    fc.assert(
      fc.property(sharing, ([each, landed, others]) => {
        const node = (index: number) => each.nodes[index % each.nodes.length]!;
        const lands = node(landed);
        const members = [...new Set([lands, ...others.map(node)])];
        const shares: readonly Share[] = [{ what: 'x', members, note: null }];
        const first = { ...each, merged: new Set([...each.merged].filter((one) => one !== lands)), shares };
        const then = { ...first, merged: new Set([...first.merged, lands]), lacks: [lands] };
        const after = new Set(freeNodes(then));
        for (const free of freeNodes(first)) expect(after.has(free) || members.includes(free)).toBe(true);
        for (const free of after) expect(free === lands || !members.includes(free)).toBe(true);
      }),
      RUNS,
    );
  });
});

describe('a sharer', () => {
  const shares: readonly Share[] = [{ what: 'scanner.py', members: ['#1', '#2'], note: null }];
  const world = { nodes: ['#1', '#2', '#3'], edges: [], shares };
  const reasonsOf = (world: World, node: string, parts: Partial<GateContext> = {}) =>
    createGateReasons({ ...context(world), ...parts })(node);

  test('waits while the other lands, and only the sharer does', () => {
    expect(reasonsOf(world, '#2', { landing: '#1' })).toEqual([
      { kind: 'sharer landing', node: '#1', what: 'scanner.py' },
    ]);
    expect(reasonsOf(world, '#1', { landing: '#1' })).toEqual([]);
    expect(reasonsOf(world, '#3', { landing: '#1' })).toEqual([]);
  });

  test('needs an update until its head contains the merge', () => {
    const merged = new Set(['#1']);
    const needs = [{ kind: 'needs update', node: '#1', what: 'scanner.py' }];
    expect(reasonsOf({ ...world, merged, lacks: ['#1'] }, '#2')).toEqual(needs);
    expect(reasonsOf({ ...world, merged, lacks: ['other'] }, '#2')).toEqual([]);
    expect(reasonsOf({ ...world, merged, lacks: [] }, '#2')).toEqual([]);
  });

  test('needs an update where it cannot be read what the head lacks', () => {
    const known = context({ ...world, merged: new Set(['#1']), lacks: ['other'] });
    const two = known.members.get('#2')!;
    const detail = two.pull!.detail.kind === 'read' ? two.pull!.detail.value : null;
    for (const unread of [
      unreadable<never>('502'),
      read({ ...detail!, lacks: unreadable<never>('> 100') }),
    ]) {
      const members = new Map([...known.members, ['#2', { ...two, pull: { ...two.pull!, detail: unread } }]]);
      expect(createGateReasons({ ...known, members })('#2')).toMatchObject([{ kind: 'needs update' }]);
    }
  });
});

describe('one gate', () => {
  test('is judged however long the chain before it is', () => {
    const nodes = Array.from({ length: 10_000 }, (_, index) => `#${index + 1}`);
    const edges = nodes.slice(1).map((node, index) => edge(node, nodes[index]!));
    // Comparing the whole tree would go down all of it.
    const [reason, ...others] = createGateReasons(context({ nodes, edges }))('#10000');
    expect([reason?.kind === 'waits' && reason.node, others.length]).toEqual(['#9999', 0]);
  });

  test('tells what waits for what as a tree', () => {
    const world = { nodes: ['#1', '#2', '#3'], edges: [edge('#1', '#2'), edge('#2', '#3')] };
    expect(createGateReasons(context(world))('#1')).toEqual([
      {
        kind: 'waits',
        node: '#2',
        pull: 21,
        because: [{ kind: 'waits', node: '#3', pull: 21, because: [] }],
      },
    ]);
  });

  test('behind a cycle waits, and one on it fails with the path', () => {
    const edges = [edge('#1', '#2'), edge('#2', '#3'), edge('#3', '#2')];
    const reasonsOf = createGateReasons(context({ nodes: ['#1', '#2', '#3'], edges }));
    const cycle = { kind: 'cycle', path: ['#2', '#3', '#2'] };
    expect(reasonsOf('#2')).toEqual([cycle]);
    expect(reasonsOf('#1')).toEqual([{ kind: 'waits', node: '#2', pull: 21, because: [cycle] }]);
  });

  test('puts what must be mended before what is waited for', () => {
    const known = context({
      nodes: ['#1', '#2', '#3'],
      edges: [edge('#1', '#2'), edge('#1', '#3'), edge('#1', '#9')],
    });
    const graph = {
      ...known.graph,
      targets: new Map([...known.graph.targets, ['#3', { kind: 'closed', how: 'it was closed' } as const]]),
      unread: new Map([['#1', 'short']]),
    };
    const held = { ...known.members.get('#1')!, hold: { kind: 'on', event: null } as const };
    const members = new Map([...known.members, ['#1', held]]);
    const freeze = { kind: 'unread', effective: true, why: '500' } as const;
    const reasons = createGateReasons({ ...known, graph, members, freeze, configProblem: 'line 3' })('#1');
    expect(reasons.map(({ kind }) => kind)).toEqual([
      'config invalid',
      'dependencies unread',
      'dependency closed',
      'dependency unreadable',
      'hold',
      'frozen',
      'waits',
    ]);
    expect(reasons.map(weightOf)).toEqual(['stop', 'stop', 'stop', 'stop', 'wait', 'wait', 'wait']);
  });

  test('of the pull request that mends the config is not closed by it', () => {
    const known = context({ nodes: ['#1'], edges: [] });
    const one = known.members.get('#1')!;
    const detail = one.pull!.detail.kind === 'read' ? one.pull!.detail.value : null;
    const files = read(['.github/subagents.yml']);
    const members = new Map([
      ['#1', { ...one, pull: { ...one.pull!, detail: read({ ...detail!, files }) } }],
    ]);
    const broken = { ...known, configProblem: 'line 3' };
    expect(createGateReasons(broken)('#1')).toEqual([{ kind: 'config invalid', problem: 'line 3' }]);
    expect(createGateReasons({ ...broken, members })('#1')).toEqual([]);
  });

  test('of a member whose approval cannot be read is not free', () => {
    const known = context({ nodes: ['#1'], edges: [] });
    const approval = { kind: 'unread', why: '500' } as const;
    const members = new Map([['#1', { ...known.members.get('#1')!, approval }]]);
    expect(createGateReasons({ ...known, members })('#1')).toEqual([{ kind: 'approval unread', why: '500' }]);
  });
});
