import { renderSync, scheduledTitle } from '../communication/sync-words.js';
import { lastSyncAt, nextSyncAt } from '../communication/sync-times.js';
import { isOver } from '../membership/member.js';
import { type Readable, type Time, valueOr } from '../model/index.js';
import { formatTime } from '../text/time.js';
import type { Progress } from '../view/progress.js';
import { type View, isWhole } from '../view/view.js';
import { type Group, group } from './group.js';

/**
 * The sync that is due and was not posted: the newest one only, so that those that were missed are one comment. None while
 * nothing is deployed, and none from before the deployment, or before the settings asked for it.
 */
export function planSync(view: View, progress: Progress): readonly Group[] {
  const { tracker, config, snapshot, now, said } = view;
  const since = snapshot.toldSince;
  if (tracker === null || !hasSyncs(view) || since?.kind !== 'read' || !isWhole(snapshot)) return [];
  const { sync } = config.settings;
  const due = lastSyncAt(sync, now);
  if (due === null || due <= tracker.createdAt || due < since.value.sync) return [];
  const cause = `${SYNC}${formatTime(due)}`;
  if (valueOr(said.has(tracker.number, cause), true)) return [];
  const before = lastSync(view);
  if (before.kind === 'unreadable') return [];
  const body = renderSync(view, progress, before.value, scheduledTitle(sync, due));
  return group('sync', [{ kind: 'comment', number: tracker.number, body, cause }]);
}

/** What the causes of all syncs begin with. */
export const SYNC = 'sync-';

/** When the last sync was posted, at its time or for a command; the beginning of the deployment if none was. */
export function lastSync({ tracker, said }: View): Readable<Time> {
  if (tracker === null) return { kind: 'unreadable', why: 'there is no tracking issue' };
  const all = said.on(tracker.number);
  if (all.kind === 'unreadable') return all;
  const times = all.value.flatMap(({ cause, at }) => (cause.startsWith(SYNC) ? [at] : []));
  return { kind: 'read', value: Math.max(tracker.createdAt, ...times) };
}

/** When the next sync is due; null if none will be. */
export function nextSync(view: View): Time | null {
  return hasSyncs(view) ? nextSyncAt(view.config.settings.sync, view.now) : null;
}

/** Whether there is a deployment, with work left, whose settings ask for syncs. */
function hasSyncs({ tracker, members, config }: View): boolean {
  return (
    config.settings.sync.times.length > 0 &&
    tracker?.state === 'open' &&
    members.some((member) => !isOver(member))
  );
}
