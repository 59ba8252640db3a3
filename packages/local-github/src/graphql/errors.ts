import type { GraphQLError } from 'graphql';

import { GitHubError } from '../domain/errors.js';

/** An entry of `errors`, as GitHub writes it. */
interface GraphqlErrorBody {
  readonly type?: string;
  readonly path?: readonly (string | number)[];
  readonly locations?: readonly { readonly line: number; readonly column: number }[];
  readonly message: string;
}

export type GraphqlBody =
  | { readonly data?: unknown; readonly errors?: readonly GraphqlErrorBody[] }
  | { readonly message: string; readonly documentation_url: string };

/** An error of a document; `type` only for refusals, as GitHub gives none for what does not validate. */
export function presentError(error: GraphQLError): GraphqlErrorBody {
  const { originalError, path, locations, message } = error;
  return {
    ...(originalError instanceof GitHubError && { type: originalError.type }),
    ...(path && { path }),
    ...(locations && { locations: locations.map(({ line, column }) => ({ line, column })) }),
    message: originalError instanceof GitHubError ? sentence(originalError) : message,
  };
}

/** The body for a document that was not executed: no `data`. */
export function errorBody(errors: readonly GraphQLError[]): GraphqlBody {
  return { errors: errors.map(presentError) };
}

/** GraphQL has no list of field errors beside the message: they are the message. */
function sentence(error: GitHubError): string {
  if (error.errors.length === 0) return error.message;
  return error.errors
    .map((one) =>
      typeof one === 'string' ? one : (one.message ?? `${one.field ?? one.resource} ${words(one.code)}`),
    )
    .join(', ');
}

function words(code: string): string {
  return code.replaceAll('_', ' ');
}
