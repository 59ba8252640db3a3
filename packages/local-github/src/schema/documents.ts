import { type DocumentNode, GraphQLError, parse, validate } from 'graphql';

import { loadSchema } from './graphql-schema.js';

/** A GraphQL document and what GitHub's schema says against it; or why it cannot be read at all. */
export type ReadDocument =
  | { readonly document: DocumentNode; readonly errors: readonly GraphQLError[] }
  | { readonly document: null; readonly errors: readonly [GraphQLError] };

/** Reading a large document takes tens of milliseconds, and an app sends the same few again and again. */
const KEPT = 200;
const known = new Map<string, ReadDocument>();

/** Parses and validates a document; the last few are remembered by their text. */
export function readDocument(source: string): ReadDocument {
  const before = known.get(source);
  if (before !== undefined) return before;
  const read = readAnew(source);
  const [oldest] = known.keys();
  if (known.size >= KEPT && oldest !== undefined) known.delete(oldest);
  known.set(source, read);
  return read;
}

function readAnew(source: string): ReadDocument {
  try {
    const document = parse(source);
    return { document, errors: validate(loadSchema(), document) };
  } catch (error) {
    if (error instanceof GraphQLError) return { document: null, errors: [error] };
    throw error;
  }
}
