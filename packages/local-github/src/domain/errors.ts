/** One entry of the `errors` list in GitHub's 422 answers. */
export interface FieldError {
  readonly resource: string;
  readonly field?: string;
  readonly code: 'missing' | 'missing_field' | 'invalid' | 'already_exists' | 'unprocessable' | 'custom';
  readonly message?: string;
  readonly value?: string;
}

/** The `type` that GitHub gives to a GraphQL error. */
export type GraphqlErrorType =
  | 'NOT_FOUND'
  | 'FORBIDDEN'
  | 'UNPROCESSABLE'
  | 'STALE_DATA'
  | 'RATE_LIMITED'
  | 'INTERNAL'
  | 'NOT_SERVED'
  | 'MAX_NODE_LIMIT_EXCEEDED'
  | 'MISSING_PAGINATION_BOUNDARIES'
  | 'EXCESSIVE_PAGINATION';

/** A refusal in GitHub's own terms: REST answers with `status`, GraphQL with `type`, both with `message`. */
export class GitHubError extends Error {
  constructor(
    readonly status: number,
    readonly type: GraphqlErrorType,
    message: string,
    readonly errors: readonly (FieldError | string)[] = [],
  ) {
    super(message);
  }
}

/** 404, also for what the caller may not know of. */
export const notFound = (message = 'Not Found') => new GitHubError(404, 'NOT_FOUND', message);

/** 410, for an issue that was there. */
export const gone = () => new GitHubError(410, 'NOT_FOUND', 'This issue was deleted');

/** 301, with the address of what was asked for. */
export class MovedError extends GitHubError {
  constructor(readonly location: string) {
    super(301, 'NOT_FOUND', 'Moved Permanently');
  }
}

/** 403 with GitHub's sentence. */
export const forbidden = (message: string) => new GitHubError(403, 'FORBIDDEN', message);

/** 403 for an app whose installation lacks a permission. */
export const notAccessible = () => forbidden('Resource not accessible by integration');

/** 401. */
export const badCredentials = (message = 'Bad credentials') => new GitHubError(401, 'FORBIDDEN', message);

/** 422 "Validation Failed" with its list, or with a sentence of its own. */
export const unprocessable = (message = 'Validation Failed', errors: readonly (FieldError | string)[] = []) =>
  new GitHubError(422, 'UNPROCESSABLE', message, errors);

/** 409. */
export const conflict = (message: string) => new GitHubError(409, 'UNPROCESSABLE', message);

/** 405, for merges that a rule refuses. */
export const notAllowed = (message: string) => new GitHubError(405, 'UNPROCESSABLE', message);

/** 501: GitHub has this, the local one has not. Loud, so that nobody takes a gap for an answer. */
export const notServed = (what: string) =>
  new GitHubError(501, 'NOT_SERVED', `The local GitHub does not serve ${what}`);
