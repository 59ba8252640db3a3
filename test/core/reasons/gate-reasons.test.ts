import { describe, expect, test } from '@jest/globals';
import type { Share } from '../../../src/core/graph/edges.js';
import { type Rank, mergeOrder } from '../../../src/core/graph/order.js';
import { read, unreadable } from '../../../src/core/model/index.js';
import { type GateContext, createGateReasons } from '../../../src/core/reasons/gate-reasons.js';
import { weightOf } from '../../../src/core/reasons/reason.js';
import { labelEvent } from '../../support/snapshot.js';
import { edge } from '../graph/support.js';
import { type World, context } from './support.js';

describe('a sharer', () => {
  const shares: readonly Share[] = [
    { what: 'scanner.py', members: ['#1', '#2'], note: null, origin: { kind: 'overlap' } },
  ];
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

  test('needs an update while its pull request is for another base: what it lacks is told of that one', () => {
    const known = context({ ...world, merged: new Set(['#1']), lacks: [] });
    const two = known.members.get('#2')!;
    const members = new Map([...known.members, ['#2', { ...two, pull: { ...two.pull!, base: 'old' } }]]);
    expect(createGateReasons({ ...known, members })('#2')).toEqual([
      { kind: 'needs update', node: '#1', what: 'scanner.py' },
    ]);
    expect(createGateReasons({ ...known, members, baseBranch: 'old' })('#2')).toEqual([]);
  });

  test('whose files cannot be read waits while its pull request is for another base, and so do the others', () => {
    const known = context({ ...world, shares: [], merged: new Set(['#1']), lacks: [] });
    const two = known.members.get('#2')!;
    const members = new Map([...known.members, ['#2', { ...two, pull: { ...two.pull!, base: 'old' } }]]);
    const kinds = (unread: string, parts: Partial<GateContext> = {}) => {
      const graph = { ...known.graph, unreadFiles: new Map([[unread, '502']]) };
      return createGateReasons({ ...known, members, graph, ...parts })('#2').map(({ kind }) => kind);
    };
    expect([kinds('#1'), kinds('#2')]).toEqual([['needs update'], ['files unread']]);
    expect([kinds('#1', { baseBranch: 'old' }), kinds('#2', { baseBranch: 'old' })]).toEqual([[], []]);
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

  test('is judged however long the chain between it and a cycle is', () => {
    const nodes = Array.from({ length: 10_000 }, (_, index) => `#${index + 1}`);
    const edges = nodes.slice(1).map((node, index) => edge(node, nodes[index]!));
    edges.push(edge('#1', '#2'));
    const rank = (number: number): Rank => ({ priority: 0, approvedAt: -number, number });
    const order = mergeOrder(new Map(nodes.map((node, index) => [node, rank(index)])), edges);
    const known = context({ nodes, edges });
    const [reason, ...others] = createGateReasons({ ...known, graph: { ...known.graph, order } })('#10000');
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
    expect(createGateReasons(broken)('#1')).toEqual([
      { kind: 'config invalid', problem: 'line 3', from: null },
    ]);
    expect(createGateReasons({ ...broken, members })('#1')).toEqual([]);
  });

  test('is held where that is the safe reading of its label or of the freeze, and only there', () => {
    const known = context({ nodes: ['#1'], edges: [] });
    const one = known.members.get('#1')!;
    const event = labelEvent('put', 'subagent:hold', null);
    for (const effective of [true, false]) {
      const unread = { kind: 'unread', effective, why: '500' } as const;
      for (const standing of [
        unread,
        { kind: 'overruled', effective, event, before: event, role: 'read' } as const,
      ]) {
        const members = new Map([['#1', { ...one, hold: standing }]]);
        const held = createGateReasons({ ...known, members })('#1');
        const frozen = createGateReasons({ ...known, freeze: standing })('#1');
        expect([...held, ...frozen].map(({ kind }) => kind)).toEqual(effective ? ['hold', 'frozen'] : []);
      }
    }
  });

  test('of a member whose approval cannot be read is not free', () => {
    const known = context({ nodes: ['#1'], edges: [] });
    const approval = { kind: 'unread', why: '500' } as const;
    const members = new Map([['#1', { ...known.members.get('#1')!, approval }]]);
    expect(createGateReasons({ ...known, members })('#1')).toEqual([{ kind: 'approval unread', why: '500' }]);
  });
});
