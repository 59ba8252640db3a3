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
  visit([schema], value, '');
  return found;

  function visit(schemas: readonly Schema[], current: unknown, at: string): void {
    if (typeof current !== 'object' || current === null) return;
    const parts = schemas.flatMap((one) => leaves(one, resolve));
    if (Array.isArray(current)) {
      const items = parts.flatMap((part) => part.schema.items ?? []);
      if (items.length > 0) current.forEach((item, index) => visit(items, item, `${at}[${index}]`));
      return;
    }
    const objects = parts.filter((part) => acceptsType(part.schema, 'object'));
    if (objects.length === 0) return;
    for (const [key, inner] of Object.entries(current)) {
      const place = at === '' ? key : `${at}.${key}`;
      const matching = objects.flatMap((part) => propertySchemas(part.schema, key));
      if (matching.length > 0) visit(matching, inner, place);
      else if (!objects.some((part) => part.open)) {
        const known = objects.flatMap((part) => Object.keys(part.schema.properties ?? {}));
        found.push({ at: place, known: [...new Set(known)], value: inner });
      }
    }
  }
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
