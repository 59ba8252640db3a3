/** Where a message broke GitHub's published description. `response` is an answer, `webhook` a delivered payload. */
export type ViolationPlace = 'path' | 'query' | 'body' | 'response' | 'webhook' | 'graphql';

/** One difference between a message and GitHub's published description of it. */
export interface Violation {
  /** Operation id, webhook event with action, or GraphQL operation name; empty if there is none. */
  readonly operation: string;
  readonly where: ViolationPlace;
  /** The key, as `labels[0].name`; empty for the whole message. */
  readonly at: string;
  /** What GitHub documents there. */
  readonly expected: string;
  /** What was there, shortened. */
  readonly got: string;
}

/** A violation in one line: `issues/create: body title: expected string or integer, got true (boolean)`. */
export function describeViolation({ operation, where, at, expected, got }: Violation): string {
  const place = at === '' ? where : `${where} ${at}`;
  return `${operation || 'no operation'}: ${place}: expected ${expected}, got ${got}`;
}

const LONGEST_VALUE = 80;

/** A value with its type, shortened to 80 characters. */
export function describeValue(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  const text = JSON.stringify(value) ?? typeof value;
  const short = text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text;
  return `${short} (${Array.isArray(value) ? 'array' : typeof value})`;
}
