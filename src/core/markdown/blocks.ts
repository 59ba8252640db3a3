import type { Token } from 'markdown-it';
import { containersOpenAfter } from './html.js';
import { blockTokens } from './parser.js';
import type { LinkDefinitions } from './parser.js';

/** One line of the text as people wrote it. Numbers count from 1. */
export interface SourceLine {
  readonly number: number;
  readonly text: string;
}

/**
 * A block of the page. A `paragraph` and a `heading` stand at the top level. A `list item` is one paragraph of an item
 * of a list, at any depth, without the item's marker. `html` is an HTML block; `other` is everything else: code,
 * quotes with all that is in them, tables, rules, footnotes and link definitions.
 */
export type Block =
  | { readonly kind: 'paragraph'; readonly lines: readonly SourceLine[]; readonly insideHtml: boolean }
  | {
      readonly kind: 'heading';
      readonly level: number;
      readonly lines: readonly SourceLine[];
      readonly text: string;
    }
  | { readonly kind: 'list item'; readonly depth: number; readonly lines: readonly SourceLine[] }
  | { readonly kind: 'html'; readonly lines: readonly SourceLine[]; readonly comment: boolean }
  | { readonly kind: 'other'; readonly lines: readonly SourceLine[] };

/** A text read as Markdown, blocks only. */
export interface MarkdownPage {
  readonly lines: readonly SourceLine[];
  readonly blocks: readonly Block[];
  readonly links: LinkDefinitions;
}

/** Opens a footnote, in which the lines that follow go on. GitHub has them; the parser's own rules do not. */
const FOOTNOTE = /^ {0,3}\[\^[^\]\s]{1,200}\]:/;

const LISTS = new Set(['bullet_list_open', 'bullet_list_close', 'ordered_list_open', 'ordered_list_close']);
const OTHERS = new Set([
  'blockquote_open',
  'fence',
  'code_block',
  'hr',
  'table_open',
  'reference_definition',
]);

/**
 * Reads a text as Markdown. Line ends may be LF, CRLF or CR. Never throws; the work grows linearly with the text
 * (figures in parser.ts).
 */
export function readMarkdown(text: string): MarkdownPage {
  const source = text.replace(/\r\n?/g, '\n');
  const lines = source.split('\n').map((line, index) => ({ number: index + 1, text: line }));
  const { tokens, links } = blockTokens(source);
  return { lines, blocks: collect(tokens, lines), links };
}

function collect(tokens: readonly Token[], lines: readonly SourceLine[]): readonly Block[] {
  const blocks: Block[] = [];
  let quotes = 0;
  let lists = 0;
  let openHtml = 0;
  let footnoteEnd = -1;
  for (const [index, token] of tokens.entries()) {
    const quoted = quotes > 0;
    if (token.type === 'blockquote_open' || token.type === 'blockquote_close') quotes += token.nesting;
    if (quoted) continue;
    if (LISTS.has(token.type)) lists += token.nesting;
    const [first, end] = token.map ?? [0, 0];
    if (lists > 0) {
      if (token.type !== 'paragraph_open') continue;
      blocks.push({ kind: 'list item', depth: lists, lines: contentLines(tokens[index + 1], first) });
    } else if (token.type === 'paragraph_open') {
      const own = lines.slice(first, end);
      const footnote = first === footnoteEnd || FOOTNOTE.test(own[0]?.text ?? '');
      if (footnote) blocks.push({ kind: 'other', lines: own });
      else blocks.push({ kind: 'paragraph', lines: own, insideHtml: openHtml > 0 });
    } else if (token.type === 'heading_open') {
      const text = tokens[index + 1]?.content ?? '';
      blocks.push({
        kind: 'heading',
        level: Number(token.tag.slice(1)),
        lines: lines.slice(first, end),
        text,
      });
    } else if (token.type === 'html_block') {
      const comment = token.content.trimStart().startsWith('<!--');
      blocks.push({ kind: 'html', lines: lines.slice(first, end), comment });
      openHtml = containersOpenAfter(token.content, openHtml);
    } else if (OTHERS.has(token.type)) {
      blocks.push({ kind: 'other', lines: lines.slice(first, end) });
      const label = token.meta?.['label'];
      if (typeof label === 'string' && label.startsWith('^')) footnoteEnd = end;
    }
  }
  return blocks;
}

/** The lines of a paragraph inside a list item, freed of marker and indent. */
function contentLines(inline: Token | undefined, first: number): readonly SourceLine[] {
  const content = inline?.content ?? '';
  return content.split('\n').map((line, index) => ({ number: first + index + 1, text: line }));
}
