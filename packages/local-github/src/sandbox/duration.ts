import { Temporal } from 'temporal-polyfill';

/**
 * Milliseconds of an ISO 8601 duration (`PT24H`, `P1D`; a day has 24 hours).
 * @throws RangeError for what is none, for one below zero, and for months and years, whose length depends on the date
 */
export function milliseconds(duration: string): number {
  const parsed = Temporal.Duration.from(duration);
  if (parsed.sign < 0) throw new RangeError('the clock does not go back in time');
  return parsed.total('milliseconds');
}
