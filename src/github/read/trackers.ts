import { type Readable, type Tracker, read, unreadable } from '../../core/model/index.js';
import type { Faults, Path } from './answer.js';
import { type RawTracker, trackerOf } from './tracker.js';

/** Where a core may show tracking issues. */
export interface RawTrackers {
  readonly trackers: { readonly nodes: readonly (RawTracker | null)[] | null };
  readonly pinnedIssues: {
    readonly totalCount: number;
    readonly nodes: readonly ({ readonly issue: RawTracker } | null)[] | null;
  } | null;
}

/** By label, by pin, and those known from before: the label is an index that somebody may have taken off. */
export function trackersOf(
  raw: RawTrackers,
  known: readonly Tracker[],
  faults: Faults,
  me: number,
): Readable<readonly Tracker[]> {
  const found = new Map(known.map((tracker) => [tracker.id, tracker]));
  const places: readonly (readonly [RawTracker | null | undefined, Path])[] = [
    ...(raw.trackers.nodes ?? [null]).map(
      (node, index) => [node, ['repository', 'trackers', 'nodes', index]] as const,
    ),
    ...(raw.pinnedIssues?.nodes ?? [null]).map(
      (node, index) => [node?.issue, ['repository', 'pinnedIssues', 'nodes', index, 'issue']] as const,
    ),
  ];
  const missing = places.some(([node]) => !node);
  for (const [node, path] of places) {
    const tracker = node ? trackerOf(node, faults, path, me) : null;
    if (tracker !== null) found.set(tracker.id, tracker);
  }
  const fault = faults.take(['repository', 'trackers']) ?? faults.take(['repository', 'pinnedIssues']);
  if (fault !== null || missing) return unreadable(fault ?? 'GitHub left a part of them out');
  return read([...found.values()].sort((a, b) => b.createdAt - a.createdAt || b.number - a.number));
}
