import { findRepository, row } from '../../domain/context.js';
import { GitHubError, notFound } from '../../domain/errors.js';
import { LARGEST_PAGE } from '../connection.js';
import { misuse } from '../gap.js';
import { nodeById } from '../nodes.js';
import { type Fields, type Request, type Typed, viewerId } from '../request.js';

/** The value, or the refusal that stands in its place in a list. */
async function orRefusal(value: Promise<Typed>): Promise<Typed | GitHubError> {
  try {
    return await value;
  } catch (error) {
    if (error instanceof GitHubError) return error;
    throw error;
  }
}

export const Query: Fields<undefined> = {
  repository: (_, request, { owner, name }: { owner: string; name: string }) => {
    try {
      return findRepository(request.context, request.view, owner, name);
    } catch (error) {
      if (!(error instanceof GitHubError)) throw error;
      throw notFound(`Could not resolve to a Repository with the name '${owner}/${name}'.`);
    }
  },
  node: (_, request, { id }: { id: string }) => nodeById(request, id),
  nodes: (_, request, { ids }: { ids: readonly string[] }) => {
    if (ids.length > LARGEST_PAGE) {
      const message = `You may not provide more than ${LARGEST_PAGE} node ids; you provided ${ids.length}.`;
      misuse(request, 'Query.nodes', message);
      throw new GitHubError(200, 'EXCESSIVE_PAGINATION', message);
    }
    return ids.map((id) => orRefusal(nodeById(request, id)));
  },
  viewer: (_, request) => row(request.view.state.accounts, viewerId(request) ?? -1),
  user: (_, { view }, { login }: { login: string }) => {
    const account = Object.values(view.state.accounts).find(
      (one) => one.type === 'User' && one.login.toLowerCase() === login.toLowerCase(),
    );
    if (account) return account;
    throw notFound(`Could not resolve to a User with the login of '${login}'.`);
  },
  rateLimit: (_, request) => request,
};

/** What this document costs, and what is left after it. */
export const RateLimit: Fields<Request> = {
  cost: ({ cost }) => cost.points,
  nodeCount: ({ cost }) => cost.nodes,
  limit: ({ budget }) => budget.limit,
  used: ({ budget, cost }) => budget.used + cost.points,
  remaining: ({ budget, cost }) => Math.max(0, budget.limit - budget.used - cost.points),
  resetAt: ({ budget }) => budget.resetAt,
};
