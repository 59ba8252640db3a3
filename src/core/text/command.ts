import { codeSpan } from './code.js';

/** A slash command to copy, as code: the prefix as the settings have it, then the words. */
export function commandSpan(prefix: string, words: string): string {
  return codeSpan(`${prefix} ${words}`);
}

/** The commands that record the present text of an issue anew: on the same branch, with a new pull request. */
export function recordAgain(prefix: string): string {
  return `${commandSpan(prefix, 'cancel')}, then ${commandSpan(prefix, 'deploy')}`;
}
