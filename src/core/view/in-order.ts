import type { Readable, Snapshot } from '../model/index.js';

/**
 * The snapshot with its issues, pull requests and tracking issues by their numbers. GitHub lists them as it likes, and what is
 * decided must not rest on that: equal snapshots give equal plans.
 */
export function inOrder(snapshot: Snapshot): Snapshot {
  const { issues, pulls, trackers } = snapshot;
  return { ...snapshot, issues: byNumber(issues), pulls: byNumber(pulls), trackers: byNumber(trackers) };
}

function byNumber<Numbered extends { readonly number: number }>(
  list: Readable<readonly Numbered[]>,
): Readable<readonly Numbered[]> {
  if (list.kind === 'unreadable') return list;
  return { kind: 'read', value: [...list.value].sort((a, b) => a.number - b.number) };
}
