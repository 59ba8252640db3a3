import type { Schema } from '../schema/json-schema.js';
import { servedOperation } from '../schema/operations.js';

type Values = Readonly<Record<string, string>>;

/** Texts of a path or query as the types that the operation's description declares: `issue_number` is a number. */
export function typed(operation: string, place: 'path_parameters' | 'query', values: Values): object {
  const properties = servedOperation(operation)?.[place].properties ?? {};
  return Object.fromEntries(
    Object.entries(values).map(([key, text]) => [key, readAs(properties[key], text)]),
  );
}

function readAs(schema: Schema | undefined, text: string): string | number | boolean {
  switch (schema?.type) {
    case 'integer':
    case 'number':
      return Number(text);
    case 'boolean':
      return text === 'true';
    default:
      return text;
  }
}

/** A query string as one text a key; of a repeated key the last one. */
export function readQuery(query: string): Values {
  return Object.fromEntries(new URLSearchParams(query));
}
