import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import type { Schema } from './json-schema.js';
import { findUnknownKeys, typesOf } from './unknown-keys.js';
import { describeValue, type Violation } from './violation.js';

/** What is wrong at one place of one value. */
export type Finding = Pick<Violation, 'at' | 'expected' | 'got'>;

/** Checks values against the schemas of one document. */
export interface Validator {
  /** All findings for a value; empty if it is as documented. `pointer` is a JSON pointer into the document. */
  check(pointer: string, value: unknown): readonly Finding[];
  /** The schema at the pointer. Throws if there is none. */
  schema(pointer: string): Schema;
  /** The JSON types that the schema at the pointer lets through. */
  types(pointer: string): ReadonlySet<string>;
}

/** GitHub gives bots addresses like `1+app[bot]@users.noreply.github.com`, which the standard does not allow. */
const EMAIL = /^[^\s@]+@[^\s@]+$/;

/**
 * A validator over a document of JSON schemas whose references are `#/…` pointers into it. Schemas are compiled on
 * first use and kept.
 */
export function createValidator(id: string, document: object): Validator {
  // The schemas are committed data that a test compiles; to check them against the meta schema at each start would
  // triple the time to the first answer. Code that is short to make is worth more here than code that is fast to run.
  const trusted = { validateSchema: false, meta: false } as const;
  const quick = { inlineRefs: false, code: { optimize: false } } as const;
  const ajv = new Ajv({ ...trusted, ...quick, strict: false, allErrors: true, verbose: true, logger: false });
  addFormats.default(ajv);
  ajv.addFormat('email', EMAIL);
  ajv.addSchema(document, id);
  const compiled = new Map<string, ValidateFunction>();

  function validate(pointer: string): ValidateFunction {
    const before = compiled.get(pointer);
    if (before !== undefined) return before;
    const made = ajv.compile({ $ref: `${id}#${pointer}` });
    compiled.set(pointer, made);
    return made;
  }

  function resolve(ref: string): Schema {
    return schemaAt(document, ref.replace(/^#/, ''));
  }

  return {
    check(pointer, value) {
      const schema = resolve(pointer);
      const run = validate(pointer);
      run(value);
      const unknown = findUnknownKeys(schema, value, resolve).map((key) => ({
        at: key.at,
        expected: `no such key; documented: ${shorten(key.known)}`,
        got: describeValue(key.value),
      }));
      const rest = withoutUnionNoise(run.errors ?? []).map(toFinding);
      const seen = new Set(unknown.map((finding) => finding.at));
      return distinct([...unknown, ...rest.filter((finding) => !seen.has(finding.at))]);
    },
    schema: resolve,
    types: (pointer) => typesOf(resolve(pointer), resolve),
  };
}

/** Two alternatives of a union may say the same. */
function distinct(findings: readonly Finding[]): readonly Finding[] {
  return [...new Map(findings.map((one) => [`${one.at} ${one.expected}`, one])).values()];
}

/** The schema at a JSON pointer. Throws if there is none. */
function schemaAt(document: object, pointer: string): Schema {
  let current: unknown = document;
  for (const part of pointer.split('/').slice(1)) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    current = typeof current === 'object' && current !== null ? Reflect.get(current, key) : undefined;
  }
  if (typeof current !== 'object' || current === null) throw new Error(`no schema at ${pointer}`);
  return current;
}

/** A pointer's part, escaped as JSON pointers are. */
export function pointerPart(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}

/**
 * A value that fits no alternative fails once in each. The one worth reading is the alternative it came nearest to,
 * which is the one that fails deepest inside; if all fail at the top, the union itself is the finding.
 */
function withoutUnionNoise(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  const kept: ErrorObject[] = [];
  for (const error of errors) {
    if (error.keyword !== 'anyOf') {
      kept.push(error);
      continue;
    }
    const inside: ErrorObject[] = [];
    for (let last = kept.at(-1); last && isWithin(last, error); last = kept.at(-1)) {
      inside.unshift(last);
      kept.pop();
    }
    const deeper = inside.filter((one) => placeOf(one).length > toPlace(error.instancePath).length);
    kept.push(...(deeper.length > 0 ? deeper : [{ ...error, params: { alternatives: inside } }]));
  }
  return kept;
}

function isWithin(inner: ErrorObject, outer: ErrorObject): boolean {
  return `${inner.instancePath}/`.startsWith(`${outer.instancePath}/`);
}

function toFinding(error: ErrorObject): Finding {
  const missing = error.keyword === 'required';
  return {
    at: placeOf(error),
    expected: expectation(error),
    got: missing ? 'nothing' : describeValue(error.data),
  };
}

function placeOf(error: ErrorObject): string {
  const place = toPlace(error.instancePath);
  const key: unknown = error.params['missingProperty'] ?? error.params['additionalProperty'];
  if (typeof key !== 'string') return place;
  return place === '' ? key : `${place}.${key}`;
}

/** `/labels/0/name` as `labels[0].name`. */
function toPlace(instancePath: string): string {
  const parts = instancePath.split('/').slice(1);
  return parts.reduce((at, part) => {
    if (/^\d+$/.test(part)) return `${at}[${part}]`;
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    return at === '' ? key : `${at}.${key}`;
  }, '');
}

function expectation(error: ErrorObject): string {
  switch (error.keyword) {
    case 'required':
      return 'a value, it is required';
    case 'type':
      return [error.params['type']].flat().join(' or ');
    case 'enum':
      return `one of ${[error.params['allowedValues']]
        .flat()
        .map((one) => JSON.stringify(one))
        .join(', ')}`;
    case 'anyOf': {
      const inside: readonly ErrorObject[] = error.params['alternatives'] ?? [];
      return [...new Set(inside.map(expectation))].join(' or ');
    }
    case 'format':
      return `the format ${String(error.params['format'])}`;
    default:
      return `something that ${error.message ?? error.keyword}`;
  }
}

const MOST_KEYS = 12;

function shorten(keys: readonly string[]): string {
  const shown = keys.slice(0, MOST_KEYS).join(', ');
  return keys.length > MOST_KEYS ? `${shown} and ${keys.length - MOST_KEYS} more` : shown || 'none';
}
