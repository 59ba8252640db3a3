import { type GraphQLResolveInfo, Kind, type SelectionSetNode } from 'graphql';

import { GitHubError, unprocessable } from '../domain/errors.js';
import { type Fields, Typed } from './request.js';

/** GitHub's limit for `first` and `last` (https://docs.github.com/en/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api). */
export const LARGEST_PAGE = 100;

export interface PageArguments {
  readonly first?: number | null;
  readonly last?: number | null;
  readonly after?: string | null;
  readonly before?: string | null;
  readonly skip?: number | null;
}

/** A list of which a page was asked for. */
export class Connection {
  readonly #start: number;
  readonly #end: number;
  /** Where the page begins and ends after all bounds. */
  readonly from: number;
  readonly to: number;

  constructor(
    readonly items: readonly unknown[],
    readonly args: PageArguments,
  ) {
    this.#start = args.after ? position(items, args.after, 'after') + 1 : 0;
    this.#end = args.before ? position(items, args.before, 'before') : items.length;
    const skip = args.skip ?? 0;
    const end = Math.max(this.#start, this.#end);
    if (args.last === null || args.last === undefined) {
      this.from = Math.min(end, this.#start + skip);
      this.to = Math.min(end, this.from + (args.first ?? 0));
    } else {
      this.to = Math.max(this.#start, end - skip);
      this.from = Math.max(this.#start, this.to - args.last);
    }
  }

  get page(): readonly unknown[] {
    return this.items.slice(this.from, this.to);
  }

  /** How many items are between `after` and `before`. */
  get bounded(): number {
    return Math.max(0, this.#end - this.#start);
  }

  cursor(index: number): string {
    return Buffer.from(JSON.stringify([index, keyOf(this.items[index])])).toString('base64');
  }
}

/** What stays the same about an item while others come and go. */
function keyOf(item: unknown): unknown {
  const row: unknown = item instanceof Typed ? item.row : item;
  const { id, oid, name, path } = Object(row) as Record<string, unknown>;
  return id ?? name ?? path ?? oid ?? null;
}

/** Where the item of a cursor is now; where it was, if it has gone. */
function position(items: readonly unknown[], cursor: string, argument: string): number {
  let parsed: unknown;
  try {
    parsed = JSON.parse(Buffer.from(cursor, 'base64').toString());
  } catch {
    parsed = undefined;
  }
  if (!Array.isArray(parsed) || typeof parsed[0] !== 'number') {
    throw unprocessable(`\`${cursor}\` does not appear to be a valid cursor (argument \`${argument}\`).`);
  }
  const [index, key] = parsed as [number, unknown];
  if (key === null || keyOf(items[index]) === key) return index;
  const found = items.findIndex((item) => keyOf(item) === key);
  return found === -1 ? (argument === 'after' ? index - 1 : index) : found;
}

/**
 * Throws if a connection is asked for more than 100 items, or for items without saying how many; counts alone need no
 * bounds.
 */
export function checkBounds(args: PageArguments, info: GraphQLResolveInfo): void {
  const { first, last } = args;
  const name = info.fieldName;
  for (const [argument, value] of Object.entries({ first, last })) {
    if (value === null || value === undefined) continue;
    if (value > LARGEST_PAGE) {
      throw new GitHubError(
        200,
        'EXCESSIVE_PAGINATION',
        `Requesting ${value} records on the \`${name}\` connection exceeds the \`${argument}\` limit of ${LARGEST_PAGE} records.`,
      );
    }
    if (value < 1)
      throw unprocessable(`\`${argument}\` on the \`${name}\` connection cannot be less than 1.`);
  }
  if (typeof first === 'number' && typeof last === 'number') {
    throw unprocessable(
      `Passing both \`first\` and \`last\` to the \`${name}\` connection is not supported.`,
    );
  }
  const asked = info.fieldNodes.some((node) => node.selectionSet && wantsItems(node.selectionSet, info));
  if (asked && typeof first !== 'number' && typeof last !== 'number') {
    throw new GitHubError(
      200,
      'MISSING_PAGINATION_BOUNDARIES',
      `You must provide a \`first\` or \`last\` value to properly paginate the \`${name}\` connection.`,
    );
  }
}

function wantsItems(selection: SelectionSetNode, info: GraphQLResolveInfo): boolean {
  return selection.selections.some((node) => {
    switch (node.kind) {
      case Kind.FIELD:
        return ['nodes', 'edges', 'pageInfo'].includes(node.name.value);
      case Kind.INLINE_FRAGMENT:
        return wantsItems(node.selectionSet, info);
      case Kind.FRAGMENT_SPREAD: {
        const fragment = info.fragments[node.name.value];
        return fragment !== undefined && wantsItems(fragment.selectionSet, info);
      }
    }
  });
}

/** One entry of `edges`. */
export interface Edge {
  readonly cursor: string;
  readonly node: unknown;
}

/** Fields of every `…Connection`. */
export const connectionFields: Fields<Connection> = {
  totalCount: (connection) => connection.items.length,
  nodes: (connection) => connection.page,
  edges: (connection) =>
    connection.page.map((node, index): Edge => ({
      node,
      cursor: connection.cursor(connection.from + index),
    })),
  pageInfo: (connection) => connection,
};

/** Fields of every `…Edge`. */
export const edgeFields: Fields<Edge> = { cursor: (edge) => edge.cursor, node: (edge) => edge.node };

export const pageInfoFields: Fields<Connection> = {
  hasNextPage: (connection) => connection.to < connection.items.length,
  hasPreviousPage: (connection) => connection.from > 0,
  startCursor: (connection) => (connection.from < connection.to ? connection.cursor(connection.from) : null),
  endCursor: (connection) => (connection.from < connection.to ? connection.cursor(connection.to - 1) : null),
};
