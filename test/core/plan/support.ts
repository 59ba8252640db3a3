/** Plans as short lines: what would be written, in the words of the dry run. */
import { describe as sayAction } from '../../../src/core/actions/describe.js';
import type { Action } from '../../../src/core/actions/action.js';
import { type Plan, plan } from '../../../src/core/plan/plan.js';
import type { Group } from '../../../src/core/plan/group.js';
import { type Click, type Snapshot, read, valueOr } from '../../../src/core/model/index.js';
import { renderTracker } from '../../../src/core/tracking/tracker.js';
import { ownGate } from '../../support/snapshot.js';
import { NOW, type SnapshotParts, aSnapshot, aTracker, digest, judge } from '../../support/view-builder.js';

export function planOf(snapshot: Snapshot, now = NOW, clicks: readonly Click[] = []): Plan {
  return plan({ snapshot, now, digest, appVersion: '0.1.0', refusals: [], refused: new Set(), clicks });
}

export function actionsOf(groups: readonly Group[]): readonly Action[] {
  return groups.flatMap(({ actions }) => actions);
}

export function said(groups: readonly Group[]): readonly string[] {
  return actionsOf(groups).map(sayAction);
}

/** What is planned for the rest, without the gates and the tracking issue that other tests are about. */
export function work(parts: SnapshotParts): readonly string[] {
  const { rest } = planOf(aSnapshot({ trackers: [aTracker()], ...parts }));
  return said(rest.filter(({ about }) => about !== 'gates' && about !== 'tracking issue'));
}

/**
 * The same snapshot with the gates and the body of the tracking issue that a plan on it asks for. As on GitHub, a run that is
 * changed keeps its start, unless another is given.
 */
export function published(snapshot: Snapshot, now = NOW): Snapshot {
  const gates = actionsOf(planOf(snapshot, now).rest).flatMap((action) =>
    action.kind === 'publish gates' ? action.gates : [],
  );
  const { pulls, trackers } = snapshot;
  if (pulls.kind === 'unreadable' || trackers.kind === 'unreadable') return snapshot;
  const gated = pulls.value.map((pull) => {
    const gate = gates.find(({ sha }) => sha === pull.head.sha);
    if (gate === undefined) return pull;
    const { status, conclusion, title, externalId } = gate.verdict;
    const old = valueOr(pull.ownChecks, []).find(({ nodeId }) => nodeId === gate.run);
    const check = ownGate(null, {
      status,
      conclusion: conclusion?.toUpperCase() ?? null,
      title,
      externalId,
      startedAt: gate.startedAt ?? old?.startedAt ?? now,
    });
    return { ...pull, ownChecks: read([check]) };
  });
  const { view, progress } = judge({ ...snapshot, pulls: read(gated) }, now);
  const { title, body } = renderTracker(view, progress, '0.1.0');
  const rendered = trackers.value.map((tracker) => ({ ...tracker, title, body }));
  return { ...snapshot, pulls: read(gated), trackers: read(rendered) };
}
