import { type Access, sees } from '../access/access.js';
import { actingAccount } from '../access/principal.js';
import { type Context, demand, row } from '../domain/context.js';
import type { Id, Permission, Repository } from '../state/model.js';
import type { Violation } from '../schema/violation.js';
import type { View } from '../world.js';

/** What is left of the caller's points in this hour, before this document is charged. */
export interface Budget {
  readonly limit: number;
  readonly used: number;
  readonly resetAt: string;
}

/** What a document would cost by GitHub's formula. */
export interface Cost {
  readonly points: number;
  readonly nodes: number;
}

/** One GraphQL document being executed. */
export interface Request {
  readonly context: Context;
  /** What resolvers read: the caller's view in a query; in a mutation the state that the last field left. */
  view: View;
  /** Shown in violations. */
  readonly operation: string;
  readonly violations: Violation[];
  readonly cost: Cost;
  readonly budget: Budget;
  /** What ended the document before its last field: a cut, or a fault of the local GitHub itself. */
  broken: { readonly error: unknown } | undefined;
}

/** Resolvers of one type's fields, by field name. Connections are given whole; the page is cut afterwards. */
export type Fields<Row> = Readonly<Record<string, (row: Row, request: Request, args: never) => unknown>>;

/** A row together with the type it is of, for fields whose type is an interface or a union. */
export class Typed {
  constructor(
    readonly __typename: string,
    readonly row: unknown,
  ) {}
}

const READS = {
  contents: { role: 'read', app: [{ contents: 'read' }] },
  issues: { role: 'read', app: [{ issues: 'read' }] },
  pull_requests: { role: 'read', app: [{ pull_requests: 'read' }] },
  checks: { role: 'read', app: [{ checks: 'read' }] },
  statuses: { role: 'read', app: [{ statuses: 'read' }] },
  merge_queues: { role: 'read', app: [{ merge_queues: 'read' }] },
  administration: { role: 'admin', app: [{ administration: 'read' }] },
} as const satisfies Partial<Record<Permission, Access>>;

/** Throws FORBIDDEN unless the caller may read this kind of thing in the repository. */
export function requireRead(request: Request, repositoryId: Id, what: keyof typeof READS): void {
  demand(request.context, repositoryOf(request, repositoryId), READS[what]);
}

export function repositoryOf(request: Request, id: Id): Repository {
  return row(request.view.state.repositories, id);
}

/** True if the caller may know that the repository exists. */
export function seesRepository(request: Request, id: Id): boolean {
  const repository = request.view.state.repositories[id];
  return repository !== undefined && sees(request.context.principal, repository);
}

/** The account that acts; undefined only for principals that never get here. */
export function viewerId(request: Request): Id | undefined {
  return actingAccount(request.context.principal);
}
