import { Temporal } from 'temporal-polyfill';

import type { Time } from '../model/issue.js';

/** `2026-01-05T10:00:00Z`, in whole seconds as GitHub writes times. */
export function formatTime(time: Time): string {
  return Temporal.Instant.fromEpochMilliseconds(time).toString({ smallestUnit: 'second' });
}

/** `2026-01-05 10:00 UTC`, for people. */
export function formatMinute(time: Time): string {
  return `${formatTime(time).slice(0, 16).replace('T', ' ')} UTC`;
}

/** Reads an ISO 8601 time with its offset. Throws RangeError for anything else. */
export function parseTime(text: string): Time {
  return Temporal.Instant.from(text).epochMilliseconds;
}
