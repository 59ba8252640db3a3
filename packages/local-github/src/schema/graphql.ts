import { GraphQLError, getOperationAST, getVariableValues } from 'graphql';

import { readDocument } from './documents.js';
import { loadSchema } from './graphql-schema.js';
import type { Violation } from './violation.js';

export { loadSchema } from './graphql-schema.js';

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
  const { document, errors } = readDocument(request.query);
  if (document === null) return errors.map((error) => toViolation(name, error));
  const operation = getOperationAST(document, request.operationName);
  const shown = operation?.name?.value ?? name;
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

function toViolation(operation: string, error: GraphQLError): Violation {
  const [place] = error.locations ?? [];
  const at = place === undefined ? '' : `line ${place.line}, column ${place.column}`;
  return { operation, where: 'graphql', at, expected: "what GitHub's schema allows", got: error.message };
}
