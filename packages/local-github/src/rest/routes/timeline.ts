import { eventName, presentTimelineEntry, timelineOf } from '../../present/timeline.js';
import { type Route, list, route } from '../route.js';
import { READ, issueToRead } from './issue-target.js';

export const timelineRoutes: readonly Route[] = [
  /** `exclude` holds names of events with commas between. */
  route('issues/list-events-for-timeline', READ, async (context, { path, query }) => {
    const { view, issue } = issueToRead(context, path);
    const excluded = (query.exclude ?? '').split(',').map((name) => name.trim());
    return list(
      timelineOf(view, issue).filter((entry) => !excluded.includes(eventName(entry))),
      (entry) => presentTimelineEntry(view, issue, entry),
    );
  }),
];
