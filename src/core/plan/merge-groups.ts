import type { Action, GateWrite } from '../actions/action.js';
import { type Grouped, groupVerdict } from '../gate/merge-group.js';
import type { NodeId } from '../graph/node.js';
import { type Base, type MergeGroup, type Pull, groupBy, valueOr } from '../model/index.js';
import type { Progress } from '../view/progress.js';
import { type View, nodeOfMember } from '../view/view.js';
import { gateWrite } from './gates.js';
import { type Head, openHeads, overrideOn, trackerAddress } from './head-verdict.js';

/** A pull request in a merge queue. */
interface Place {
  readonly pull: Pull;
  readonly position: number;
  readonly group: MergeGroup | null;
}

/**
 * The gates of the merge groups that GitHub has built, of every base. A queue waits for the required checks of each of
 * its groups: https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/configuring-pull-request-merges/managing-a-merge-queue
 */
export function planMergeGroups(view: View, progress: Progress): readonly Action[] {
  const heads = new Map(openHeads(view).map((head) => [head.sha, head]));
  const gates = queuesOf(view).flatMap((queue) =>
    queue.flatMap((place) => gateOfPlace(place, queue, heads, view, progress) ?? []),
  );
  return gates.length === 0 ? [] : [{ kind: 'publish gates', name: view.config.settings.gate.name, gates }];
}

/** The queue of each base in its order; none where a place in it cannot be read, since nobody knows then what is before what. */
function queuesOf({ snapshot }: View): readonly (readonly Place[])[] {
  const open = valueOr(snapshot.pulls, []).filter((pull) => pull.state === 'open');
  const unread = new Set(open.flatMap(({ queued, base }) => (queued.kind === 'unreadable' ? [base] : [])));
  const places = open.flatMap((pull): readonly Place[] => {
    const place = valueOr(pull.queued, null);
    return place === null || unread.has(pull.base) ? [] : [{ pull, ...place }];
  });
  const queues = groupBy(places, ({ pull }) => pull.base);
  return [...queues.values()].map((queue) => [...queue].sort((a, b) => a.position - b.position));
}

/** null while there is no group, where it says what it should, and where not all that it holds is known. */
function gateOfPlace(
  place: Place,
  queue: readonly Place[],
  heads: ReadonlyMap<string, Head>,
  view: View,
  progress: Progress,
): GateWrite | null {
  const { group, pull } = place;
  if (group === null) return null;
  const chain = chainOf(place, queue);
  const bottom = chain[0]?.group?.onto ?? null;
  const base = baseOf(pull, view);
  if (bottom === null || (base === null && pull.base === view.baseBranch)) return null;
  if (base !== null && !base.recent.includes(bottom)) return null;
  const pulls = chain.map((each) => groupedOf(each.pull, heads.get(each.pull.head.sha), view, progress));
  if (!pulls.every((each) => each !== null)) return null;
  const { prefix } = view.config.settings.commands;
  const tracker = trackerAddress(view);
  const queued = new Set(queue.flatMap((each) => nodesOf(heads.get(each.pull.head.sha))));
  const isBelow = (node: NodeId) => base !== null && isUnder(base, bottom, node, view);
  return gateWrite(
    group.sha,
    group.ownChecks,
    groupVerdict({ pulls, isBelow, queued, tracker, prefix, phrases: progress.phrases }, view.digest),
    view,
  );
}

/** The places whose groups the group of this one is built on, the lowest first, and itself. */
function chainOf(place: Place, queue: readonly Place[]): readonly Place[] {
  const chain: Place[] = [];
  for (let next: Place | undefined = place; next !== undefined && !chain.includes(next);) {
    chain.unshift(next);
    const onto: string | null = next.group?.onto ?? null;
    next = onto === null ? undefined : queue.find(({ group }) => group?.sha === onto);
  }
  return chain;
}

/** The deployment's base, if the pull request goes into it; of other branches nothing is known. */
function baseOf({ base }: Pull, { snapshot }: View): Base | null {
  const known = valueOr(snapshot.base, null);
  return known?.branch === base ? known : null;
}

/** True if the base held the work of a landed member already when it was at this commit. */
function isUnder({ recent }: Base, commit: string, node: NodeId, view: View): boolean {
  const outcome = view.members.find((member) => nodeOfMember(member) === node)?.outcome;
  if (outcome?.kind !== 'merged') return false;
  const landed = recent.indexOf(outcome.commit);
  // What landed before the newest hundred commits is below them all.
  return landed === -1 ? recent.length >= RECENT : landed >= recent.indexOf(commit);
}

/** As many of the newest commits of the base are read. */
const RECENT = 100;

/** null where it may be a member's and not all that would tell so was read. */
function groupedOf(pull: Pull, head: Head | undefined, view: View, progress: Progress): Grouped | null {
  if (head === undefined || head.uncertain) return null;
  const isOverridden = head.members.length === 1 && overrideOn(head, view) !== null;
  const reasons = head.members.flatMap((member) => progress.gateReasons(nodeOfMember(member)));
  return {
    number: pull.number,
    nodes: nodesOf(head),
    reasons: isOverridden ? [] : [...head.lost, ...reasons],
  };
}

function nodesOf(head: Head | undefined): readonly NodeId[] {
  return head?.members.map(nodeOfMember) ?? [];
}
