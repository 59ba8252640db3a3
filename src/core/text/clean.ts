/**
 * What a reader cannot see is taken out before text goes anywhere: an approver must be able to see everything
 * that an agent will read, and a title must not reorder the line it stands on.
 */

/** Emoji written with a joiner or a variation selector; the only place where such a character is kept. */
const EMOJI =
  /\p{Extended_Pictographic}\p{Emoji_Modifier}?\ufe0f?(?:\u200d\p{Extended_Pictographic}\p{Emoji_Modifier}?\ufe0f?)*|[0-9#*]\ufe0f\u20e3/gu;

/** Zero-width, bidi, tag, filler, variation and annotation characters, and controls other than tab and newline. */
const INVISIBLE =
  // eslint-disable-next-line no-control-regex -- controls are what it looks for
  /[\p{Default_Ignorable_Code_Point}\ufff9-\ufffb\u0000-\u0008\u000b-\u001f\u007f-\u009f]/gu;

/**
 * The text without anything that a reader does not see: HTML comments, zero-width, bidi, tag and control
 * characters. Newlines become `\n`; tabs stay; half a surrogate pair becomes `�`. Emoji keep their joiners, other
 * scripts lose theirs. A comment that is never closed and begins a line hides all that follows it on GitHub, so
 * all that is removed. Linear in the length; doing it twice changes nothing more.
 */
export function stripHidden(text: string): string {
  return stripHtmlComments(stripInvisible(text));
}

/** Most text is of this kind, and nothing in it is invisible. */
const PLAIN = /^[\t\n -~]*$/;

/** As `stripHidden`, but leaves HTML comments alone. */
export function stripInvisible(text: string): string {
  if (PLAIN.test(text)) return text;
  const lines = text.replace(/\r\n?|\u0085/g, '\n').replace(/\p{Surrogate}/gu, '\ufffd');
  let clean = '';
  let end = 0;
  for (const emoji of lines.matchAll(EMOJI)) {
    clean += lines.slice(end, emoji.index).replace(INVISIBLE, '') + emoji[0];
    end = emoji.index + emoji[0].length;
  }
  return clean + lines.slice(end).replace(INVISIBLE, '');
}

function stripHtmlComments(text: string): string {
  let clean = '';
  let end = 0;
  for (;;) {
    const start = text.indexOf('<!--', end);
    if (start === -1) return clean + text.slice(end);
    const close = text.indexOf('-->', start + 2);
    if (close === -1) return clean + unclosed(text.slice(end));
    clean += text.slice(end, start);
    // The two sides must not join to a new opening.
    if (/[<!-]$/.test(clean)) clean += ' ';
    end = close + '-->'.length;
  }
}

function unclosed(rest: string): string {
  const hides = /^ {0,3}<!--/m.exec(rest);
  return hides === null ? rest : rest.slice(0, hides.index);
}

/** The text on one line: without anything invisible, every run of white space one space, trimmed. */
export function oneLine(text: string): string {
  return stripInvisible(text).replace(/\s+/g, ' ').trim();
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * The text, or its beginning and `…` if it is longer than `max` (at least 1). Lengths are UTF-16 code units, the
 * largest of the ways in which GitHub might count, so the result keeps every limit. It is cut between characters
 * as a reader sees them; only one that is longer than `max` by itself is dropped whole.
 */
export function cutText(text: string, max: number): string {
  if (text.length <= max) return text;
  // Of plain text each character is one as a reader sees it, which is looked up much faster than asked for.
  if (PLAIN.test(text.slice(0, max + 1))) return text.slice(0, max - 1).trimEnd() + '…';
  let end = 0;
  for (const { index, segment } of graphemes.segment(text)) {
    if (index + segment.length > max - 1) break;
    end = index + segment.length;
  }
  return text.slice(0, end).trimEnd() + '…';
}

/** `1 issue`, `2 issues`; give the plural where it is not the singular with an s. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
