import { describe, test } from '@jest/globals';
import * as fc from 'fast-check';
import { findOverlaps, overlapShares } from '../../../src/core/graph/overlaps.js';
import { sharesOf } from '../../../src/core/graph/shares.js';
import type { Member } from '../../../src/core/membership/member.js';
import { type PullDetail, read, unreadable } from '../../../src/core/model/index.js';
import { createGateReasons } from '../../../src/core/reasons/gate-reasons.js';
import { defaultSettings } from '../../../src/core/settings/schema.js';
import { digest } from '../../support/view-builder.js';
import { type RandomGraph, RUNS, claim, randomGraph } from '../graph/support.js';
import { MEMBER, context, outcomeOf, pullLacking } from './support.js';

/** Issues with what they wait for, and what their pull requests may share. */
interface Sharing {
  readonly graph: RandomGraph;
  readonly nodes: readonly string[];
  /** Each merged as a commit named like it. */
  readonly merged: ReadonlySet<string>;
  readonly landing: string | null;
  /** Heads that are behind the base, and the commits that those lack. */
  readonly behind: ReadonlySet<string>;
  readonly lacked: readonly string[];
  /** Labels and files beside the file that each changes alone. */
  readonly labels: readonly Put[];
  readonly files: readonly Put[];
  /** Whose files cannot be read. */
  readonly unread: ReadonlySet<string>;
  readonly overlaps: 'note' | 'coordinate';
}

type Put = readonly [node: string, what: string];

const sharing: fc.Arbitrary<Sharing> = randomGraph().chain((graph) => {
  const nodes = [...graph.ranks.keys()];
  const some = () => fc.subarray(nodes).map((list) => new Set(list));
  const put = (...names: readonly string[]) =>
    fc.array(fc.tuple(fc.constantFrom(...nodes), fc.constantFrom(...names)), { maxLength: 40 });
  return fc.record({
    graph: fc.constant(graph),
    nodes: fc.constant(nodes),
    merged: some(),
    landing: fc.option(fc.constantFrom(...nodes)),
    behind: some(),
    lacked: fc.subarray(nodes),
    labels: put('shares:a', 'Shares:B', 'shares:b', 'shares:c'),
    files: put('a.ts', 'b.ts', 'c.ts', 'd.ts', 'yarn.lock'),
    unread: fc.subarray(nodes, { maxLength: 2 }).map((list) => new Set(list)),
    overlaps: fc.constantFrom('note', 'coordinate'),
  });
});

/** With two of its issues. */
const withTwo = sharing.chain((world) =>
  fc.tuple(fc.constant(world), fc.shuffledSubarray([...world.nodes], { minLength: 2, maxLength: 2 })),
);

function membersOf(world: Sharing): readonly Member[] {
  const lacked = world.lacked.filter((each) => world.merged.has(each));
  const [upToDate, behind] = [pullLacking([])!, pullLacking(lacked)!];
  return world.nodes.map((node) => {
    const number = Number(node.slice(1));
    const pull = world.behind.has(node) ? behind : upToDate;
    const files: PullDetail['files'] = world.unread.has(node)
      ? unreadable('502')
      : read([...whatOf(world.files, node), `own-${number}.ts`]);
    const detail = pull.detail.kind === 'read' ? read({ ...pull.detail.value, files }) : pull.detail;
    return {
      ...MEMBER,
      number,
      issue: { ...MEMBER.issue, number, labels: read(whatOf(world.labels, node)) },
      pull: { ...pull, number: 1_000 + number, state: world.merged.has(node) ? 'merged' : 'open', detail },
      outcome: outcomeOf(node, world.merged),
    };
  });
}

function whatOf(put: readonly Put[], node: string): readonly string[] {
  return [...new Set(put.filter(([on]) => on === node).map(([, what]) => what))];
}

/** Which unmerged issues nothing keeps back. */
function freeOf(world: Sharing): ReadonlySet<string> {
  const members = membersOf(world);
  const { overlaps, unread } = findOverlaps(members, settings(world.overlaps));
  const shares = [...sharesOf(members, digest, ASKERS), ...overlapShares(overlaps)];
  const bare = context({ nodes: world.nodes, edges: world.graph.edges, merged: world.merged });
  const reasonsOf = createGateReasons({
    ...bare,
    members: new Map(members.map((member) => [`#${member.number}`, member])),
    graph: { ...bare.graph, shares, unreadFiles: unread },
    landing: world.landing,
  });
  return new Set(world.nodes.filter((node) => !world.merged.has(node) && reasonsOf(node).length === 0));
}

const ASKERS = { dependency: () => null, share: () => null, note: () => null };

const SETTINGS = defaultSettings();

function settings(overlaps: Sharing['overlaps']) {
  return { ...SETTINGS, gate: { ...SETTINGS.gate, overlaps } };
}

function claimNoneFreed(world: Sharing, then: Sharing): void {
  const before = freeOf(world);
  for (const node of freeOf(then)) claim(before.has(node), `${node} was free before`);
}

describe('for every graph with shared code', () => {
  test.each([
    [
      'a label',
      (world: Sharing, two: readonly string[]) => ({ ...world, labels: both(world.labels, two, 'shares:x') }),
    ],
    [
      'a file that others do not change, where overlaps are coordinated,',
      (world: Sharing, two: readonly string[]) => ({ ...world, files: both(world.files, two, 'x.ts') }),
    ],
  ])('%s that two share frees nothing, and keeps back exactly the one that lacks the other', (_, shared) => {
    fc.assert(
      fc.property(withTwo, ([some, two]) => {
        const world: Sharing = { ...some, unread: new Set(), overlaps: 'coordinate' };
        const [before, after] = [freeOf(world), freeOf(shared(world, two))];
        for (const node of world.nodes) {
          const other = two.includes(node) ? two.find((each) => each !== node) : undefined;
          const expected = before.has(node) && (other === undefined || !keepsBack(other, node, world));
          claim(after.has(node) === expected, `${node} is ${expected ? '' : 'not '}free`);
        }
      }),
      RUNS,
    );
  });

  test('one more that has a label of others frees nothing', () => {
    fc.assert(
      fc.property(withTwo, ([world, [one]]) => {
        claimNoneFreed(world, { ...world, labels: [...world.labels, [one!, 'shares:b']] });
      }),
      RUNS,
    );
  });

  test('to coordinate overlaps in place of noting them frees nothing', () => {
    fc.assert(
      fc.property(sharing, (world) => {
        claimNoneFreed({ ...world, overlaps: 'note' }, { ...world, overlaps: 'coordinate' });
      }),
      RUNS,
    );
  });

  test('files that can no longer be read free nothing', () => {
    fc.assert(
      fc.property(withTwo, ([world, [one]]) => {
        claimNoneFreed(world, { ...world, unread: new Set([...world.unread, one!]) });
      }),
      RUNS,
    );
  });
});

function both(put: readonly Put[], two: readonly string[], what: string): readonly Put[] {
  return [...put, ...two.map((node) => [node, what] as const)];
}

/** Whether the one moves the base by what the head of the other lacks. */
function keepsBack(one: string, other: string, { landing, merged, behind, lacked }: Sharing): boolean {
  return one === landing || (merged.has(one) && behind.has(other) && lacked.includes(one));
}
