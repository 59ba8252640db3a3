import type { Time } from '../core/model/index.js';
import { inOneLine, restError, waitOf } from './errors.js';
import type { GraphqlAnswer, GraphqlError, RestAnswer, Transport } from './transport.js';

/** As much of an Octokit as is used; `app.auth(installation)` of Probot gives one. */
export interface OctokitLike {
  request(route: string, parameters?: Record<string, unknown>): Promise<RestAnswer>;
  graphql(document: string, variables?: Record<string, unknown>): Promise<unknown>;
}

/** Octokit repeats what failed, also creates that had their effect: here nothing is, the queue comes back. */
const ONCE = { retries: 0 };

/** A transport over an Octokit. `now` is only for limits whose answer has no date. */
export function createOctokitTransport(octokit: OctokitLike, now: () => Time): Transport {
  return {
    async graphql<T>(document: string, variables: Readonly<Record<string, unknown>> = {}) {
      try {
        const data = (await octokit.graphql(document, { ...variables, request: ONCE })) as T;
        return { data, errors: [] };
      } catch (error) {
        const answer = partialAnswer<T>(error, now());
        if (answer !== null) return answer;
        throw restError(error, now());
      }
    },
    async rest(method, route, parameters = {}, headers = {}) {
      try {
        const answer = await octokit.request(`${method} ${route}`, { ...parameters, headers, request: ONCE });
        return { status: answer.status, data: answer.data, headers: answer.headers };
      } catch (error) {
        const unchanged = notModified(error);
        if (unchanged !== null) return unchanged;
        throw restError(error, now());
      }
    },
  };
}

/** Octokit throws for any error in the answer, although the rest of the data came. */
function partialAnswer<T>(error: unknown, now: Time): GraphqlAnswer<T> | null {
  if (!(error instanceof Error) || error.name !== 'GraphqlResponseError') return null;
  const { data, errors, headers } = error as unknown as {
    data?: T | null;
    errors?: readonly GraphqlError[];
    headers: RestAnswer['headers'];
  };
  const limited = errors?.some(({ type }) => type === 'RATE_LIMITED') === true;
  return {
    data: data ?? null,
    errors: (errors ?? []).map((one) => ({ ...one, message: inOneLine(one.message) })),
    ...(limited && { retryAfter: waitOf(headers, now) }),
  };
}

function notModified(error: unknown): RestAnswer | null {
  if (!(error instanceof Error) || !('status' in error) || error.status !== 304) return null;
  const { response } = error as { response?: { headers?: RestAnswer['headers'] } };
  return { status: 304, data: null, headers: response?.headers ?? {} };
}
