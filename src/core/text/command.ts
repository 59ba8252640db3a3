import { codeSpan } from './code.js';

/** A slash command to copy, as code: the prefix as the settings have it, then the words. */
export function commandSpan(prefix: string, words: string): string {
  return codeSpan(`${prefix} ${words}`);
}
