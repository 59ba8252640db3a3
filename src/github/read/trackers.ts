import { type Readable, type Tracker, read, unreadable } from '../../core/model/index.js';
import { currentTracker } from '../../core/view/trackers.js';
import { MORE } from '../queries/core.js';
import { type Connection, type Faults, type Path, ask } from './answer.js';
import type { CoreInput } from './core.js';
import { inSmallerPages } from './lists.js';
import { allPages } from './pages.js';
import { baseBranch, settingsVariables } from './parameters.js';
import { type RawTracker, trackerOf } from './tracker.js';

/** Where a core may show tracking issues. */
export interface RawTrackers {
  readonly trackers: Connection<RawTracker>;
  readonly pinnedIssues: {
    readonly totalCount: number;
    readonly nodes: readonly ({ readonly issue: RawTracker } | null)[] | null;
  } | null;
}

/**
 * By label, by pin, and those known from before: the label is an index that somebody may have taken off, or put on other
 * issues. So older ones with the label are looked at until the deployment's own is found.
 */
export async function readTrackers(
  { transport, place, memory, parameters }: CoreInput,
  raw: RawTrackers,
  known: readonly Tracker[],
  faults: Faults,
  me: number,
): Promise<Readable<readonly Tracker[]>> {
  const found = new Map(known.map((tracker) => [tracker.id, tracker]));
  const note = (node: RawTracker, from: Faults, path: Path): RawTracker => {
    const tracker = trackerOf(node, from, path, me);
    if (tracker !== null) found.set(tracker.id, tracker);
    return node;
  };
  const pinned = raw.pinnedIssues?.nodes ?? [null];
  for (const [index, node] of pinned.entries()) {
    if (node) note(node.issue, faults, ['repository', 'pinnedIssues', 'nodes', index, 'issue']);
  }
  const fault = faults.take(['repository', 'pinnedIssues']);
  const { tracking } = settingsVariables(parameters);
  const labelled = await allPages<RawTracker, RawTracker>(
    { list: raw.trackers, faults, path: ['repository', 'trackers'] },
    async (after) => {
      type More = { readonly repository: { readonly list: Connection<RawTracker> | null } | null };
      const next = await inSmallerPages(memory, (size) =>
        ask<More>(transport, MORE.trackers, { ...place, tracking, size, after }),
      );
      return { list: next.data.repository?.list, faults: next.faults, path: ['repository', 'list'] };
    },
    note,
    () => currentTracker([...found.values()], baseBranch(parameters)) !== null,
  );
  if (labelled.kind === 'unreadable') return labelled;
  if (fault !== null || pinned.includes(null)) return unreadable(fault ?? 'GitHub left a part of them out');
  return read([...found.values()].sort((a, b) => b.createdAt - a.createdAt || b.number - a.number));
}
