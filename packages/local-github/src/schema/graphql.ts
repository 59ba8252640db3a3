import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import {
  buildSchema,
  getOperationAST,
  getVariableValues,
  GraphQLError,
  parse,
  validate,
  type DocumentNode,
  type GraphQLSchema,
} from 'graphql';
import { EXTENSIONS } from './extensions.js';
import type { Violation } from './violation.js';

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

/** A GraphQL request as it comes over HTTP. */
export interface GraphqlRequest {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>> | null;
  readonly operationName?: string | null;
}

/**
 * Checks a document and its variables against GitHub's schema: syntax, fields, arguments, types, and the values of
 * the variables. `got` is graphql-js's own sentence, `at` the place in the document. Variables that the document does
 * not define are findings too, although GitHub ignores them: they are mistakes of the sender.
 */
export function checkGraphql(request: GraphqlRequest): readonly Violation[] {
  const name = request.operationName ?? 'graphql';
  const document = parseDocument(request.query);
  if (document instanceof GraphQLError) return [toViolation(name, document)];
  const operation = getOperationAST(document, request.operationName);
  const shown = operation?.name?.value ?? name;
  const errors = validate(loadSchema(), document);
  if (errors.length > 0) return errors.map((error) => toViolation(shown, error));
  if (!operation) {
    return [toViolation(shown, new GraphQLError('operationName must name one operation of the document.'))];
  }
  const read = getVariableValues(loadSchema(), operation.variableDefinitions ?? [], request.variables ?? {});
  return [...unknownVariables(), ...(read.errors ?? [])].map((error) => toViolation(shown, error));

  function unknownVariables(): readonly GraphQLError[] {
    const defined = new Set(operation?.variableDefinitions?.map((one) => one.variable.name.value));
    const unknown = Object.keys(request.variables ?? {}).filter((key) => !defined.has(key));
    return unknown.map((key) => new GraphQLError(`Variable "$${key}" is not defined by the operation.`));
  }
}

function parseDocument(source: string): DocumentNode | GraphQLError {
  try {
    return parse(source);
  } catch (error) {
    if (error instanceof GraphQLError) return error;
    throw error;
  }
}

function toViolation(operation: string, error: GraphQLError): Violation {
  const [place] = error.locations ?? [];
  const at = place === undefined ? '' : `line ${place.line}, column ${place.column}`;
  return { operation, where: 'graphql', at, expected: "what GitHub's schema allows", got: error.message };
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
