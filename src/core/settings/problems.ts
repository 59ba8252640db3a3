/** What is wrong with a settings file, in words that say what was expected, what was there and where. */
import { z } from 'zod';
import { codeSpan } from '../text/code.js';
import { cutText } from '../text/clean.js';
import { nearest } from '../text/nearest.js';
import { type JsonSchema, unknownKey } from './unknown-key.js';
import { MAPPING, at, lengthOf, show } from './value-words.js';
import type { PathStep } from './yaml-places.js';

export interface Problem {
  /** The key, like `phases[1].duration`; empty for the file as a whole. People's text, not escaped. */
  readonly path: string;
  /** From 1. */
  readonly line: number;
  /** Markdown; what people wrote stands in code spans. */
  readonly message: string;
}

/** One problem before its line is known. A file may have thousands, and of those only some are put into words. */
export interface Finding {
  readonly path: readonly PathStep[];
  readonly message: () => string;
}

/** People name keys, also strangers in a pull request. */
const MAX_PATH = 200;

/** `phases[1].duration`, cut where it is longer than anybody reads. */
export function showPath(path: readonly PathStep[]): string {
  const shown = path.reduce<string>(
    (outer, step) =>
      typeof step === 'number' ? `${outer}[${step}]` : outer === '' ? step : `${outer}.${step}`,
    '',
  );
  return cutText(shown, MAX_PATH);
}

/** `line 3, \`merge.slot\`: expected …`, in Markdown. */
export function sayProblem({ path, line, message }: Problem): string {
  // The message on an unknown key names it.
  const key = path === '' || message.startsWith('unknown key') ? '' : `, ${codeSpan(path, 80)}`;
  return `line ${line}${key}: ${message}`;
}

/** What the schema found, in words. `value` is the whole file's value. */
export function findings(schema: z.ZodType, error: z.ZodError, value: unknown): Finding[] {
  let described: JsonSchema | undefined;
  // Nearly never needed, and it takes longer than all else.
  const keys: Keys = () => (described ??= z.toJSONSchema(schema, { io: 'input' }));
  return error.issues.flatMap((issue) => explain(keys, issue, [], value));
}

/** The schema as a description of its keys. */
type Keys = () => JsonSchema;

function explain(keys: Keys, issue: z.core.$ZodIssue, outer: readonly PathStep[], value: unknown): Finding[] {
  const path = [...outer, ...issue.path.map((step) => (typeof step === 'number' ? step : String(step)))];
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({
        path: [...path, key],
        message: () => unknownKey(keys(), path, key),
      }));
    case 'invalid_union':
      return explainUnion(keys, issue, path, value);
    default:
      return [{ path, message: () => explainValue(issue, at(value, path)) }];
  }
}

function explainValue(issue: z.core.$ZodIssue, value: unknown): string {
  const got = show(value);
  switch (issue.code) {
    case 'invalid_type':
      return ofOtherType(issue, value);
    case 'invalid_value': {
      const known = issue.values.map(String);
      return `expected ${oneOf(known)}; got ${got}${meant(value, known)}`;
    }
    case 'too_big':
      return `expected at most ${amount(issue.origin, Number(issue.maximum))}; got ${lengthOf(value)}${got}`;
    case 'too_small':
      return `expected at least ${amount(issue.origin, Number(issue.minimum))}; got ${got}`;
    default:
      return got === MAPPING ? issue.message : `${issue.message}; got ${got}`;
  }
}

/** A schema's own words, which begin with "expected", or those of the type. */
function wanted(issue: z.core.$ZodIssueInvalidType): string {
  if (issue.message.startsWith('expected ')) return issue.message;
  return `expected ${TYPES[issue.expected] ?? issue.expected}`;
}

function ofOtherType(issue: z.core.$ZodIssueInvalidType, value: unknown): string {
  const expected = wanted(issue);
  if (value === undefined) return `it is missing: ${expected}`;
  if (value === null) return `${expected}; got nothing: fill it in, or remove the key`;
  const isPlain = typeof value === 'number' || typeof value === 'boolean';
  if (isPlain && expected === 'expected text') return `${expected}; got ${show(value)}: put it in quotes`;
  if (issue.expected === 'string' && isPlaceholder(value))
    return `${expected}; got a mapping: a text that begins with \`{\` needs quotes`;
  const meantHere =
    issue.expected === 'boolean' && typeof value === 'string' ? BOOLEANS[value.toLowerCase()] : undefined;
  const hint = meantHere === undefined ? missingSpace(value) : `. Did you mean \`${meantHere}\`?`;
  return `${expected}; got ${show(value)}${hint}`;
}

/** `base:main` and `-entry` are texts. */
function missingSpace(value: unknown): string {
  const sign = typeof value === 'string' ? /^(?:[\w-]+(:)|(-))[^\s:/-]/.exec(value) : null;
  return sign === null ? '' : `: a space is missing behind the ${sign[1] === undefined ? 'dash' : 'colon'}`;
}

/** What earlier versions of YAML took for a boolean. */
const BOOLEANS: Readonly<Record<string, boolean>> = {
  yes: true,
  on: true,
  y: true,
  no: false,
  off: false,
  n: false,
};

/** `{number}` without quotes is a mapping with a key of that name. */
function isPlaceholder(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.values(value).every((inner) => inner === null);
}

/** Of the ways in which something may be written, the one that was tried is explained. */
function explainUnion(
  keys: Keys,
  issue: z.core.$ZodIssueInvalidUnion,
  path: readonly PathStep[],
  value: unknown,
): Finding[] {
  const tried = issue.errors.find(
    (issues) => !issues.some((inner) => inner.path.length === 0 && isOfKind(inner)),
  );
  if (tried !== undefined) return tried.flatMap((inner) => explain(keys, inner, path, value));
  const expected = issue.errors.flat().map((inner) => {
    if (inner.code === 'invalid_type') return wanted(inner).replace(/^expected /, '');
    return inner.code === 'invalid_value' ? oneOf(inner.values.map(String)) : inner.message;
  });
  const message = () => `expected ${[...new Set(expected)].join(' or ')}; got ${show(at(value, path))}`;
  return [{ path, message }];
}

function isOfKind(issue: z.core.$ZodIssue): boolean {
  return issue.code === 'invalid_type' || issue.code === 'invalid_value';
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a whole number',
  int: 'a whole number',
  boolean: '`true` or `false`',
  array: 'a list (`- entry`)',
  object: 'a mapping (`key: value`)',
};

function amount(origin: string, count: number): string {
  if (origin === 'string') return `${count} characters`;
  return origin === 'array' ? `${count} ${count === 1 ? 'entry' : 'entries'}` : String(count);
}

function oneOf(values: readonly string[]): string {
  const shown = values.map((value) => `\`${value}\``);
  return shown.length === 1 ? shown.join('') : `one of ${shown.join(', ')}`;
}

function meant(value: unknown, known: readonly string[]): string {
  const near = typeof value === 'string' ? nearest(value, known) : undefined;
  return near === undefined ? '' : `. Did you mean \`${near}\`?`;
}
