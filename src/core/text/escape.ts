/**
 * People's text in the bot's Markdown. Every function takes the text as it was written and gives Markdown that
 * shows exactly that text, on one line, and does nothing else: no formatting, no HTML, no link, no mention, no
 * reference, no closing of an issue. Cut first, escape second: that is why they take the length.
 */
import { cutText, oneLine } from './clean.js';
import { codeSpan } from './code.js';

const ZERO_WIDTH_SPACE = '\u200b';

/**
 * Makes mentions, references and links inert with zero-width spaces, and changes nothing that is seen: after `@`
 * and `#` (their full-width and small forms too), in `GH-1`, in HTML entities, in `://`, in `www.` and before the
 * number of an issue's, pull request's or discussion's address. A closing keyword has nothing left to close.
 * GitHub looks for these in the rendered text, where an entity is an `@` again, so entities would not do.
 * Source: docs.github.com, "Autolinked references and URLs".
 */
export function neutralise(text: string): string {
  return text
    .replace(/&(?=#?[a-z0-9]+;)/gi, `&${ZERO_WIDTH_SPACE}`)
    .replace(/[@＠﹫#＃﹟](?!\u200b)/g, `$&${ZERO_WIDTH_SPACE}`)
    .replace(/(?<![\p{L}\p{N}])gh-(?=\d)/giu, `$&${ZERO_WIDTH_SPACE}`)
    .replace(/:(?=\/\/)/g, `:${ZERO_WIDTH_SPACE}`)
    .replace(/www(?=\.)/gi, `$&${ZERO_WIDTH_SPACE}`)
    .replace(/\/(?:issues|pull|pulls|discussions)\/(?=\d)/gi, `$&${ZERO_WIDTH_SPACE}`);
}

/** GitHub shows a commit by seven digits or more; pieces of six are none. */
const COMMIT = /\b[0-9a-f]{7,}\b/gi;

/**
 * As `neutralise`, and no commit is linked and no `:name:` becomes a picture: for text that is only looked at. Titles keep
 * these, since GitHub does no more than show them there.
 */
function inert(text: string): string {
  return neutralise(text)
    .replace(COMMIT, (digits) => digits.replace(/.{6}(?=.)/g, `$&${ZERO_WIDTH_SPACE}`))
    .replace(/:(?=[\w+-]{1,100}:)/g, `:${ZERO_WIDTH_SPACE}`);
}

/** Escaped text with the commit that the app itself has named in it as code: that one people copy. */
export function withCommit(escaped: string, sha: string): string {
  return escaped.replace(inert(sha), codeSpan(sha));
}

/** Text for a paragraph or a list item. A line that it begins is never a command, list, heading, quote or rule. */
export function escapeMarkdown(text: string, max = Infinity): string {
  return escapeInline(text, max)
    .replace(/^[-+=>:/]/, '\\$&')
    .replace(/^(\d+)([.)])/, '$1\\$2');
}

/** Text for one cell of a table. */
export function escapeTableCell(text: string, max = Infinity): string {
  return escapeInline(text, max);
}

/** Text for the brackets of a link: `[…](address)`. */
export function escapeLinkText(text: string, max = Infinity): string {
  return escapeInline(text, max);
}

/** Text between the tags of an HTML block, where Markdown is not read. */
export function escapeHtml(text: string, max = Infinity): string {
  return inert(cutText(oneLine(text), max))
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;');
}

/** An underscore inside a word is left alone, because it formats nothing there and file names stay readable. */
function escapeInline(text: string, max: number): string {
  return inert(cutText(oneLine(text), max))
    .replace(/[\\`*~[\]<|$]/g, '\\$&')
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_');
}
