/** What is said of a key that the settings do not know: the nearest one there is, here or elsewhere in the file. */
import type { z } from 'zod';
import { codeSpan } from '../text/code.js';
import { nearest } from '../text/nearest.js';
import type { PathStep } from './yaml-places.js';

export type JsonSchema = z.core.JSONSchema.BaseSchema;

/** A key of the settings, `merge.method` or `phases[].name`. */
interface Key {
  readonly name: string;
  readonly full: string;
}

/** @param path of the mapping that the key is in */
export function unknownKey(schema: JsonSchema, path: readonly PathStep[], key: string): string {
  const inside = path.map((step) => (typeof step === 'number' ? '[]' : step));
  const place = inside.length === 0 ? '' : ` in ${codeSpan(inside.join('.').replaceAll('.[]', '[]'), 60)}`;
  return `unknown key ${codeSpan(key, 60)}${place}. ${hint(schema, path, key)}`;
}

function hint(schema: JsonSchema, path: readonly PathStep[], key: string): string {
  if (/^\s/.test(key)) return 'What it begins with only looks like a space: indent with spaces.';
  if (key === '$schema') return 'Editors read it from a comment: `# yaml-language-server: $schema=…`.';
  if (key === '<<') return 'Merging of mappings is not allowed: write the keys out.';
  const here = knownKeys(schema, path);
  const near = nearest(key, here);
  if (near !== undefined) return `Did you mean \`${near}\`?`;
  const elsewhere = keysOf(schema).filter(
    (known) => plain(known.name) === plain(key) || plain(known.full) === plain(key),
  );
  if (elsewhere.length > 0) return `Did you mean ${elsewhere.map(where).join(' or ')}?`;
  return `Known here: ${here.map((name) => `\`${name}\``).join(', ')}.`;
}

function where({ name, full }: Key): string {
  return name === full ? `\`${name}\` at the top of the file` : `\`${full}\``;
}

/** Without what tells `mergeMethod` and `merge_method` from `merge.method`. */
function plain(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** All keys there are. */
function keysOf(schema: JsonSchema, outer = ''): Key[] {
  return waysOf(schema).flatMap((way) => [
    ...Object.entries(way.properties ?? {}).flatMap(([name, inner]) => {
      const full = outer === '' ? name : `${outer}.${name}`;
      return typeof inner === 'object' ? [{ name, full }, ...keysOf(inner, full)] : [];
    }),
    ...(isSchema(way.items) ? keysOf(way.items, `${outer}[]`) : []),
  ]);
}

function knownKeys(schema: JsonSchema, path: readonly PathStep[]): string[] {
  const [step, ...rest] = path;
  if (step === undefined) return waysOf(schema).flatMap((way) => Object.keys(way.properties ?? {}));
  return waysOf(schema).flatMap((way) => {
    const inner = typeof step === 'number' ? way.items : way.properties?.[step];
    return isSchema(inner) ? knownKeys(inner, rest) : [];
  });
}

function waysOf(schema: JsonSchema): JsonSchema[] {
  return [schema, ...(schema.anyOf ?? [])].filter(isSchema);
}

function isSchema(schema: JsonSchema['items']): schema is JsonSchema {
  return typeof schema === 'object' && !Array.isArray(schema);
}
