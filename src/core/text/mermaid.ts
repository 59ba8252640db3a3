import { cutText } from './clean.js';

/** Words of letters and digits; a sign only inside a word, so that none begins a list, a comment or a directive. */
const WORDS = /[\p{L}\p{M}\p{Nd}]+(?:[._-][\p{L}\p{M}\p{Nd}]+)*/gu;

/**
 * Text for a quoted label of a mermaid diagram: letters, digits, single spaces, and `.`, `_`, `-` inside words.
 * Whatever else a title holds is a space. May be empty.
 */
export function mermaidLabel(text: string, max = Infinity): string {
  return cutText((text.match(WORDS) ?? []).join(' '), max);
}
