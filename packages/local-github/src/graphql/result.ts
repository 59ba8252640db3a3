import {
  type DocumentNode,
  type GraphQLError,
  type OperationDefinitionNode,
  OperationTypeNode,
} from 'graphql';

import { GitHubError } from '../domain/errors.js';
import type { Violation } from '../schema/violation.js';
import { type GraphqlBody, errorBody } from './errors.js';
import { mutationFields } from './fields.js';

export interface GraphqlResult {
  readonly status: number;
  readonly body: GraphqlBody;
  /** The name of the operation; null if it has none, or if the document cannot be read. */
  readonly operation: string | null;
  readonly kind: 'read' | 'write';
  /** The mutation fields that the document asks for, in order, without their aliases. */
  readonly mutations: readonly string[];
  readonly violations: readonly Violation[];
  /** Points to charge; 0 if nothing was executed. */
  readonly cost: number;
}

/** What was asked for and is not served here counts as a violation, once each, so that no test lives with it. */
export function gaps(operation: string, errors: readonly GraphQLError[]): Violation[] {
  const missing = errors.flatMap(({ originalError }) =>
    originalError instanceof GitHubError && originalError.type === 'NOT_SERVED'
      ? [originalError.message]
      : [],
  );
  return [...new Set(missing)].map((got) => ({
    operation,
    where: 'graphql',
    at: '',
    expected: 'what the local GitHub serves',
    got,
  }));
}

/** The answer to a document that was not executed. */
export function answer(
  errors: readonly GraphQLError[],
  operation: OperationDefinitionNode | undefined,
  violations: readonly Violation[],
  document?: DocumentNode,
): GraphqlResult {
  return { ...describe(operation, document), status: 200, body: errorBody(errors), violations, cost: 0 };
}

/** The answer to a request that has no document, or nobody behind it. */
export function refused(status: number, message: string): GraphqlResult {
  const body = { message, documentation_url: 'https://docs.github.com/graphql' };
  return { ...describe(undefined), status, body, violations: [], cost: 0 };
}

/** What a document is, for the log of requests. */
export function describe(
  operation: OperationDefinitionNode | undefined,
  document?: DocumentNode,
): Pick<GraphqlResult, 'operation' | 'kind' | 'mutations'> {
  const write = operation?.operation === OperationTypeNode.MUTATION;
  return {
    operation: operation?.name?.value ?? null,
    kind: write ? 'write' : 'read',
    mutations: write && document ? mutationFields(document, operation) : [],
  };
}
