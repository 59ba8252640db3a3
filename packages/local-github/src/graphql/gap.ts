import { type GitHubError, notServed } from '../domain/errors.js';
import type { Request } from './request.js';

/** Records that a document asked for something in a way that GitHub's rules do not allow. */
export function misuse(request: Request, at: string, expected: string, got: string): void {
  request.violations.push({ operation: request.operation, where: 'graphql', at, expected, got });
}

/** The error for a field that GitHub has and this one has not. */
export function gap(field: string): GitHubError {
  return notServed(`the GraphQL field ${field}`);
}
