import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

import { type GraphQLSchema, buildSchema } from 'graphql';

import { EXTENSIONS } from './extensions.js';

const PACKAGE = '@octokit/graphql-schema';

let schema: GraphQLSchema | undefined;

/**
 * GitHub's GraphQL schema: the npm package's SDL (1.2 MB) and `EXTENSIONS`. Built at the first call (0.3 to 0.5 s)
 * and kept. It holds no resolvers; whoever executes documents brings them.
 */
export function loadSchema(): GraphQLSchema {
  // The published file defines one field twice, so it can only be built unchecked.
  schema ??= buildSchema(`${readSdl()}\n${EXTENSIONS}`, { assumeValid: true, assumeValidSDL: true });
  return schema;
}

/** The package exports only its index, which parses 5 MB of JSON; the SDL lies beside it. */
function readSdl(): string {
  const folders = createRequire(import.meta.url).resolve.paths(PACKAGE) ?? [];
  const file = folders
    .map((folder) => join(folder, PACKAGE, 'schema.graphql'))
    .find((path) => existsSync(path));
  if (file === undefined) throw new Error(`${PACKAGE} is not installed`);
  return readFileSync(file, 'utf8');
}
