/** The two ways in which the app asks GitHub. What is behind it is Octokit, or in tests values and errors. */
export interface Transport {
  /**
   * Runs a GraphQL document. An error of the document or of a part of it is in the answer, never thrown: `data` is then
   * partial or null. Throws an AppError if there is no answer at all.
   */
  graphql<T>(document: string, variables?: Readonly<Record<string, unknown>>): Promise<GraphqlAnswer<T>>;
  /**
   * Sends a REST request. `route` is the path with its placeholders, as `/repos/{owner}/{repo}`; `parameters` fill them
   * and give the rest of the query or body. 304 is an answer; other statuses from 400 on are thrown as AppErrors.
   */
  rest(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    route: string,
    parameters?: Readonly<Record<string, unknown>>,
    headers?: Readonly<Record<string, string>>,
  ): Promise<RestAnswer>;
}

export interface GraphqlAnswer<T> {
  readonly data: T | null;
  readonly errors: readonly GraphqlError[];
  /** How long to wait, in ms, where the answer is that a limit is used up. */
  readonly retryAfter?: number;
}

/** One entry of `errors` (https://docs.github.com/en/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api). */
export interface GraphqlError {
  /** GitHub's class of the error: `NOT_FOUND`, `FORBIDDEN`, `RATE_LIMITED` … Absent for a document that does not validate. */
  readonly type?: string;
  readonly path?: readonly (string | number)[];
  readonly message: string;
}

export interface RestAnswer {
  readonly status: number;
  readonly data: unknown;
  readonly headers: Readonly<Record<string, string | number | undefined>>;
}
