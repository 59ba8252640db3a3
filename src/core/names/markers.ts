/**
 * Hidden lines by which the app finds its own comments and bodies again: `<!-- yardmaster:<kind> key=value -->`.
 * Anybody can write one, so a marker proves nothing: first ask who the author is, then read it.
 */
import { htmlComment, parseHtmlComment } from '../text/html-comment.js';

export type MarkerValues = Readonly<Record<string, string>>;

/** The marker, on a line of its own. Kinds and keys are the app's own words: lower-case letters and dashes. */
export function marker(kind: string, values: MarkerValues = {}): string {
  const pairs = Object.entries(values).map(([key, value]) => ` ${key}=${htmlComment(value)}`);
  return `<!-- yardmaster:${kind}${pairs.join('')} -->`;
}

/**
 * The values of the first marker of that kind in the text; only a whole line is one. `undefined` if there is none.
 * A line that `marker` did not write, with a key twice or a value that cannot be read, is none.
 */
export function findMarker(body: string, kind: string): MarkerValues | undefined {
  const start = `<!-- yardmaster:${kind} `;
  for (const line of body.split(/\r\n|\r|\n/)) {
    if (!line.startsWith(start) || !line.endsWith(' -->')) continue;
    const values = readPairs(line.slice(start.length, -'-->'.length).trim());
    if (values !== undefined) return values;
  }
  return undefined;
}

function readPairs(text: string): MarkerValues | undefined {
  const values = new Map<string, string>();
  for (const pair of text === '' ? [] : text.split(' ')) {
    const [key, encoded] = splitOnce(pair, '=');
    const value = encoded === undefined ? undefined : parseHtmlComment(encoded);
    if (value === undefined || !/^[a-z][a-z-]*$/.test(key) || values.has(key)) return undefined;
    values.set(key, value);
  }
  return Object.fromEntries(values);
}

function splitOnce(text: string, separator: string): readonly [string, string | undefined] {
  const at = text.indexOf(separator);
  return at === -1 ? [text, undefined] : [text.slice(0, at), text.slice(at + separator.length)];
}
