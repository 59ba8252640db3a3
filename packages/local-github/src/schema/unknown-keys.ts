import { acceptsType, type Schema } from './json-schema.js';

/** A key that no part of the schema documents. */
export interface UnknownKey {
  readonly at: string;
  readonly known: readonly string[];
  readonly value: unknown;
}

/** An alternative without references and combinators. `open`: it documents no closed list of keys. */
interface Leaf {
  readonly schema: Schema;
  readonly open: boolean;
}

/** Resolves a `$ref`; throws when the document has no such schema. */
export type Resolve = (ref: string) => Schema;

/**
 * Finds the keys of a value, at every depth, that GitHub's schema does not list.
 *
 * JSON Schema allows unknown keys unless it says otherwise, and GitHub's description hardly ever says so. Here an
 * object is closed where its schema lists `properties` and has no `additionalProperties`; a union and a composition
 * allow the keys of all their parts.
 */
export function findUnknownKeys(schema: Schema, value: unknown, resolve: Resolve): readonly UnknownKey[] {
  const found: UnknownKey[] = [];
  visit(membersOf([schema], resolve), value, []);
  return found;

  function visit(members: Members, current: unknown, at: readonly (string | number)[]): void {
    if (typeof current !== 'object' || current === null) return;
    if (Array.isArray(current)) {
      const items = members.items();
      if (items !== null) current.forEach((item, index) => visit(items, item, [...at, index]));
      return;
    }
    if (members.isFree) return;
    for (const key of Object.keys(current)) {
      const inner: unknown = Reflect.get(current, key);
      const property = members.property(key);
      if (property === 'unknown') {
        found.push({ at: placeOf([...at, key]), known: members.keys(), value: inner });
      } else if (property !== 'open' && typeof inner === 'object') visit(property, inner, [...at, key]);
    }
  }
}

function placeOf(at: readonly (string | number)[]): string {
  return at
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`))
    .join('')
    .replace(/^\./, '');
}

/** What alternatives that hold for one place allow in it, together. */
interface Members {
  /** True if none of them speaks of objects. */
  readonly isFree: boolean;
  /** What holds for the items of an array; null if nothing is said of them. */
  items(): Members | null;
  /** What holds for the value of a key; `open` where others than the documented ones are allowed. */
  property(key: string): Members | 'open' | 'unknown';
  /** The keys that are documented. */
  keys(): readonly string[];
}

const membersOfOne = new WeakMap<Schema, Members>();

/** Those of a single schema are worked out once: answers are large, and have the same few forms again and again. */
function membersOf(schemas: readonly Schema[], resolve: Resolve): Members {
  const only = schemas.length === 1 ? schemas[0] : undefined;
  const before = only && membersOfOne.get(only);
  if (before !== undefined) return before;
  const members = allowedBy(
    schemas.flatMap((one) => leaves(one, resolve)),
    resolve,
  );
  if (only !== undefined) membersOfOne.set(only, members);
  return members;
}

function allowedBy(parts: readonly Leaf[], resolve: Resolve): Members {
  const objects = parts.filter((part) => acceptsType(part.schema, 'object'));
  const isOpen = objects.some((part) => part.open);
  const documented = new Map<string, Members>();
  let items: Members | null | undefined;
  return {
    isFree: objects.length === 0,
    items() {
      if (items !== undefined) return items;
      const found = parts.flatMap((part) => part.schema.items ?? []);
      return (items = found.length > 0 ? membersOf(found, resolve) : null);
    },
    property(key) {
      const before = documented.get(key);
      if (before !== undefined) return before;
      const matching = objects.flatMap((part) => propertySchemas(part.schema, key));
      if (matching.length === 0) return isOpen ? 'open' : 'unknown';
      const members = membersOf(matching, resolve);
      documented.set(key, members);
      return members;
    },
    keys: () => [...new Set(objects.flatMap((part) => Object.keys(part.schema.properties ?? {})))],
  };
}

function propertySchemas(schema: Schema, key: string): readonly Schema[] {
  if (schema.properties !== undefined && Object.hasOwn(schema.properties, key)) {
    const property = schema.properties[key];
    return property === undefined ? [] : [property];
  }
  return typeof schema.additionalProperties === 'object' ? [schema.additionalProperties] : [];
}

const known = new WeakMap<Schema, readonly Leaf[]>();

function leaves(schema: Schema, resolve: Resolve): readonly Leaf[] {
  const before = known.get(schema);
  if (before !== undefined) return before;
  const found = expand(schema, resolve);
  known.set(schema, found);
  return found;
}

function expand(schema: Schema, resolve: Resolve): readonly Leaf[] {
  if (schema.$ref !== undefined) return leaves(resolve(schema.$ref), resolve);
  const inner = [...(schema.anyOf ?? []), ...(schema.allOf ?? [])].flatMap((one) => leaves(one, resolve));
  if (schema.properties === undefined && inner.length > 0) return inner;
  const extra = schema.additionalProperties;
  const open = extra === undefined ? schema.properties === undefined : extra !== false;
  // Beside a list of keys an alternative only adds conditions: `additionalProperties: true` in it opens nothing.
  return [{ schema, open }, ...inner.map((leaf) => ({ ...leaf, open: false }))];
}

/** All JSON types that some alternative of the schema lets through; empty if it lets every type through. */
export function typesOf(schema: Schema, resolve: Resolve): ReadonlySet<string> {
  const types = leaves(schema, resolve).map((leaf) => leaf.schema.type ?? []);
  return new Set(types.flat());
}
