import { stripHidden } from '../text/clean.js';

/**
 * The words of one command line:
 *
 *     command = ( prefix , ws , verb | "/" , verb ) , { ws , arg } , [ ws , "--" , ws , reason ] ;
 *
 * White space between words is a space, a tab or a no-break space, which phones and editors put in unasked. Other
 * signs that look like one, and a full-width slash or number sign, are letters of the word they stand in.
 */

/** At most three spaces before the slash: more is code. */
const COMMAND_LINE = /^ {0,3}\/[a-z]/i;
const SPACE = /[ \t\u00a0]/;
const SPACES = /^[ \t\u00a0]+/;
const WORD = /^[^ \t\u00a0]+/;
const KEY = /^([a-z][a-z\d-]*)=/i;
const QUOTED = /^"((?:[^"\\]|\\.)*)"(?=[ \t\u00a0]|$)/;

export type Argument =
  | { readonly kind: 'word'; readonly text: string }
  | { readonly kind: 'pair'; readonly text: string; readonly key: string; readonly value: string }
  | { readonly kind: 'unclosed'; readonly text: string; readonly key: string };

/** A line cut into words. `verb` is in lower case, and empty if there is nothing behind the prefix. */
export interface CommandLine {
  readonly form: 'prefixed' | 'bare';
  readonly verb: string;
  /** What stands behind the verb, not yet cut into words. */
  readonly rest: string;
}

export interface Arguments {
  readonly list: readonly Argument[];
  readonly reason: string | null;
}

/** Whether a line could be a command, by its first signs alone. */
export function looksLikeCommand(line: string): boolean {
  return COMMAND_LINE.test(line);
}

/** The verb of a line that looks like a command. The prefix is compared without regard to case. */
export function readCommandLine(line: string, prefix: string): CommandLine {
  const text = trimSpaces(line);
  const [head, afterHead] = nextWord(text);
  if (head.toLowerCase() !== prefix.toLowerCase()) {
    return { form: 'bare', verb: head.slice(1).toLowerCase(), rest: afterHead };
  }
  const [verb, rest] = nextWord(afterHead);
  return { form: 'prefixed', verb: verb.toLowerCase(), rest };
}

/** The arguments and the reason behind a verb. A reason of which nobody can see anything counts as none. */
export function readArguments(rest: string): Arguments {
  const list: Argument[] = [];
  let left = rest.replace(SPACES, '');
  while (left !== '') {
    if (left === '--' || (left.startsWith('--') && SPACE.test(left.charAt(2)))) {
      const reason = trimSpaces(left.slice(2));
      return { list, reason: stripHidden(reason).trim() === '' ? null : reason };
    }
    const argument = nextArgument(left);
    list.push(argument);
    left = left.slice(argument.text.length).replace(SPACES, '');
  }
  return { list, reason: null };
}

function nextArgument(left: string): Argument {
  const [word] = nextWord(left);
  const key = KEY.exec(word)?.[1]?.toLowerCase();
  if (key === undefined) return { kind: 'word', text: word };
  const value = left.slice(key.length + 1);
  if (!value.startsWith('"')) return { kind: 'pair', text: word, key, value: word.slice(key.length + 1) };
  const quoted = QUOTED.exec(value);
  if (quoted === null) return { kind: 'unclosed', text: left, key };
  const text = left.slice(0, key.length + 1 + quoted[0].length);
  return { kind: 'pair', text, key, value: (quoted[1] ?? '').replaceAll('\\"', '"') };
}

function nextWord(text: string): readonly [word: string, rest: string] {
  const word = WORD.exec(text)?.[0] ?? '';
  return [word, text.slice(word.length).replace(SPACES, '')];
}

/** By hand, since a pattern for spaces at the end takes quadratic time on long runs of them. */
function trimSpaces(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && SPACE.test(text.charAt(start))) start += 1;
  while (end > start && SPACE.test(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}
