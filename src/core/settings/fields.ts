/** The kinds of values that settings are made of. Messages are Markdown and say what was expected. */
import { z } from 'zod';
import { stripInvisible } from '../text/clean.js';
import { parseDuration } from './duration.js';

/** Text on one line, of at least one character. */
export function line(max: number) {
  return z
    .string()
    .max(max)
    .refine((text) => text.trim() !== '' && !/[\r\n]/.test(text), 'expected text on one line')
    .refine((text) => stripInvisible(text) === text, 'expected text without invisible characters')
    .transform((text) => text.trim());
}

/** Text that a check finds nothing wrong with; the check's words follow "it". */
export function checked(check: (text: string) => string | undefined) {
  return z.string().superRefine((text, context) => {
    const problem = check(text);
    if (problem !== undefined) context.addIssue({ code: 'custom', message: `it ${problem}` });
  });
}

const DAY = 86_400_000;

/** A duration in milliseconds, between the two given, written with a unit. */
export function duration(min: string, max: string) {
  const [low, high] = [parseDuration(min) ?? 0, parseDuration(max) ?? DAY];
  const expected = `expected a duration with its unit, like \`60s\`, \`30min\` or \`1.5 h\`, from ${min} to ${max}`;
  return z.string(expected).transform((text, context) => {
    const milliseconds = parseDuration(text);
    if (milliseconds !== undefined && milliseconds >= low && milliseconds <= high) return milliseconds;
    context.addIssue({ code: 'custom', message: expected });
    return z.NEVER;
  });
}

const MAX_GLOB = 200;
/** With three in a part a name of 255 characters takes 50 ms to match, with two less than one. */
const MAX_STARS = 2;

/** A pattern for paths: `*`, `**`, `?` and `[…]`, nothing that takes long to match. */
export const glob = checked((text) => {
  if (text === '' || text.length > MAX_GLOB) return `must have 1 to ${MAX_GLOB} characters`;
  if (/[{}]|[?*+@!]\(/.test(text)) return 'must not use braces or groups: write one pattern for each';
  if (/^[!#/]/.test(text)) return 'must not begin with `!`, `#` or `/`';
  if (text.split('/').some((part) => (part.replace(/\\./g, '').match(/\*+/g) ?? []).length > MAX_STARS))
    return `must not have more than ${MAX_STARS} \`*\` between two slashes`;
  return stripInvisible(text) === text ? undefined : 'must not have invisible characters in it';
});

/** A list without the same entry twice. */
export function list<Item extends z.ZodType>(
  item: Item,
  max: number,
  keyOf: (item: z.output<Item>) => string,
) {
  return z
    .array(item)
    .max(max)
    .superRefine((items, context) => {
      const seen = new Map<string, number>();
      for (const [index, entry] of items.entries()) {
        const key = keyOf(entry);
        const first = seen.get(key);
        if (first === undefined) seen.set(key, index);
        else {
          const message = `it is in the list twice, first as entry ${first + 1}`;
          context.addIssue({ code: 'custom', path: [index], message });
        }
      }
    });
}

/** A list of texts without the same text twice. */
export function textList<Item extends z.ZodType<string>>(item: Item, max: number) {
  return list(item, max, (text) => text);
}
