import type { Json } from '../rest/route.js';

/** A request as it came, with the parts that every skin (REST, GraphQL, git) needs. */
export interface Incoming {
  readonly method: string;
  /** Without the query, still percent-encoded. */
  readonly path: string;
  /** Without the question mark; empty if there is none. */
  readonly query: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
  /** Resolves when the answer has been sent, or there will be none. */
  readonly sent: Promise<void>;
}

/** What is sent back. */
export interface Outgoing {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

/** An answer, or none: `hangup` closes the connection at once, `timeout` after ten seconds of silence. */
export type Reply = Outgoing | 'hangup' | 'timeout';

/** One header as text; the first one if there are several. */
export function headerOf(incoming: Incoming, name: string): string | undefined {
  const value = incoming.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

/** An answer in JSON; `undefined` is no body. */
export function json(
  status: number,
  body: Json | undefined,
  headers: Readonly<Record<string, string>> = {},
): Outgoing {
  if (body === undefined) return { status, headers, body: '' };
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(body),
  };
}

/**
 * The body as JSON. No body, and an empty one that says it is JSON, is undefined, so that clients that always send the
 * content type work.
 * @throws SyntaxError
 */
export function readJson(incoming: Incoming): unknown {
  const text = incoming.body.toString();
  return text.trim() === '' ? undefined : JSON.parse(text);
}
