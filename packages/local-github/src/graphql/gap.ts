import { type GitHubError, notServed } from '../domain/errors.js';
import type { Request } from './request.js';

/** Records that a document asked for more, or less plainly, than GitHub's limits allow; `got` is the refusal. */
export function misuse(request: Request, at: string, got: string): void {
  const expected = "what GitHub's limits allow";
  request.violations.push({ operation: request.operation, where: 'graphql', at, expected, got });
}

/** The error for a field that GitHub has and this one has not. */
export function gap(field: string): GitHubError {
  return notServed(`the GraphQL field ${field}`);
}
