import MarkdownIt from 'markdown-it';
import type { MarkdownIt as Parser, Token } from 'markdown-it';
import { tableRule } from './table-rule.js';

/**
 * The Markdown parser for text that people wrote. Only what decides "is this line plain text of the page?" is on:
 * all block rules, and of the inline rules those that can swallow the start of a line (code, links, HTML,
 * strike-through) or stand before a word (emphasis, escapes). Nothing is ever rendered.
 *
 * Blocks are nested at most 100 deep. What is deeper is not read, and neither is what follows a list that deep: a
 * command there is not run and a fact there is unknown, so a hostile text can only harm itself.
 *
 * Links within brackets are looked for 20 deep: the parser's time on a run of `[` grows with that depth.
 *
 * Measured on Node 20 and two busy cores, warm, with 64 KiB of each: reading a whole comment or issue body took at
 * most 95 ms with 10,922 list items (`* * a`), 75 ms with `_a`, `*a` or `~~a`, 61 ms with brackets, 52 ms with 32,768
 * short lines, and less with quotes, tables, backticks, `<`, `<!--`, `<![CDATA[`, addresses or one long line. From 16 to
 * 64 KiB the time grew with the length. Brackets looked for 100 deep took 180 ms, the parser's own tables up to 196 ms.
 */
const INLINE_RULES = [
  'text',
  'newline',
  'escape',
  'backticks',
  'strikethrough',
  'emphasis',
  'link',
  'autolink',
  'html_inline',
];
const INLINE_PAIR_RULES = ['balance_pairs', 'strikethrough', 'emphasis', 'fragments_join'];

const blockParser = makeBlockParser();
const inlineParser = makeInlineParser();

function makeBlockParser(): Parser {
  const markdown = new MarkdownIt('default', { html: true, maxNesting: 100 });
  markdown.block.ruler.at('table', tableRule, { alt: ['paragraph', 'reference'] });
  return anyAddress(markdown);
}

function makeInlineParser(): Parser {
  const markdown = new MarkdownIt('default', { html: true, maxNesting: 20 });
  markdown.inline.ruler.enableOnly(INLINE_RULES);
  markdown.inline.ruler2.enableOnly(INLINE_PAIR_RULES);
  return anyAddress(markdown);
}

/** A link is a link wherever it points: the address is neither checked nor rewritten, since nothing is rendered. */
function anyAddress(markdown: Parser): Parser {
  markdown.validateLink = () => true;
  markdown.normalizeLink = (address) => address;
  return markdown;
}

/** Definitions of link addresses that the blocks held; what inline parsing needs to know a reference link. */
export type LinkDefinitions = Record<string, unknown>;

/** The block tokens of a text whose lines end in `\n`. Inline content stays unparsed. */
export function blockTokens(text: string): {
  readonly tokens: readonly Token[];
  readonly links: LinkDefinitions;
} {
  const tokens: Token[] = [];
  const links: LinkDefinitions = {};
  blockParser.block.parse(text, blockParser, links, tokens);
  return { tokens, links };
}

/** The inline tokens of one paragraph's content. */
export function inlineTokens(content: string, links: LinkDefinitions): readonly Token[] {
  const tokens: Token[] = [];
  inlineParser.inline.parse(content, inlineParser, links, tokens);
  return tokens;
}
