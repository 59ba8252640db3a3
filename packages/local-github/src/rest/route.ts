import type { operations } from '@octokit/openapi-types';

import type { Need } from '../access/access.js';
import type { Context } from '../domain/context.js';

/** What JSON can hold. Answers are checked against GitHub's OpenAPI description when they are sent. */
export type Json =
  string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined };

export interface Answer {
  readonly status: number;
  readonly body?: Json;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Every item of a list answer; the router cuts the page and writes the Link header. */
export interface ListAnswer {
  readonly status: 200;
  /** Rows that are presented only if their page is asked for. */
  readonly items: readonly unknown[];
  present(item: never): Json | Promise<Json>;
  /** For lists inside an object (`{ total_count, check_runs: [] }`): the key and the other members. */
  readonly within?: {
    readonly key: string;
    readonly others: (total: number) => Readonly<Record<string, Json>>;
  };
}

export type OperationId = keyof operations & string;
type Present<T> = Exclude<T, undefined>;
type Parameters<Id extends OperationId> = operations[Id] extends { parameters: infer P } ? P : never;
type Path<Id extends OperationId> = Parameters<Id> extends { path: infer P } ? P : Record<string, never>;
type Query<Id extends OperationId> =
  Parameters<Id> extends { query?: infer Q } ? Partial<Present<Q>> : Record<string, never>;
type Body<Id extends OperationId> = operations[Id] extends { requestBody?: infer B }
  ? Present<B> extends { content: { 'application/json': infer J } }
    ? Present<J>
    : Record<string, never>
  : Record<string, never>;

/** What came in, already checked against the OpenAPI description of the operation. An absent body is `{}`. */
export interface Input<Id extends OperationId> {
  readonly path: Path<Id>;
  readonly query: Query<Id>;
  readonly body: Body<Id>;
  readonly headers: Readonly<Record<string, string | undefined>>;
}

export interface Route {
  readonly operation: OperationId;
  /** What an app's installation needs (any one of the list); `app` routes take the app's own JWT instead. */
  readonly access: readonly Need[] | 'app' | 'anyone';
  readonly handle: (context: Context, input: never) => Promise<Answer | ListAnswer>;
}

/** One row of the route table. Writes (all but GET) run one at a time. */
export function route<Id extends OperationId>(
  operation: Id,
  access: Route['access'],
  handle: (context: Context, input: Input<Id>) => Promise<Answer | ListAnswer>,
): Route {
  return { operation, access, handle };
}

/** A list answer; see {@link ListAnswer}. */
export function list<Item>(
  items: readonly Item[],
  present: (item: Item) => Json | Promise<Json>,
  within?: ListAnswer['within'],
): ListAnswer {
  return { status: 200, items, present, ...(within && { within }) };
}

/** 200 with a body. */
export const ok = (body: Json): Answer => ({ status: 200, body });
/** 201 with a body. */
export const created = (body: Json): Answer => ({ status: 201, body });
/** 204. */
export const noContent = (): Answer => ({ status: 204 });
