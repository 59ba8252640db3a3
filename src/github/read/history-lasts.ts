import type { DependencyEvent, History, Time } from '../../core/model/index.js';
import type { CoreIssue } from './issue.js';

const MINUTE = 60_000;
/** How long GitHub's lists of dependencies and of their events may differ because one was read before the other. */
const SETTLED = 5 * MINUTE;
/** How long to believe that they differ for good: an issue that was moved may leave its event behind. */
const DIFFERENT = MINUTE;
/** How long to believe that nobody has freed what a removal that may not count keeps. */
const REMOVED = 5 * MINUTE;

/**
 * How long the history of an issue may be taken from memory (ms) while nothing else of the issue changes: dependencies
 * move no time of the issue, so that one which is added and removed between two reads shows in its history alone.
 *
 * @param blockedBy what the issue depends on, as it was read before the history
 */
export function historyLasts(history: History, blockedBy: CoreIssue['blockedBy'], now: Time): number {
  const last = new Map<string, DependencyEvent>();
  for (const event of history.dependencies) last.set(event.blocking.id, event);
  const lasts = [...last.values()].map((event) => eventLasts(event, blockedBy, now));
  return Math.min(Infinity, ...lasts, history.lostDependencies === undefined ? Infinity : REMOVED);
}

/** The same, as far as the last event of one blocker tells. */
function eventLasts(
  { added, blocking, actor, at }: DependencyEvent,
  blockedBy: CoreIssue['blockedBy'],
  now: Time,
): number {
  if (!added) return actor?.kind === 'me' ? Infinity : REMOVED;
  if (blockedBy.kind === 'unreadable' || blockedBy.value.some(({ id }) => id === blocking.id))
    return Infinity;
  return now - at < SETTLED ? 0 : DIFFERENT;
}
