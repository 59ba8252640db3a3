import { oneLine } from '../text/clean.js';

/** As in the lines of issues; the label shortens what is longer than GitHub takes. */
const MAX_NAME = 200;
const QUOTED = /^(["`])(.*)\1$/;
const LABEL = /^shares:\s*/i;

/**
 * The name of shared code from the words of a command: one word, or several in quotes; a whole label's name is the name
 * behind its `shares:`. What nobody can see is left out. null if it is none: nothing is left, it is too long, more than
 * one, or has a comma, which names of labels on GitHub may not have.
 */
export function shareName(words: readonly string[]): string | null {
  const text = words.join(' ');
  const quoted = QUOTED.exec(text)?.[2];
  if (quoted === undefined && words.length > 1) return null;
  const name = oneLine(quoted ?? text).replace(LABEL, '');
  return name === '' || name.length > MAX_NAME || /[,"`]/.test(name) ? null : name;
}
