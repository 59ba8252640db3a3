import type { Section } from '../markdown/sections.js';
import type { UnreadableLine } from './dependencies.js';
import { saysNothing } from './fact.js';
import type { KeyedLine } from './keyed-lines.js';

/** Code that an issue shares with others: its name, and how to coordinate if somebody said so. */
export interface SharesLine {
  readonly name: string;
  readonly note: string | null;
  readonly line: number;
  readonly source: 'section' | 'line';
}

export interface Shares {
  readonly lines: readonly SharesLine[];
  readonly unreadable: readonly UnreadableLine[];
}

const MAX_NAME = 200;
/** White space before, so that a name may hold dashes; a phone makes one long dash of the two hyphens. */
const NOTE = /(?:^|\s)(?:--|—|–)(?:\s|$)/;

/**
 * Reads what an issue shares: under a heading `Shares` each line is `<name>` or `<name> -- <note>`, as a paragraph or
 * a list; elsewhere a line `Shares: <name> -- <note>`. A name that comes twice (in whatever case, as in labels) is
 * given once.
 */
export function readShares(section: Section | undefined, keyed: readonly KeyedLine[]): Shares {
  const lines = new Map<string, SharesLine>();
  const unreadable: UnreadableLine[] = [];
  const named = new Set(keyed.map((line) => line.number));
  const listed = sectionLines(section).filter(({ line }) => !named.has(line));
  for (const { text, line, source } of [...listed, ...keyed.map(fromKeyed)]) {
    if (saysNothing(text)) continue;
    const at = NOTE.exec(text);
    const name = (at === null ? text : text.slice(0, at.index))
      .replace(/[`*]/g, '')
      .replace(/\s+/g, ' ')
      .trim();
    const note = at === null ? '' : text.slice(at.index + at[0].length).trim();
    if (name === '' || name.length > MAX_NAME) {
      const problem = name === '' ? 'no name before the note' : `a name longer than ${MAX_NAME} characters`;
      unreadable.push({ line, written: text, note: `${problem}; write \`name -- note\`` });
      continue;
    }
    const key = name.toLowerCase();
    if (!lines.has(key)) lines.set(key, { name, note: note === '' ? null : note, line, source });
  }
  return { lines: [...lines.values()], unreadable };
}

interface Candidate {
  readonly text: string;
  readonly line: number;
  readonly source: 'section' | 'line';
}

function fromKeyed(line: KeyedLine): Candidate {
  return { text: line.value, line: line.number, source: 'line' };
}

function sectionLines(section: Section | undefined): readonly Candidate[] {
  const lines = (section?.blocks ?? []).flatMap((block) =>
    block.kind === 'paragraph' || block.kind === 'list item' ? block.lines : [],
  );
  return lines.map((line) => ({ text: line.text.trim(), line: line.number, source: 'section' }));
}
