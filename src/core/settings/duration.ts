/** Durations as people write them: a number and a unit, `60s`, `30min`, `1.5 h`, `2 days`. */

const HOUR = 3_600_000;
const CALENDAR_DAY = 24 * HOUR;
const WORKING_DAY = 8 * HOUR;

/** The duration in milliseconds; `undefined` if it is not written as a number and a unit. A day is 24 hours. */
export function parseDuration(text: string): number | undefined {
  const written = /^\s*(\d{1,9}(?:\.\d{1,9})?)\s*([a-z]+)\s*$/i.exec(text);
  return written === null ? undefined : milliseconds(written[1], written[2]);
}

/** Hours of work, at least and at most. */
export interface HourRange {
  readonly low: number;
  readonly high: number;
}

/**
 * A duration or a range of them in hours of work: `5-6h`, `8-10 hours`, `30min-1h`, `30min`. A day of work has 8
 * hours. `undefined` if it is neither, or if it ends before it begins.
 */
export function parseHours(text: string): HourRange | undefined {
  const written =
    /^\s*(?:(\d{1,9}(?:\.\d{1,9})?)\s*([a-z]*)\s*(?:-|–|—)\s*)?(\d{1,9}(?:\.\d{1,9})?)\s*([a-z]+)\s*$/i.exec(
      text,
    );
  if (written === null) return undefined;
  const [, lowNumber, lowUnit, highNumber, highUnit] = written;
  const high = milliseconds(highNumber, highUnit, WORKING_DAY);
  const low =
    lowNumber === undefined
      ? high
      : milliseconds(lowNumber, lowUnit === '' ? highUnit : lowUnit, WORKING_DAY);
  if (low === undefined || high === undefined || low > high) return undefined;
  return { low: low / HOUR, high: high / HOUR };
}

function milliseconds(number = '', unit = '', day = CALENDAR_DAY): number | undefined {
  const one = unitOf(unit.toLowerCase(), day);
  return one === undefined ? undefined : Math.round(Number(number) * one);
}

function unitOf(name: string, day: number): number | undefined {
  if (/^(?:s|secs?|seconds?)$/.test(name)) return 1_000;
  if (/^(?:m|mins?|minutes?)$/.test(name)) return 60_000;
  if (/^(?:h|hrs?|hours?)$/.test(name)) return HOUR;
  return /^(?:d|days?)$/.test(name) ? day : undefined;
}
