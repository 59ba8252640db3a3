import { expect } from '@jest/globals';

import type { Context } from '../../src/domain/context.js';
import { GitHubError } from '../../src/domain/errors.js';
import { errorBody } from '../../src/rest/errors.js';
import { paginate } from '../../src/rest/pagination.js';
import { checkPermissions } from '../../src/rest/permissions.js';
import type { Answer, ListAnswer, Route } from '../../src/rest/route.js';
import { branchRoutes } from '../../src/rest/routes/branches.js';
import { checkRoutes } from '../../src/rest/routes/checks.js';
import { commitRoutes } from '../../src/rest/routes/commits.js';
import { contentRoutes } from '../../src/rest/routes/contents.js';
import { forkRoutes } from '../../src/rest/routes/forks.js';
import { gitRoutes } from '../../src/rest/routes/git.js';
import { protectionRoutes } from '../../src/rest/routes/protection.js';
import { pullRoutes } from '../../src/rest/routes/pulls.js';
import { rulesetRoutes } from '../../src/rest/routes/rulesets.js';
import { reviewRoutes } from '../../src/rest/routes/reviews.js';
import { statusRoutes } from '../../src/rest/routes/statuses.js';
import { checkRequest, checkResponse } from '../../src/schema/rest.js';

const ROUTES: readonly Route[] = [
  ...branchRoutes,
  ...checkRoutes,
  ...commitRoutes,
  ...forkRoutes,
  ...contentRoutes,
  ...gitRoutes,
  ...protectionRoutes,
  ...pullRoutes,
  ...reviewRoutes,
  ...rulesetRoutes,
  ...statusRoutes,
];

/** A JSON body, of which a test knows the shape. */
export type Loose = ReturnType<JSON['parse']>;

interface Asked {
  readonly path?: object;
  readonly query?: object;
  readonly body?: object;
}

/**
 * Asks a route of acme/market as the router does, refusals included: permissions first; the request, and the answer unless it
 * is a refusal, must be as GitHub describes them.
 */
export async function ask(
  context: Context,
  operation: string,
  { path = {}, query = {}, body }: Asked = {},
): Promise<{ status: number; body: Loose }> {
  const route = ROUTES.find((one) => one.operation === operation)!;
  const params = { owner: 'acme', repo: 'market', ...path };
  expect(checkRequest(operation, { params, query: { ...query }, body })).toEqual([]);
  const input = { path: params, query, body: body ?? {}, headers: {} };
  const answer = await answerOf(context, route, input);
  const sent = 'items' in answer ? (await paginate(answer, addressOf(query))).body : answer.body;
  if (answer.status < 400) expect(checkResponse(operation, answer.status, sent)).toEqual([]);
  return { status: answer.status, body: sent };
}

async function answerOf(context: Context, route: Route, input: object): Promise<Answer | ListAnswer> {
  try {
    checkPermissions(context.principal, route.access);
    return await route.handle(context, input as never);
  } catch (error) {
    if (!(error instanceof GitHubError)) throw error;
    return { status: error.status, body: errorBody(error) };
  }
}

function addressOf(query: object): URL {
  const address = new URL('http://127.0.0.1:1/');
  for (const [key, value] of Object.entries(query)) address.searchParams.set(key, String(value));
  return address;
}
