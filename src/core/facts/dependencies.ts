import type { MarkdownPage } from '../markdown/blocks.js';
import { normaliseHeading } from '../markdown/sections.js';
import { plainLinesOf } from './lines.js';
import { readReferenceList } from './reference-list.js';
import { formatReference } from './references.js';
import type { IssueRef, RefContext } from './references.js';

/** One issue that the text says is to be waited for. Line numbers count from 1. */
export interface DependencyLine {
  readonly ref: IssueRef;
  readonly line: number;
  readonly written: string;
  readonly source: 'section' | 'line';
}

/** A line that begins like one of ours and cannot be read. It blocks nothing and is shown to people. */
export interface UnreadableLine {
  readonly line: number;
  readonly written: string;
  readonly note: string;
}

export interface Dependencies {
  readonly lines: readonly DependencyLine[];
  readonly unreadable: readonly UnreadableLine[];
}

const HEADINGS = new Set(['depends on', 'depends-on', 'blocked by', 'blocked-by']);
const LOOKS_LIKE_ONE = /^\s{0,20}(?:\[[ x]\]\s{1,20})?[*_]{0,6}(?:depends|blocked)[\s-]/i;
const TASK_BOX = /^\[[ x]\]\s+/i;
const KEYWORD = /^(?:depends[\s-]+on|blocked[\s-]+by)(?![\p{L}\p{N}_-])\s*:?\s*/iu;

const ONLY_KEYWORD =
  /^\s{0,20}(?:\[[ x]\]\s{1,20})?[*_]{0,6}(?:depends[\s-]+on|blocked[\s-]+by)[*_]{0,6}:?[*_]{0,6}\s*$/i;

/**
 * Reads the dependencies that a text states: `Depends on #1`, `**Depends on:** #1`, `Depends-On: #1`,
 * `Blocked by: #1, #2 and owner/repo#4`, issue URLs, at the start of a line, of a list item or of a heading; the list
 * after a line `Depends on:`; the paragraphs and lists under a heading `Depends on` or `Blocked by`. Code, quotes,
 * HTML, HTML comments and what is struck out are not read. An issue that is named twice is given once.
 */
export function readDependencies(page: MarkdownPage, context: RefContext): Dependencies {
  const listed = listedLines(page);
  const lines = new Map<string, DependencyLine>();
  const unreadable: UnreadableLine[] = [];
  const wanted = plainLinesOf(page, (line) => listed.has(line.number) || LOOKS_LIKE_ONE.test(line.text));
  for (const line of wanted) {
    const text = line.plain.replace(TASK_BOX, '');
    const keyword = KEYWORD.exec(text);
    if (keyword === null && !listed.has(line.number)) continue;
    const list = readReferenceList(text.slice(keyword?.[0].length ?? 0), context);
    if (list.kind === 'unreadable' && !line.heading) {
      unreadable.push({ line: line.number, written: line.written, note: list.note });
    }
    if (list.kind !== 'references') continue;
    const source = listed.has(line.number) ? 'section' : 'line';
    for (const ref of list.refs) {
      const key = formatReference(ref).toLowerCase();
      if (!lines.has(key)) lines.set(key, { ref, line: line.number, written: line.written, source });
    }
  }
  return { lines: [...lines.values()], unreadable };
}

/** The lines that are read without a keyword: in a section of that heading, or in the list after `Depends on:`. */
function listedLines(page: MarkdownPage): ReadonlySet<number> {
  const listed = new Set<number>();
  let inSection = false;
  let listBelow: number | null = null;
  for (const block of page.blocks) {
    if (block.kind === 'heading') inSection = HEADINGS.has(normaliseHeading(block.text));
    const depth = block.kind === 'list item' ? block.depth : 0;
    if (block.kind !== 'html' && listBelow !== null && depth <= listBelow) listBelow = null;
    if (block.kind !== 'paragraph' && block.kind !== 'list item') continue;
    if (inSection || listBelow !== null) for (const line of block.lines) listed.add(line.number);
    else if (ONLY_KEYWORD.test(block.lines.at(-1)?.text ?? '')) listBelow = depth;
  }
  return listed;
}
