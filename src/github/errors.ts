import { AppError } from '../app/errors.js';
import type { Time } from '../core/model/index.js';
import type { GraphqlAnswer, RestAnswer } from './transport.js';

/** GitHub did not get an answer ready in time, or within its resources: a smaller question may do. */
export class TooMuch extends AppError {
  constructor(message: string, options: AppError['options'] = {}) {
    super('transient', message, options);
  }
}

/** GitHub asks for a minute where it does not say how long (https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api). */
const UNSAID_WAIT = 60_000;

const LIMIT = /rate limit|abuse detection/i;
const TIMEOUT = /timeout|timed out|something went wrong while executing your query/i;
const NETWORK = new Set(['AbortError', 'TimeoutError', 'FetchError']);

type Headers = RestAnswer['headers'];

/**
 * What Octokit threw, as an AppError: server errors, limits, 409, time-outs and the network are transient, other answers
 * from 400 on terminal with GitHub's own sentence, anything else a bug. `retryAfter` is in ms.
 */
export function restError(error: unknown, now: Time): AppError {
  if (error instanceof AppError) return error;
  const failed = asFailed(error);
  if (failed === null) {
    const message = error instanceof Error ? error.message : String(error);
    return new AppError(isNetwork(error) ? 'transient' : 'bug', message, { cause: error });
  }
  const { status, message, headers } = failed;
  const options = { status, cause: error };
  if (isLimit(status, message, headers)) {
    return new AppError('transient', message, { ...options, retryAfter: waitOf(headers, now) });
  }
  if (status === 502 || status === 504) return new TooMuch(message, options);
  if (status >= 500 && TIMEOUT.test(message)) return new TooMuch(message, options);
  if (status < 500 && status !== 409 && status !== 408) return new AppError('terminal', message, options);
  const given = Number(headers['retry-after']);
  return new AppError('transient', message, given > 0 ? { ...options, retryAfter: given * 1000 } : options);
}

/**
 * What a GraphQL answer says about the whole document: null if its data can be used, in which case the errors tell which
 * parts are missing.
 */
export function graphqlError(answer: GraphqlAnswer<unknown>): AppError | null {
  const { errors, data } = answer;
  for (const { type, message } of errors) {
    if (type === 'RATE_LIMITED' || LIMIT.test(message)) {
      return new AppError('transient', message, { retryAfter: answer.retryAfter ?? UNSAID_WAIT });
    }
    if (type === 'RESOURCE_LIMITS_EXCEEDED' || TIMEOUT.test(message)) return new TooMuch(message);
  }
  if (data !== null) return null;
  const first = errors[0];
  if (first === undefined) return new AppError('transient', 'GitHub answered without data');
  return new AppError(first.type === undefined ? 'bug' : 'terminal', first.message);
}

/** How long to wait by the headers of an answer, in ms: `retry-after`, else until the limit is reset, else a minute. */
export function waitOf(headers: Headers, now: Time): number {
  const given = Number(headers['retry-after']);
  if (given > 0) return given * 1000;
  const reset = Number(headers['x-ratelimit-reset']) * 1000;
  if (String(headers['x-ratelimit-remaining']) !== '0' || !(reset > 0)) return UNSAID_WAIT;
  const theirs = Date.parse(String(headers['date']));
  return Math.max(1000, reset - (Number.isNaN(theirs) ? now : theirs));
}

/** GitHub puts what breaks a ruleset into paragraphs of their own, below a heading without a full stop. */
export function inOneLine(message: string): string {
  const [heading = '', ...paragraphs] = message.trim().split(/\s*\n\s*/);
  return paragraphs.length === 0 ? heading : `${heading.replace(/(?<=\w)$/, ':')} ${paragraphs.join(' ')}`;
}

interface Failed {
  readonly status: number;
  readonly message: string;
  readonly headers: Headers;
}

/** Octokit's RequestError, by what it holds: the class may come from more than one copy of its package. */
function asFailed(error: unknown): Failed | null {
  if (!(error instanceof Error) || !('status' in error) || typeof error.status !== 'number') return null;
  const { response } = error as { response?: { headers?: Headers; data?: { message?: unknown } } };
  const sentence = response?.data?.message;
  return {
    status: error.status,
    message: inOneLine(typeof sentence === 'string' ? sentence : error.message),
    headers: response?.headers ?? {},
  };
}

function isLimit(status: number, message: string, headers: Headers): boolean {
  if (status === 429) return true;
  if (status !== 403) return false;
  return (
    headers['retry-after'] !== undefined ||
    String(headers['x-ratelimit-remaining']) === '0' ||
    LIMIT.test(message)
  );
}

function isNetwork(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (NETWORK.has(error.name)) return true;
  return error.message === 'fetch failed' || (error instanceof Error && /^E[A-Z]+$/.test(codeOf(error)));
}

function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : '';
}
