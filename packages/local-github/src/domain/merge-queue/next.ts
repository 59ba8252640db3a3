import type { MergeQueue, QueueEntry, RemovalReason } from '../../state/model.js';
import type { View } from '../../world.js';
import { checksVerdict } from '../checks/required.js';
import { row } from '../context.js';
import { demandsOn } from '../protection/demands.js';
import { reviewProblems } from '../protection/problems.js';
import { isOpen } from '../pulls/find.js';
import { branchHead } from '../refs/names.js';
import { entriesOf } from './read.js';

/** What a queue has to do now. */
export type Step =
  | { readonly kind: 'remove'; readonly entry: QueueEntry; readonly reason: RemovalReason }
  | { readonly kind: 'scrap'; readonly entry: QueueEntry }
  | { readonly kind: 'build'; readonly entry: QueueEntry; readonly onto: string }
  | { readonly kind: 'merge'; readonly entries: readonly QueueEntry[] };

/** How a group stands. `late`: its checks have not all passed in time. */
export type GroupVerdict = 'green' | 'red' | 'late' | 'waiting';

/**
 * The next step of a queue, or undefined if it waits. Each entry has a group of its own: the base, all entries before, and
 * it. A group that stands on another commit than it should is built anew. What fails leaves when it is at the front: behind
 * another entry its failure may be that one's. So do what is late. The front merges as soon as it is green; with HEADGREEN
 * a green group takes all before it along, if so many may merge at once: what becomes the base has always passed.
 */
export function nextStep(view: View, queue: MergeQueue): Step | undefined {
  const entries = entriesOf(view, queue);
  const gone = entries.flatMap((entry) => {
    const reason = goneFor(view, queue, entry);
    return reason === undefined ? [] : [{ kind: 'remove', entry, reason } as const];
  });
  return gone[0] ?? chainStep(view, queue, entries) ?? outcome(view, queue, entries.slice(0, queue.maxMerge));
}

/** Why an entry may stay no longer, whatever its checks say. */
function goneFor(view: View, queue: MergeQueue, { pullId }: QueueEntry): RemovalReason | undefined {
  const pull = row(view.state.pulls, pullId);
  if (pull.merged !== null) return 'ALREADY_MERGED';
  if (!isOpen(view, pull) || pull.baseRef !== queue.branch) return 'MANUAL';
  const demands = demandsOn(view.state, row(view.state.repositories, queue.repositoryId), queue.branch);
  return reviewProblems(view, pull, demands).length === 0 ? undefined : 'BRANCH_PROTECTIONS';
}

/** The first group that is missing, stands on the wrong commit, or should not be there. */
function chainStep(view: View, queue: MergeQueue, entries: readonly QueueEntry[]): Step | undefined {
  const repository = row(view.state.repositories, queue.repositoryId);
  let onto = branchHead(repository, queue.branch);
  for (const [index, entry] of entries.entries()) {
    if (index >= queue.maxEntries) {
      if (entry.group) return { kind: 'scrap', entry };
      continue;
    }
    if (onto === undefined) return undefined;
    if (entry.group?.baseSha !== onto) return { kind: 'build', entry, onto };
    onto = entry.group.headSha;
  }
  return undefined;
}

/** Merges, or throws out the front: by the groups of those only that may merge at once. */
function outcome(view: View, queue: MergeQueue, entries: readonly QueueEntry[]): Step | undefined {
  const verdicts = entries.map((entry) => verdictOf(view, queue, entry));
  const [front] = entries;
  const last = queue.grouping === 'HEADGREEN' ? verdicts.lastIndexOf('green') : greenRow(verdicts);
  if (last >= 0) return mergeStep(view, queue, entries.slice(0, last + 1));
  if (front === undefined || verdicts[0] === 'waiting') return undefined;
  const behind = verdicts.some((verdict, index) => verdict === 'waiting' && entries[index]?.group);
  if (queue.grouping === 'HEADGREEN' && behind) return undefined;
  return { kind: 'remove', entry: front, reason: verdicts[0] === 'late' ? 'CI_TIMEOUT' : 'CI_FAILURE' };
}

/**
 * Merges those that are ready. Fewer than it wants together wait for others, as long as the first that was put into the
 * queue has not waited for too long.
 */
function mergeStep(view: View, queue: MergeQueue, ready: readonly QueueEntry[]): Step | undefined {
  if (ready.length < queue.minMerge && Date.parse(view.now) < waitsUntil(view, queue)) return undefined;
  return { kind: 'merge', entries: ready };
}

/** Until when too few wait for others, in milliseconds on the sandbox's clock; -Infinity for an empty queue. */
export function waitsUntil(view: View, queue: MergeQueue): number {
  const times = entriesOf(view, queue).map(({ enqueuedAt }) => Date.parse(enqueuedAt));
  return times.length === 0 ? -Infinity : Math.min(...times) + queue.minMergeWait * 60_000;
}

/** The last of the green ones at the front, -1 for none. */
function greenRow(verdicts: readonly GroupVerdict[]): number {
  const other = verdicts.findIndex((verdict) => verdict !== 'green');
  return (other === -1 ? verdicts.length : other) - 1;
}

/** How the group of an entry stands by the required checks on its head. */
export function verdictOf(view: View, queue: MergeQueue, { group }: QueueEntry): GroupVerdict {
  if (group === null) return 'waiting';
  const repository = row(view.state.repositories, queue.repositoryId);
  const { requiredChecks } = demandsOn(view.state, repository, queue.branch);
  const verdict = checksVerdict(view, queue.repositoryId, group.headSha, requiredChecks);
  if (verdict !== 'waiting') return verdict;
  return Date.parse(view.now) >= deadlineOf(queue, group.builtAt) ? 'late' : 'waiting';
}

/** Until when the checks of a group may take, in milliseconds on the sandbox's clock. */
export function deadlineOf({ timeout }: MergeQueue, builtAt: string): number {
  return Date.parse(builtAt) + timeout * 60_000;
}
