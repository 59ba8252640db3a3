import { htmlAfter, isInsideHtml } from './html.js';
import type { HtmlState } from './html.js';
import { inlineTokens } from './parser.js';
import type { LinkDefinitions } from './parser.js';

/**
 * Marks put before a wanted line so that it can be found again among the inline tokens. Two rare punctuation signs:
 * to Markdown they are like the start of a line, and no rule begins or ends with them. People's own are put out of
 * the way first.
 */
const OPEN = '\u2e28';
const CLOSE = '\u2e29';
const MARK = /^\u2e28(\d+)\u2e29/;

/**
 * Of the lines of one paragraph, those wanted whose beginning is plain text: not in code, a link, HTML, an HTML
 * comment or struck out. Gives for each (by its index) its text without Markdown: emphasis marks, code, HTML and
 * struck-out words are gone, of links the shown text stays. With `html`, what was open in the HTML before the
 * paragraph, lines between the tags of an element are left out as well.
 */
export function plainLines(
  lines: readonly string[],
  wanted: ReadonlySet<number>,
  links: LinkDefinitions,
  html: HtmlState | null = null,
): ReadonlyMap<number, string> {
  const found = new Map<number, string>();
  if (wanted.size === 0) return found;
  const content = lines.map((line, index) => {
    const text = line.replace(/[\u2e28\u2e29]/g, '?').trimStart();
    return wanted.has(index) ? `${OPEN}${index}${CLOSE}${text}` : text;
  });
  let line: number | null = null;
  let linkDepth = 0;
  let struckDepth = 0;
  let state = html;
  for (const token of inlineTokens(content.join('\n'), links)) {
    if (token.type === 'softbreak' || token.type === 'hardbreak') line = null;
    if (token.type === 'link_open' || token.type === 'link_close') linkDepth += token.nesting;
    if (token.type === 's_open' || token.type === 's_close') struckDepth += token.nesting;
    if (token.type === 'html_inline' && state !== null) state = htmlAfter(token.content, state);
    if (token.type !== 'text' || struckDepth > 0) continue;
    const isPlain = linkDepth === 0 && (state === null || !isInsideHtml(state));
    const mark: RegExpExecArray | null = isPlain ? MARK.exec(token.content) : null;
    if (mark !== null) line = Number(mark[1]);
    if (line === null) continue;
    found.set(line, (found.get(line) ?? '') + token.content.slice(mark?.[0].length ?? 0));
  }
  return found;
}
