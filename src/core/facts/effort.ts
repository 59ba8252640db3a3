import type { Parsed } from './fact.js';

/** A range of working hours; `low` and `high` are equal for a single value. */
export interface HourRange {
  readonly low: number;
  readonly high: number;
}

const HOURS_PER_DAY = 8;
const MAX_HOURS = 10_000;
const MAX_LENGTH = 100;
const EXPECTED = 'expected hours like `5-6h`, `30min`, `1.5 h` or `2d`';
const RANGE =
  /^(\d{1,6}(?:[.,]\d{1,3})?) ?([a-z]+)?(?: ?(?:-|–|—|to) ?(\d{1,6}(?:[.,]\d{1,3})?) ?([a-z]+)?)?(?: ?\(.*\))?$/;

/**
 * Reads an effort: "5-6h", "5–6 hours", "30min", "1.5 h", "30min-1h", "2d" (8 hours a day), each with or without words
 * in parentheses behind it. A number without a unit is not guessed.
 */
export function parseEffort(text: string): Parsed<HourRange> {
  if (text.length > MAX_LENGTH)
    return { ok: false, note: `longer than ${MAX_LENGTH} characters; ${EXPECTED}` };
  const match = RANGE.exec(text.replace(/[*_`]/g, '').replace(/\s+/g, ' ').trim().toLowerCase());
  if (match === null) return { ok: false, note: EXPECTED };
  const [, lowText = '', lowUnit, highText, highUnit] = match;
  const lastUnit = highText === undefined ? lowUnit : highUnit;
  const low = hours(lowText, lowUnit ?? lastUnit);
  const high = highText === undefined ? low : hours(highText, lastUnit);
  if (low === null || high === null) return { ok: false, note: EXPECTED };
  if (low > high) return { ok: false, note: 'the range runs backwards' };
  if (high === 0) return { ok: false, note: 'an effort is more than zero hours' };
  if (high > MAX_HOURS) return { ok: false, note: `more than ${MAX_HOURS} hours` };
  return { ok: true, value: { low, high } };
}

/** Writes a range as a label or a table shows it: `5-6h`, `1.5h`, `0.5h`; at most two decimals. */
export function formatHours(range: HourRange): string {
  const low = Math.round(range.low * 100) / 100;
  const high = Math.round(range.high * 100) / 100;
  return low === high ? `${low}h` : `${low}-${high}h`;
}

function hours(amount: string, unit: string | undefined): number | null {
  const value = Number(amount.replace(',', '.'));
  switch (unit) {
    case 'm':
    case 'min':
    case 'mins':
    case 'minute':
    case 'minutes':
      return value / 60;
    case 'h':
    case 'hr':
    case 'hrs':
    case 'hour':
    case 'hours':
      return value;
    case 'd':
    case 'day':
    case 'days':
      return value * HOURS_PER_DAY;
    default:
      return null;
  }
}
