import { saysNothing } from './fact.js';
import { parseReference } from './references.js';
import type { IssueRef, RefContext } from './references.js';

/** The references that a text begins with, or a note that says why it cannot be read. */
export type ReferenceList =
  | { readonly kind: 'references'; readonly refs: readonly IssueRef[] }
  | { readonly kind: 'none' }
  | { readonly kind: 'unreadable'; readonly note: string };

const BETWEEN = /^(?:[\s,;&+]+|and(?=\s)|(?:issues?|prs?|pull requests?)(?=\s))+/i;
const WORD = /^[^\s,;]+/;
const NOTE_IN_PARENTHESES = /^\([^()]*\)/;
const ANOTHER_REFERENCE = /#\d|\/(?:issues|pull)\/\d/;

/**
 * Reads `#1`, `#1, #2 and owner/repo#3`, issue URLs; a note in parentheses may follow each, and words may follow the
 * last. If those words name another issue, nobody can say which are meant, and nothing is read.
 */
export function readReferenceList(text: string, context: RefContext): ReferenceList {
  if (saysNothing(text.trim())) return { kind: 'none' };
  const refs: IssueRef[] = [];
  let rest = text;
  for (;;) {
    rest = rest.replace(BETWEEN, '');
    const aside = refs.length > 0 ? NOTE_IN_PARENTHESES.exec(rest) : null;
    const word = aside?.[0] ?? WORD.exec(rest)?.[0] ?? '';
    const ref = aside === null ? parseReference(word.replace(/[.:!]+$/, ''), context) : null;
    if (ref !== null) refs.push(ref);
    else if (aside === null) break;
    rest = rest.slice(word.length);
  }
  if (refs.length === 0) {
    return {
      kind: 'unreadable',
      note: 'names no issue that I can read; write `#4`, `owner/repo#4` or its URL',
    };
  }
  if (ANOTHER_REFERENCE.test(rest)) {
    return {
      kind: 'unreadable',
      note: 'names issues in a way that I cannot read; write them as `#4, #5 and #6`',
    };
  }
  return { kind: 'references', refs };
}
