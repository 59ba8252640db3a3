import type { Tracker } from '../model/index.js';
import { findMarker, marker } from '../names/markers.js';

/** What kind of marker a tracking issue's body carries. */
export const TRACKER_MARKER = 'deployment';

/** The marker of the deployment on a base branch. `digest` is that of what was rendered. */
export function trackerMarker(base: string, digest: string, over: boolean): string {
  return marker(TRACKER_MARKER, { base, digest, ...(over && { over: 'yes' }) });
}

/** True if the tracking issue is that of the deployment on this base; an open one without a marker may be of any. */
export function isTrackerOf(tracker: Tracker, base: string): boolean {
  const found = findMarker(tracker.body, TRACKER_MARKER);
  return found === undefined ? tracker.state === 'open' : found['base'] === base;
}

/** True once the app has written the last word of the deployment. */
export function isOverTracker(tracker: Tracker): boolean {
  return findMarker(tracker.body, TRACKER_MARKER)?.['over'] === 'yes';
}

/** The deployment's tracking issue: of several that are not over the oldest, which is the one that stays. */
export function currentTracker(trackers: readonly Tracker[], base: string): Tracker | null {
  return liveTrackers(trackers, base)[0] ?? null;
}

/** Tracking issues of a base that are not over, oldest first. A person may have closed one: it counts. */
export function liveTrackers(trackers: readonly Tracker[], base: string): readonly Tracker[] {
  return trackers
    .filter((tracker) => isTrackerOf(tracker, base) && !isOverTracker(tracker))
    .sort((a, b) => a.number - b.number);
}
