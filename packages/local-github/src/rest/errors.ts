import { GitHubError, MovedError } from '../domain/errors.js';
import { type Outgoing, json } from '../http/message.js';
import type { Json } from './route.js';

const DOCUMENTATION = 'https://docs.github.com/rest';

/** A refusal as REST answers it. Source: https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api */
export function errorBody(error: GitHubError): Json {
  return {
    message: error.message,
    ...(error instanceof MovedError && { url: error.location }),
    ...(error.errors.length > 0 && { errors: error.errors.map(entry) }),
    documentation_url: DOCUMENTATION,
    status: String(error.status),
  };
}

function entry(error: GitHubError['errors'][number]): Json {
  return typeof error === 'string' ? error : { ...error };
}

/** The answer to a request that failed: GitHub's refusal, or 500 for a mistake of this program. */
export function errorAnswer(error: unknown, headers: Readonly<Record<string, string>> = {}): Outgoing {
  if (error instanceof MovedError) {
    return json(error.status, errorBody(error), { ...headers, location: error.location });
  }
  if (error instanceof GitHubError) return json(error.status, errorBody(error), headers);
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return json(500, { message: `The local GitHub failed: ${message}` }, headers);
}
