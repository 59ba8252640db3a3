import type { Parsed } from './fact.js';

/** p0 is the most urgent. An issue without a priority counts as p2. */
export type Priority = 'p0' | 'p1' | 'p2' | 'p3';

/** Reads a priority in whatever case it is written. */
export function parsePriority(text: string): Parsed<Priority> {
  const word = text.trim().toLowerCase();
  if (word === 'p0' || word === 'p1' || word === 'p2' || word === 'p3') return { ok: true, value: word };
  return { ok: false, note: 'expected `p0`, `p1`, `p2` or `p3`' };
}
