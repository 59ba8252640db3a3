/** When the syncs of a day are, as moments. Times of day and a zone in, instants out. */
import { Temporal } from 'temporal-polyfill';

import type { Time } from '../model/index.js';
import type { Settings } from '../settings/schema.js';

export type SyncSettings = Settings['sync'];

/** Zones have left out a whole day, and none ever left out two: of three days one at least has its syncs. */
const DAYS = 2;

/** The newest sync that is due at `now`; null if there are none. */
export function lastSyncAt(settings: SyncSettings, now: Time): Time | null {
  return momentsAround(settings, now).findLast((time) => time <= now) ?? null;
}

/** The next sync after `now`; null if there are none. */
export function nextSyncAt(settings: SyncSettings, now: Time): Time | null {
  return momentsAround(settings, now).find((time) => time > now) ?? null;
}

/**
 * The syncs of the days around `now`, each moment once, in order. Where the clock jumps over a time of day its sync is as
 * much later as the clock jumps; where a time comes twice it is at the first of the two. So every day has one sync for each
 * time; two that a jump makes the same moment are one.
 */
function momentsAround({ times, timezone }: SyncSettings, now: Time): readonly Time[] {
  if (times.length === 0) return [];
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timezone).toPlainDate();
  const days = Array.from({ length: 2 * DAYS + 1 }, (_, index) => today.add({ days: index - DAYS }));
  const moments = days.flatMap((day) =>
    times.map((time) => {
      const local = day.toPlainDateTime(Temporal.PlainTime.from(time));
      return local.toZonedDateTime(timezone, { disambiguation: 'compatible' }).epochMilliseconds;
    }),
  );
  return [...new Set(moments)].sort((a, b) => a - b);
}
