import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

import { type GraphQLSchema, buildSchema } from 'graphql';

import { EXTENSIONS } from './extensions.js';

const PACKAGE = '@octokit/graphql-schema';

let schema: GraphQLSchema | undefined;

/** Two thirds of the SDL, which nobody is shown here. */
const DESCRIPTIONS = /"""[^]*?"""/g;

/**
 * GitHub's GraphQL schema: the npm package's SDL (1.2 MB) and `EXTENSIONS`, without descriptions. Built at the first call
 * (0.1 s) and kept. It holds no resolvers; whoever executes documents brings them.
 */
export function loadSchema(): GraphQLSchema {
  // The published file defines one field twice, so it can only be built unchecked.
  const unchecked = { assumeValid: true, assumeValidSDL: true, noLocation: true } as const;
  schema ??= buildSchema(`${readSdl()}\n${EXTENSIONS}`.replace(DESCRIPTIONS, ''), unchecked);
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
