import { type Readable, read, unreadable } from '../../core/model/index.js';
import { graphqlError } from '../errors.js';
import type { GraphqlError, Transport } from '../transport.js';

export type Path = readonly (string | number)[];

/** The errors of an answer, each of which spoils the smallest part that it lies in, and no other. */
export interface Faults {
  /** Takes the errors at and below a path out; gives the first one's sentence, or null if there was none. */
  take(path: Path): string | null;
  /** As `take`, for errors below `path` that go through a field of this name. */
  takeField(path: Path, field: string): string | null;
  /** True if GitHub says that there is nothing at this very path. Takes nothing. */
  isGone(path: Path): boolean;
  /** What nobody took. */
  rest(): readonly GraphqlError[];
}

export interface Asked<T> {
  readonly data: T;
  readonly faults: Faults;
}

/** Asks GitHub; throws an AppError if there is nothing in the answer to use, and TooMuch if it was too much to ask. */
export async function ask<T>(
  transport: Transport,
  document: string,
  variables: Readonly<Record<string, unknown>>,
): Promise<Asked<T>> {
  const answer = await transport.graphql<T>(document, variables);
  const error = graphqlError(answer);
  if (error !== null) throw error;
  if (answer.data === null) throw new Error('an answer without data was not refused');
  return { data: answer.data, faults: createFaults(answer.errors) };
}

export function createFaults(errors: readonly GraphqlError[]): Faults {
  let left = [...errors];
  function takeIf(spoils: (path: Path) => boolean): string | null {
    const taken = left.filter(({ path }) => path !== undefined && spoils(path));
    left = left.filter((error) => !taken.includes(error));
    return taken[0]?.message ?? null;
  }
  return {
    take: (path) => takeIf((other) => isBelow(other, path)),
    takeField: (path, field) => takeIf((other) => isBelow(other, path) && other.includes(field)),
    isGone: (path) =>
      left.some(
        ({ type, path: other }) =>
          type === 'NOT_FOUND' && other?.length === path.length && isBelow(other, path),
      ),
    rest: () => left,
  };
}

function isBelow(path: Path, top: Path): boolean {
  return top.every((step, index) => path[index] === step);
}

export interface PageInfo {
  readonly hasNextPage: boolean;
  readonly endCursor: string | null;
}

/** A list as GraphQL gives it: anything in it may be missing. */
export interface Connection<T> {
  readonly totalCount: number;
  readonly pageInfo?: PageInfo;
  readonly nodes: readonly (T | null)[] | null;
}

/** A part of a timeline: its `totalCount` is not used, since it may count what was not asked for. */
export interface Timeline<T> {
  readonly pageCount: number;
  readonly pageInfo: { readonly hasPreviousPage: boolean };
  readonly nodes: readonly (T | null)[] | null;
}

export const MISSING = 'GitHub left it out of its answer';

/** GitHub's largest page, and as much as is read of what is not paged on. */
const LARGEST_PAGE = 100;

/** Why a list cannot be read that is longer than a page; asking again would not help. */
export const TOO_MANY = `there are more than ${LARGEST_PAGE}`;

/** Why a part cannot be read that does not fit what was read before it: asking for both again helps. */
export const CHANGED = 'it changed while it was read';

/** The whole list, or why it is not whole: an error below its path, something left out, or fewer than there are. */
export function whole<T>(
  connection: Connection<T> | null | undefined,
  fault: string | null,
): Readable<readonly T[]> {
  if (fault !== null) return unreadable(fault);
  const nodes = connection?.nodes;
  if (!connection || !nodes) return unreadable(MISSING);
  const there = nodes.filter((node) => node !== null);
  if (there.length === LARGEST_PAGE && connection.totalCount > LARGEST_PAGE) return unreadable(TOO_MANY);
  if (there.length < connection.totalCount || there.length < nodes.length) {
    return unreadable(
      `GitHub gave ${there.length} of ${Math.max(connection.totalCount, nodes.length)} entries`,
    );
  }
  return read(there);
}

/** As {@link whole}, of the newest 100 events of a timeline. */
export function wholeTimeline<T>(
  timeline: Timeline<T> | null | undefined,
  fault: string | null,
): Readable<readonly T[]> {
  if (timeline?.pageInfo.hasPreviousPage === true) {
    return unreadable(TOO_MANY);
  }
  return whole(timeline && { totalCount: timeline.pageCount, nodes: timeline.nodes }, fault);
}

export function mapReadable<T, U>(readable: Readable<T>, map: (value: T) => U): Readable<U> {
  return readable.kind === 'read' ? read(map(readable.value)) : readable;
}

/** GitHub's time in ms. */
export function timeOf(text: string): number {
  return Date.parse(text);
}

export function timeOrNull(text: string | null): number | null {
  return text === null ? null : timeOf(text);
}
