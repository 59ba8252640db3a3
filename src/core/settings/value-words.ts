/** Values of a settings file, as they are shown to who wrote them. */
import { codeSpan } from '../text/code.js';
import type { PathStep } from './yaml-places.js';

/** The value at a path; undefined if there is none. */
export function at(value: unknown, path: readonly PathStep[]): unknown {
  let found = value;
  for (const step of path) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, step)) return undefined;
    found = Object.entries(found).find(([key]) => key === String(step))?.[1];
  }
  return found;
}

export const MAPPING = 'a mapping';

/** `text \`sqash\``; nothing longer than a line. */
export function show(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  if (Array.isArray(value)) return value.length === 1 ? 'a list of 1' : `a list of ${value.length}`;
  if (typeof value === 'object') return MAPPING;
  if (typeof value === 'string') return value.trim() === '' ? 'empty text' : `text ${codeSpan(value, 60)}`;
  return typeof value === 'number' || typeof value === 'boolean' ? codeSpan(`${value}`) : 'something else';
}

/** How long a text is that is too long to be shown. */
export function lengthOf(value: unknown): string {
  return typeof value === 'string' ? `${value.length}: ` : '';
}
