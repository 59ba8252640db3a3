import {
  type DocumentNode,
  GraphQLError,
  type OperationDefinitionNode,
  execute,
  getOperationAST,
  getVariableValues,
} from 'graphql';

import { timestamp } from '../clock.js';
import type { Context } from '../domain/context.js';
import { GitHubError } from '../domain/errors.js';
import { readDocument } from '../schema/documents.js';
import { type GraphqlRequest, checkGraphql, loadSchema } from '../schema/graphql.js';
import type { Violation } from '../schema/violation.js';
import { NODE_LIMIT, measure } from './cost.js';
import { type GraphqlBody, presentError } from './errors.js';
import type { Budget, Cost, Request } from './request.js';
import { resolveField, resolveType } from './resolve.js';
import { type GraphqlResult, answer, describe, gaps, refused } from './result.js';

const HOUR = 3_600_000;

/** GitHub's limit for a user or installation (https://docs.github.com/en/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api). */
const POINTS_PER_HOUR = 5000;

/**
 * Answers one GraphQL request as GitHub does: 200 with `errors` for whatever the document does wrong, 401 for nobody,
 * 400 without a query. A cut (whatever `afterEffect` throws) and faults of this server itself are thrown, after which
 * no later mutation field runs. `budget` is shown by `rateLimit`; charging is the caller's.
 */
export async function executeGraphql(
  context: Context,
  input: { query?: unknown; variables?: unknown; operationName?: unknown },
  budget: Budget = fullBudget(context),
): Promise<GraphqlResult> {
  const { kind } = context.principal;
  if (kind === 'anonymous' || kind === 'app') {
    return refused(401, 'This endpoint requires you to be authenticated.');
  }
  if (typeof input.query !== 'string') {
    return refused(400, 'A query attribute must be specified and must be a string.');
  }
  const asked: GraphqlRequest = {
    query: input.query,
    variables: Object(input.variables) as Record<string, unknown>,
    operationName: typeof input.operationName === 'string' ? input.operationName : null,
  };
  const { document, errors } = readDocument(asked.query);
  const violations = [...checkGraphql(asked)];
  if (document === null) return answer(errors, undefined, violations);
  const operation = getOperationAST(document, asked.operationName) ?? undefined;
  if (operation === undefined) {
    return answer([new GraphQLError('An operation name is required')], undefined, violations);
  }
  if (errors.length > 0) return answer(errors, operation, violations);
  const variables = getVariableValues(
    loadSchema(),
    operation.variableDefinitions ?? [],
    asked.variables ?? {},
  );
  if (variables.errors) return answer(variables.errors, operation, violations, document);
  const cost = measure(loadSchema(), document, operation, variables.coerced);
  return run(context, { asked, document, operation, cost, budget, violations });
}

interface Run {
  readonly asked: GraphqlRequest;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly cost: Cost;
  readonly budget: Budget;
  readonly violations: Violation[];
}

async function run(
  context: Context,
  { asked, document, operation, cost, budget, violations }: Run,
): Promise<GraphqlResult> {
  const name = operation.name?.value ?? 'graphql';
  if (cost.nodes > NODE_LIMIT) {
    const message = `This query requests up to ${cost.nodes.toLocaleString('en')} possible nodes which exceeds the maximum limit of ${NODE_LIMIT.toLocaleString('en')}.`;
    violations.push({
      operation: name,
      where: 'graphql',
      at: '',
      expected: "what GitHub's limits allow",
      got: message,
    });
    const error = new GitHubError(200, 'MAX_NODE_LIMIT_EXCEEDED', message);
    return answer([new GraphQLError(message, { originalError: error })], operation, violations, document);
  }
  const request: Request = {
    context: {
      ...context,
      afterEffect(effect) {
        try {
          context.afterEffect(effect);
        } catch (error) {
          request.broken = { error };
          throw error;
        }
      },
    },
    view: context.view,
    operation: name,
    violations,
    cost,
    budget,
    broken: undefined,
  };
  const result = await execute({
    schema: loadSchema(),
    document,
    variableValues: asked.variables ?? {},
    operationName: asked.operationName ?? null,
    contextValue: request,
    fieldResolver: resolveField,
    typeResolver: resolveType,
  });
  if (request.broken) throw request.broken.error;
  for (const { originalError } of result.errors ?? []) {
    if (originalError && !(originalError instanceof GitHubError)) throw originalError;
  }
  violations.push(...gaps(name, result.errors ?? []));
  const body: GraphqlBody = {
    data: result.data ?? null,
    ...(result.errors && { errors: result.errors.map(presentError) }),
  };
  return { ...describe(operation, document), status: 200, body, violations, cost: cost.points };
}

function fullBudget({ world }: Context): Budget {
  const resetAt = timestamp(Math.ceil((world.clock.now() + 1) / HOUR) * HOUR);
  return { limit: POINTS_PER_HOUR, used: 0, resetAt };
}
