import { executeGraphql } from '../../src/graphql/execute.js';
import type { Context } from '../../src/domain/context.js';

interface Answer {
  readonly data?: ReturnType<typeof JSON.parse>;
  readonly errors?: readonly {
    readonly type?: string;
    readonly path?: readonly (string | number)[];
    readonly message: string;
  }[];
}

/** Asks as GraphQL does and returns the parsed body with the rest of the result. */
export async function ask(context: Context, query: string, variables?: Record<string, unknown>) {
  const result = await executeGraphql(context, { query, variables });
  const body = JSON.parse(JSON.stringify(result.body)) as Answer;
  return { ...result, data: body.data, errors: body.errors };
}

/** {@link ask} for what must be answered without an error. */
export async function data(context: Context, query: string, variables?: Record<string, unknown>) {
  const { data, errors } = await ask(context, query, variables);
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return data;
}

/** A selection inside acme/market. */
export const market = (selection: string) => `{ repository(owner: "acme", name: "market") { ${selection} } }`;
