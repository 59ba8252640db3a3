/** Keys whose values are secrets. */
const SECRET_KEY = /token|secret|passw|authorization|private.?key|cookie|credential|signature|jwt|^pem$/i;
/** Keys whose values are what people wrote, or whole requests and webhooks. */
const CONTENT_KEY = /^(payload|(raw_?)?body|data|headers|request|response|patch|diff)$/i;

const DEEPEST = 5;
const LONGEST_LIST = 50;
const LONGEST_TEXT = 2_000;

/**
 * A copy of what is to be logged, without values under secret keys and without content of people. Errors become their
 * name, message, stack, kind, status, code and causes; whatever else hangs on them (Octokit hangs whole requests,
 * @octokit/webhooks whole webhooks) is left out. Long lists and texts are cut.
 */
export function withoutSecrets(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return cut(value);
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null) return typeof value === 'function' ? '[function]' : value;
  if (ArrayBuffer.isView(value)) return '[bytes]';
  if (depth >= DEEPEST) return '[deeper]';
  if (value instanceof Error) return ofError(value, depth);
  if (Array.isArray(value))
    return value.slice(0, LONGEST_LIST).map((item) => withoutSecrets(item, depth + 1));
  return ofObject(value, depth);
}

function ofObject(value: object, depth: number): Record<string, unknown> {
  const entries = Object.entries(value).slice(0, LONGEST_LIST);
  return Object.fromEntries(entries.map(([key, item]) => [key, ofKey(key, item, depth + 1)]));
}

function ofKey(key: string, value: unknown, depth: number): unknown {
  if (SECRET_KEY.test(key)) return '[secret]';
  if (CONTENT_KEY.test(key)) return '[content]';
  // The name of an event is worth logging; the event itself is a webhook.
  if (key === 'event' && typeof value !== 'string') return '[content]';
  return withoutSecrets(value, depth);
}

function ofError(error: Error, depth: number): Record<string, unknown> {
  const extra = new Map<string, unknown>(Object.entries(error));
  const words = ['kind', 'status', 'code'].map((key) => [key, extra.get(key)] as const);
  return {
    name: error.name,
    message: cut(error.message),
    stack: withoutSecrets(error.stack),
    ...Object.fromEntries(words.filter(([, word]) => typeof word === 'string' || typeof word === 'number')),
    ...(error.cause !== undefined && { cause: withoutSecrets(error.cause, depth + 1) }),
    ...(error instanceof AggregateError && { errors: withoutSecrets(error.errors, depth + 1) }),
  };
}

function cut(text: string): string {
  return text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text;
}
