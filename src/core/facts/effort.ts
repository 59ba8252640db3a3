import { parseHours } from '../settings/duration.js';
import type { HourRange } from '../settings/duration.js';
import type { Parsed } from './fact.js';

const MAX_HOURS = 10_000;
const MAX_LENGTH = 100;
const EXPECTED = 'expected hours like `5-6h`, `30min`, `1.5 h` or `2d`';
const WORDS_BEHIND = /\([^()]*\)$/;

/**
 * Reads an effort: "5-6h", "5–6 hours", "5 to 6 hours", "30min", "1,5 h", "30min-1h", "2d" (8 hours a day), each with
 * or without words in parentheses behind it. A number without a unit is not guessed.
 */
export function parseEffort(text: string): Parsed<HourRange> {
  if (text.length > MAX_LENGTH)
    return { ok: false, note: `longer than ${MAX_LENGTH} characters; ${EXPECTED}` };
  const plain = text.replace(/[*_`]/g, '').trim().replace(WORDS_BEHIND, '');
  const range = parseHours(plain.replace(/(\d),(\d)/g, '$1.$2').replace(/\sto\s/i, '-'));
  if (range === undefined) return { ok: false, note: EXPECTED };
  if (range.high === 0) return { ok: false, note: 'an effort is more than zero hours' };
  if (range.high > MAX_HOURS) return { ok: false, note: `more than ${MAX_HOURS} hours` };
  return { ok: true, value: range };
}

/**
 * Writes a range as a label or a table shows it: `5-6h`, `1.5h`, `0.5h`; at most two decimals. What is more than nothing is
 * never written as nothing, which no effort may be.
 */
export function formatHours(range: HourRange): string {
  const low = Math.round(range.low * 100) / 100;
  const high = range.high > 0 ? Math.max(0.01, Math.round(range.high * 100) / 100) : 0;
  return low === high ? `${low}h` : `${low}-${high}h`;
}
