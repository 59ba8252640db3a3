/** What a YAML error means for who wrote the text: where to look, and how to mend it. */
import { codeSpan } from '../text/code.js';
import { linesOf } from './yaml-places.js';

interface Explained {
  readonly line: number;
  readonly message: string;
}

/** Where the line is beside the point, or where the parser's words say it all but how to mend it. */
const EXPLAINED: readonly (readonly [reason: RegExp, message: string])[] = [
  [
    /maxAliases/,
    'a text that begins with `*` needs quotes; an alias (`*name`) is not allowed: write the value out',
  ],
  [
    /unknown .*tag|tag name|tag suffix|tag handle/,
    'a text that begins with `!` needs quotes; a tag (`!name`) is not allowed',
  ],
  [/anchor node/, 'a text that begins with `&` needs quotes'],
  [/tab characters/, 'indent with spaces: tabs are not allowed'],
  [/escape sequence/, 'in double quotes a backslash must be written twice; in single quotes once'],
  [/complex keys/, 'expected text for a key; got a list or a mapping'],
  [/missed comma/, 'a comma or a closing bracket is missing'],
];

/** What may be wrong with a line, seen from the line alone. */
const SEEN: readonly (readonly [line: RegExp, message: string])[] = [
  [/(?:[:-] +|[[,] *)@/, 'a text that begins with `@` needs quotes'],
  [/(?:[:-] +|[[,] *)`/, 'a text that begins with a backtick needs quotes'],
  [/(?:[:-] +|[[,] *)%/, 'a text that begins with `%` needs quotes'],
  [/[:-] +\{[^{}]*\} *[^\s#,}\]]/, 'a text that begins with `{` needs quotes'],
  [
    /[:-] +(?:"[^"]*"|'[^']*') *[^\s#,}\]"']/,
    'there is something behind the closing quote: put all of the text in quotes',
  ],
  [/^ *(?:- +)*[\w$-]+: +[^\s"'[{#|>][^#]*:(?: |$)/, 'a text with a colon and a space in it needs quotes'],
];

/** So that looking at a line takes no time, whatever is in it. */
const MAX_LOOK = 500;

/**
 * The parser's reason in words of ours, with the line that has to be mended: a quote, a bracket or a colon that is
 * missing is noticed only later.
 *
 * @param line where the parser stopped, from 1
 */
export function explainYaml(reason: string, text: string, line: number, maxDepth: number): Explained {
  const lines = linesOf(text).map((each) => each.slice(0, MAX_LOOK));
  const conflict = lines.findIndex((each) => /^(?:<{7}|>{7}) /.test(each));
  if (conflict !== -1)
    return { line: conflict + 1, message: 'the marks of a merge conflict are still there: resolve it' };
  if (/maxDepth/.test(reason)) return { line, message: `it is nested more than ${maxDepth} levels deep` };
  const known = EXPLAINED.find(([pattern]) => pattern.test(reason));
  if (known !== undefined) return { line, message: known[1] };
  const seen = SEEN.find(([pattern]) => pattern.test(lines[line - 1] ?? ''));
  if (seen !== undefined) return { line, message: seen[1] };
  return (
    unclosed(reason, lines.slice(0, line)) ??
    colonless(reason, lines.slice(0, line)) ?? { line, message: inOwnWords(reason) }
  );
}

/** The last line in which a quote or bracket opens that does not close there. */
function unclosed(reason: string, lines: readonly string[]): Explained | null {
  if (
    !/deficient indentation|unexpected end|line break is expected|document separator|block mapping/.test(
      reason,
    )
  )
    return null;
  const quote = lines.findLastIndex((each) =>
    /(?:[:-] +|[[{,] *)(?:"(?:[^"\\]|\\.)*|'(?:[^']|'')*)$/.test(each),
  );
  if (quote !== -1) return { line: quote + 1, message: 'the quote that opens here is not closed' };
  if (!/deficient indentation|unexpected end/.test(reason)) return null;
  const bracket = lines.findLastIndex((each) => count(each, /[[{]/g) > count(each, /[\]}]/g));
  return bracket === -1 ? null : { line: bracket + 1, message: 'the bracket that opens here is not closed' };
}

function count(line: string, pattern: RegExp): number {
  return line.match(pattern)?.length ?? 0;
}

/** The last line that is neither `key: value` nor `- entry`. */
function colonless(reason: string, lines: readonly string[]): Explained | null {
  if (!/document separator|block mapping|after a mapping key/.test(reason)) return null;
  const found = lines.findLastIndex((each) => /^\s*[^\s#-]/.test(each) && !/:(?:\s|$)/.test(each));
  if (found === -1) return null;
  return { line: found + 1, message: 'expected `key: value`, with a space behind the colon' };
}

function inOwnWords(reason: string): string {
  if (/bad indentation|deficient indentation/.test(reason))
    return 'the indentation is wrong: what belongs together begins in the same column';
  return `not valid YAML: ${codeSpan(reason, 120)}`;
}
