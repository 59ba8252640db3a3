import { codeSpan } from '../text/code.js';
import { escapeMarkdown } from '../text/escape.js';
import { listed } from '../text/listed.js';
import type { ConflictReason } from './reason.js';

/** In a sentence so many files are named, and in a list. */
const MAX_IN_LINE = 5;
const MAX_IN_LIST = 30;

/** One sentence without a full stop, in plain text. */
export function conflictText({ files }: ConflictReason): string {
  const text = 'Conflicts with the base';
  if (files.kind === 'unreadable' || files.value.length === 0) return text;
  return `${text}: both change ${listed(files.value, MAX_IN_LINE, String)}`;
}

/** What to do about it, and what is not known of it. */
export function conflictWays(reason: ConflictReason): readonly string[] {
  const gap = conflictGap(reason);
  return ['Its subagent rebases onto the base, or merges it, and pushes.', ...(gap === null ? [] : [gap])];
}

/** What is not known of the files that both sides change, as a sentence of Markdown; null where they are named. */
function conflictGap({ files }: ConflictReason): string | null {
  if (files.kind === 'unreadable') {
    return `Which files both sides change cannot be read: ${escapeMarkdown(files.why)}.`;
  }
  return files.value.length === 0
    ? 'No file is changed under one name on both sides: one may be renamed.'
    : null;
}

/** The files that both sides change, as a list of Markdown, or the sentence that says why there is none. */
export function conflictList(reason: ConflictReason): readonly string[] {
  const gap = conflictGap(reason);
  if (gap !== null || reason.files.kind === 'unreadable') return [gap ?? ''];
  const { value } = reason.files;
  const more = value.length - MAX_IN_LIST;
  return [
    'Both sides have changed:',
    '',
    ...value.slice(0, MAX_IN_LIST).map((path) => `- ${codeSpan(path)}`),
    ...(more > 0 ? [`- and ${more} more`] : []),
  ];
}
