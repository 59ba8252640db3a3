/**
 * What GitHub shows of Markdown, by a renderer that shares no code with the app, and by the rules with which GitHub then
 * looks for more in the text of the rendering. Where GitHub's own rules are narrower than these, these are the stricter.
 */
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';

export function renderGfm(markdown: string): string {
  return micromark(markdown, {
    allowDangerousHtml: true,
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
  });
}

/** A comment, a tag, or text up to the next of them. */
const PART = /<!--[^]*?-->|<\/?[a-zA-Z][^>]*>|[^<]+|</g;

/** All that is in the rendering beside text: its elements and comments in order, with what they have. */
export function outlineOf(html: string): readonly string[] {
  return (html.match(PART) ?? []).filter((part) => /^<./.test(part));
}

/** The text that a reader sees, spaces as they are in the source. */
export function textOf(html: string): string {
  return (html.match(PART) ?? [])
    .filter((part) => !/^<./.test(part))
    .map(decoded)
    .join('');
}

/**
 * What GitHub makes live in text outside of code and links. In each pattern what is looked for is wider than what GitHub
 * documents, so that nothing rests on where exactly it draws the line.
 * Source: docs.github.com, "Autolinked references and URLs", "Basic writing and formatting syntax".
 */
const LIVE: Readonly<Record<string, RegExp>> = {
  mention: /[@＠﹫][\w-]+/g,
  reference: /[\w./-]*[#＃﹟]\d+/g,
  'GH reference': /(?<![\p{L}\p{N}])gh-\d/giu,
  address: /:\/\/|www\./gi,
  'page of an issue': /\/(?:issues|pull|pulls|discussions)\/\d/gi,
  commit: /(?<![\p{L}\p{N}_])[0-9a-f]{7,40}(?![\p{L}\p{N}_])/giu,
  emoji: /:[\w+-]+:/g,
  entity: /&#?[a-z0-9]+;/gi,
};

/** Each with its kind, like `mention: @x`. */
export function liveIn(html: string): readonly string[] {
  const text = proseOf(html);
  return Object.entries(LIVE).flatMap(([kind, pattern]) =>
    [...text.matchAll(pattern)].map(([found]) => `${kind}: ${found}`),
  );
}

/** The text outside of code, links and comments. Each element ends a word. */
function proseOf(html: string): string {
  let inside = 0;
  let text = '';
  for (const part of html.match(PART) ?? []) {
    if (/^<(?:code|pre|a)\b/.test(part)) inside += 1;
    else if (/^<\/(?:code|pre|a)>/.test(part)) inside -= 1;
    else if (/^<./.test(part)) text += '\n';
    else if (inside === 0) text += decoded(part);
  }
  return text;
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', amp: '&' };

function decoded(text: string): string {
  return text.replace(/&(lt|gt|quot|amp);/g, (_, name: string) => ENTITIES[name] ?? '');
}
