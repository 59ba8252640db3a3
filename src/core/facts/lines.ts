import type { Block, MarkdownPage, SourceLine } from '../markdown/blocks.js';
import { plainLines } from '../markdown/plain-lines.js';

/** A line of a page whose beginning is plain text, as written (trimmed) and freed of Markdown. */
export interface PlainLine {
  readonly number: number;
  readonly written: string;
  readonly plain: string;
  readonly heading: boolean;
}

/**
 * The wanted lines of paragraphs, list items and headings that begin as plain text. Code, quotes, tables and HTML
 * are no lines of that kind. Only paragraphs that hold a wanted line are read closely.
 */
export function plainLinesOf(
  page: MarkdownPage,
  isWanted: (line: SourceLine) => boolean,
): readonly PlainLine[] {
  return page.blocks.flatMap((block) => {
    const lines = linesOf(block);
    const wanted = new Set(lines.flatMap((line, index) => (isWanted(line) ? [index] : [])));
    const texts = lines.map((line) => line.text);
    return [...plainLines(texts, wanted, page.links)].map(([index, plain]) => ({
      number: lines[index]?.number ?? 0,
      written: (texts[index] ?? '').trim(),
      plain: plain.trim(),
      heading: block.kind === 'heading',
    }));
  });
}

/** The lines of a block that people read as text, without the signs that make it a heading or an item. */
function linesOf(block: Block): readonly SourceLine[] {
  switch (block.kind) {
    case 'paragraph':
    case 'list item':
      return block.lines;
    case 'heading':
      return [{ number: block.lines[0]?.number ?? 0, text: block.text.replaceAll('\n', ' ') }];
    case 'html':
    case 'other':
      return [];
  }
}
