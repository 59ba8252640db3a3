import type { Tracker } from '../../core/model/index.js';
import { findMarker } from '../../core/names/markers.js';
import { TRACKER_MARKER } from '../../core/view/trackers.js';
import {
  type Connection,
  type Faults,
  type Path,
  type Timeline,
  mapReadable,
  timeOf,
  whole,
  wholeTimeline,
} from './answer.js';
import { type RawLabelEvent, labelEventOf } from './history-events.js';

/** The fragment `TrackerParts`. */
export interface RawTracker {
  readonly id: string;
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly state: 'OPEN' | 'CLOSED';
  readonly createdAt: string;
  readonly isPinned: boolean | null;
  readonly viewerDidAuthor: boolean;
  readonly labels: Connection<{ readonly name: string }> | null;
  readonly labelEvents: Timeline<RawLabelEvent> | null;
}

/**
 * The tracking issue that this is; null for an issue that is none: not by the app, or closed and without its marker. The
 * app opens no other issues, so an open one by it whose body somebody has overwritten is one all the same.
 */
export function trackerOf(raw: RawTracker, faults: Faults, path: Path, me: number): Tracker | null {
  const labels = whole(raw.labels, faults.take([...path, 'labels']));
  const events = wholeTimeline(raw.labelEvents, faults.take([...path, 'labelEvents']));
  const isMarked = findMarker(raw.body, TRACKER_MARKER) !== undefined;
  if (!raw.viewerDidAuthor || (!isMarked && raw.state === 'CLOSED')) return null;
  const { id, number, title, body } = raw;
  return {
    id,
    number,
    title,
    body,
    state: raw.state === 'OPEN' ? 'open' : 'closed',
    createdAt: timeOf(raw.createdAt),
    pinned: raw.isPinned === true,
    labels: mapReadable(labels, (nodes) => nodes.map(({ name }) => name)),
    labelEvents: mapReadable(events, (nodes) => nodes.map((node) => labelEventOf(node, me))),
  };
}
