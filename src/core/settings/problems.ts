/** What is wrong with a settings file, in words that say what was expected, what was there and where. */
import { z } from 'zod';
import { codeSpan } from '../text/code.js';
import { nearest } from '../text/nearest.js';
import type { PathStep } from './yaml.js';

export interface Problem {
  /** The key, like `phases[1].duration`; empty for the file as a whole. People's text, not escaped. */
  readonly path: string;
  /** From 1. */
  readonly line: number;
  /** Markdown; what people wrote stands in code spans. */
  readonly message: string;
}

/** One problem before its line is known. */
export interface Finding {
  readonly path: readonly PathStep[];
  readonly message: string;
}

/** `phases[1].duration` */
export function showPath(path: readonly PathStep[]): string {
  return path.reduce<string>(
    (shown, step) =>
      typeof step === 'number' ? `${shown}[${step}]` : shown === '' ? step : `${shown}.${step}`,
    '',
  );
}

/** What the schema found, in words. `value` is the whole file's value. */
export function findings(schema: z.ZodType, error: z.ZodError, value: unknown): Finding[] {
  return error.issues.flatMap((issue) => explain(schema, issue, [], value));
}

function explain(
  schema: z.ZodType,
  issue: z.core.$ZodIssue,
  outer: readonly PathStep[],
  value: unknown,
): Finding[] {
  const path = [...outer, ...issue.path.map((step) => (typeof step === 'number' ? step : String(step)))];
  const got = show(at(value, path));
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({ path: [...path, key], message: unknownKey(schema, path, key) }));
    case 'invalid_union':
      return explainUnion(schema, issue, path, value);
    case 'invalid_type':
      return [{ path, message: `${wanted(issue)}; got ${got}${inQuotes(issue, at(value, path))}` }];
    case 'invalid_value':
      return [
        {
          path,
          message: `expected ${oneOf(issue.values.map(String))}; got ${got}${meant(at(value, path), issue.values.map(String))}`,
        },
      ];
    case 'too_big':
      return [
        { path, message: `expected at most ${amount(issue.origin, Number(issue.maximum))}; got ${got}` },
      ];
    case 'too_small':
      return [
        { path, message: `expected at least ${amount(issue.origin, Number(issue.minimum))}; got ${got}` },
      ];
    default:
      return [{ path, message: `${issue.message}; got ${got}` }];
  }
}

/** A schema's own words, which begin with "expected", or those of the type. */
function wanted(issue: z.core.$ZodIssueInvalidType): string {
  if (issue.message.startsWith('expected ')) return issue.message;
  return `expected ${TYPES[issue.expected] ?? issue.expected}`;
}

function inQuotes(issue: z.core.$ZodIssueInvalidType, value: unknown): string {
  const plain = typeof value === 'number' || typeof value === 'boolean';
  return plain && wanted(issue) === 'expected text' ? ': put it in quotes' : '';
}

/** Of the ways in which something may be written, the one that was tried is explained. */
function explainUnion(
  schema: z.ZodType,
  issue: z.core.$ZodIssueInvalidUnion,
  path: readonly PathStep[],
  value: unknown,
): Finding[] {
  const tried = issue.errors.find(
    (issues) => !issues.some((inner) => inner.path.length === 0 && isOfKind(inner)),
  );
  if (tried !== undefined) return tried.flatMap((inner) => explain(schema, inner, path, value));
  const expected = issue.errors.flat().map((inner) => {
    if (inner.code === 'invalid_type') return TYPES[inner.expected] ?? inner.expected;
    return inner.code === 'invalid_value' ? oneOf(inner.values.map(String)) : inner.message;
  });
  return [{ path, message: `expected ${[...new Set(expected)].join(' or ')}; got ${show(at(value, path))}` }];
}

function isOfKind(issue: z.core.$ZodIssue): boolean {
  return issue.code === 'invalid_type' || issue.code === 'invalid_value';
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: '`true` or `false`',
  array: 'a list',
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

function unknownKey(schema: z.ZodType, path: readonly PathStep[], key: string): string {
  const known = knownKeys(z.toJSONSchema(schema, { io: 'input' }), path);
  const near = nearest(key, known);
  const hint =
    near === undefined
      ? `Known here: ${known.map((name) => `\`${name}\``).join(', ')}.`
      : `Did you mean \`${near}\`?`;
  return `unknown key ${codeSpan(key, 60)}. ${hint}`;
}

type JsonSchema = z.core.JSONSchema.BaseSchema;

function knownKeys(schema: JsonSchema, path: readonly PathStep[]): string[] {
  const ways = [schema, ...(schema.anyOf ?? [])].filter((way) => typeof way === 'object');
  const [step, ...rest] = path;
  if (step === undefined) return ways.flatMap((way) => Object.keys(way.properties ?? {}));
  return ways.flatMap((way) => {
    const inner = typeof step === 'number' ? way.items : way.properties?.[step];
    return typeof inner === 'object' && !Array.isArray(inner) ? knownKeys(inner, rest) : [];
  });
}

function at(value: unknown, path: readonly PathStep[]): unknown {
  let found = value;
  for (const step of path) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, step)) return undefined;
    found = Object.entries(found).find(([key]) => key === String(step))?.[1];
  }
  return found;
}

function show(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  if (Array.isArray(value)) return value.length === 1 ? 'a list of 1' : `a list of ${value.length}`;
  if (typeof value === 'object') return 'a mapping';
  if (typeof value === 'string') return value.trim() === '' ? 'empty text' : `text ${codeSpan(value, 60)}`;
  return typeof value === 'number' || typeof value === 'boolean' ? codeSpan(`${value}`) : 'something else';
}
