import type { GraphQLResolveInfo } from 'graphql';

import { type Need, holds } from '../access/access.js';
import type { Context } from '../domain/context.js';
import { GitHubError, notAccessible } from '../domain/errors.js';
import { gap } from './gap.js';
import type { Request } from './request.js';

/** Values of a payload's fields, read after the effect. */
export type Values = Readonly<Record<string, unknown>>;

export interface Mutation {
  /** What an app's installation needs, any one of the list: that of the REST operation which does the same. */
  readonly access: readonly Need[];
  run(context: Context, input: never): Values | Promise<Values>;
}

/** What a mutation field gave. */
export class Payload {
  constructor(
    readonly values: Values,
    readonly clientMutationId: unknown,
  ) {}
}

/**
 * Runs one mutation field while nobody else writes. A refusal leaves the later fields of the document to be tried; any
 * other error, and a cut after an effect, ends the document.
 */
export async function runMutation(
  request: Request,
  field: string,
  mutation: Mutation | undefined,
  input: { readonly clientMutationId?: unknown },
): Promise<Payload> {
  if (request.broken) throw request.broken.error;
  if (mutation === undefined) throw gap(`Mutation.${field}`);
  const { principal, world } = request.context;
  if (
    principal.kind === 'installation' &&
    !mutation.access.some((need) => holds(principal.permissions, need))
  ) {
    throw notAccessible();
  }
  try {
    return await world.exclusive(async () => {
      const values = await mutation.run(request.context, input as never);
      request.view = world.view();
      return new Payload(values, input.clientMutationId ?? null);
    });
  } catch (error) {
    if (!(error instanceof GitHubError)) request.broken ??= { error };
    throw error;
  }
}

/** A field of a mutation's payload. */
export function payloadField(payload: Payload, info: GraphQLResolveInfo): unknown {
  if (info.fieldName === 'clientMutationId') return payload.clientMutationId;
  if (info.fieldName in payload.values) return payload.values[info.fieldName];
  throw gap(`${info.parentType.name}.${info.fieldName}`);
}
