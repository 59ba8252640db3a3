import type { Token } from 'markdown-it';
import { OUTSIDE, htmlAfter, mayHoldTags } from './html.js';
import type { HtmlState } from './html.js';
import { blockTokens, inlineTokens } from './parser.js';
import type { LinkDefinitions } from './parser.js';

/** One line of the text as people wrote it. Numbers count from 1. */
export interface SourceLine {
  readonly number: number;
  readonly text: string;
}

/**
 * A block of the page. A `paragraph` and a `heading` stand at the top level; `html` of a paragraph is how far the HTML
 * of the page has come before it. A `list item` is one paragraph of an item
 * of a list, at any depth, without the item's marker. `html` is an HTML block; `other` is everything else: code,
 * quotes with all that is in them, tables, rules, footnotes and link definitions.
 */
export type Block =
  | { readonly kind: 'paragraph'; readonly lines: readonly SourceLine[]; readonly html: HtmlState }
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

/**
 * Opens a footnote, right below a paragraph too; the lines that follow go on in it. GitHub has them (github/cmark-gfm,
 * `scan_footnote_definition`); the parser's own rules do not.
 */
const FOOTNOTE = /^ {0,3}\[\^[^\] \t]+\]:/;

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
  return { lines, blocks: collect(tokens, lines, links), links };
}

function collect(
  tokens: readonly Token[],
  lines: readonly SourceLine[],
  links: LinkDefinitions,
): readonly Block[] {
  const blocks: Block[] = [];
  let quotes = 0;
  let lists = 0;
  let html = OUTSIDE;
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
      const footnote = first === footnoteEnd ? 0 : own.findIndex((line) => FOOTNOTE.test(line.text));
      const page = footnote === -1 ? own : own.slice(0, footnote);
      if (page.length > 0) blocks.push({ kind: 'paragraph', lines: page, html });
      if (page.length < own.length) blocks.push({ kind: 'other', lines: own.slice(page.length) });
      html = afterParagraph(tokens[index + 1]?.content ?? '', links, html);
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
      html = htmlAfter(token.content, html);
    } else if (OTHERS.has(token.type)) {
      blocks.push({ kind: 'other', lines: lines.slice(first, end) });
      const label = token.meta?.['label'];
      if (typeof label === 'string' && label.startsWith('^')) footnoteEnd = end;
    }
  }
  return blocks;
}

/** Tags within a paragraph count if they are no code and no text; only then is it read closely. */
function afterParagraph(content: string, links: LinkDefinitions, before: HtmlState): HtmlState {
  if (!mayHoldTags(content)) return before;
  const tags = inlineTokens(content, links).filter((token) => token.type === 'html_inline');
  return htmlAfter(tags.map((tag) => tag.content).join(''), before);
}

/** The lines of a paragraph inside a list item, freed of marker and indent. */
function contentLines(inline: Token | undefined, first: number): readonly SourceLine[] {
  const content = inline?.content ?? '';
  return content.split('\n').map((line, index) => ({ number: first + index + 1, text: line }));
}
