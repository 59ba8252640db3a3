import { describe, expect, test } from '@jest/globals';

import { AppError } from '../../src/app/errors.js';
import { TooMuch, graphqlError } from '../../src/github/errors.js';
import { createOctokitTransport } from '../../src/github/octokit-transport.js';

const NOW = Date.parse('2026-01-05T10:00:00Z');

/** What Octokit throws for a status. */
function failure(status: number, headers: Record<string, string> = {}, message = 'Refused'): Error {
  return Object.assign(new Error(`${message} - https://docs.example`), {
    name: 'HttpError',
    status,
    response: { status, headers, data: { message } },
  });
}

function throwing(error: Error) {
  async function fail(): Promise<never> {
    throw error;
  }
  return createOctokitTransport({ request: fail, graphql: fail }, () => NOW);
}

async function restFailure(error: Error): Promise<AppError> {
  try {
    await throwing(error).rest('GET', '/user');
  } catch (thrown) {
    if (thrown instanceof AppError) return thrown;
  }
  throw new Error('no AppError');
}

describe('what a failed request is', () => {
  test.each([
    [500, 'transient'],
    [503, 'transient'],
    [409, 'transient'],
    [408, 'transient'],
    [429, 'transient'],
    [401, 'terminal'],
    [403, 'terminal'],
    [404, 'terminal'],
    [422, 'terminal'],
  ])('%i is %s, with GitHub’s own sentence', async (status, kind) => {
    const { message, options, ...error } = await restFailure(failure(status));
    expect([error.kind, message, options.status]).toEqual([kind, 'Refused', status]);
  });

  test('a refusal by a ruleset is one line, in which nothing is lost', async () => {
    const refusal =
      'Repository rule violations found\n\nCannot update this protected ref.\n\nRequired status check "test" is expected.\n\n';
    const line =
      'Repository rule violations found: Cannot update this protected ref. Required status check "test" is expected.';
    expect((await restFailure(failure(405, {}, refusal))).message).toBe(line);
    const errors = [{ type: 'UNPROCESSABLE', message: refusal }];
    const error = Object.assign(new Error('Refused'), { name: 'GraphqlResponseError', errors, headers: {} });
    const answer = await throwing(error).graphql('{ viewer { login } }');
    expect(answer.errors).toEqual([{ type: 'UNPROCESSABLE', message: line }]);
  });

  test.each([
    ['retry-after', { 'retry-after': '30' }, 30_000],
    ['the reset', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(NOW / 1000 + 120) }, 120_000],
    [
      'the reset by GitHub’s clock',
      {
        'x-ratelimit-remaining': '0',
        'x-ratelimit-reset': String(NOW / 1000 + 120),
        date: 'Mon, 05 Jan 2026 10:01:00 GMT',
      },
      60_000,
    ],
  ])('a limit waits for %s', async (_, headers, retryAfter) => {
    const error = await restFailure(failure(403, headers));
    expect([error.kind, error.options.retryAfter]).toEqual(['transient', retryAfter]);
  });

  test('a secondary limit without a time waits a minute', async () => {
    const error = await restFailure(failure(403, {}, 'You have exceeded a secondary rate limit.'));
    expect([error.kind, error.options.retryAfter]).toEqual(['transient', 60_000]);
  });

  test('the network is transient, anything else a bug', async () => {
    expect((await restFailure(new TypeError('fetch failed'))).kind).toBe('transient');
    expect((await restFailure(Object.assign(new Error('gone'), { code: 'ECONNRESET' }))).kind).toBe(
      'transient',
    );
    expect((await restFailure(new TypeError('x is undefined'))).kind).toBe('bug');
  });

  test('a gateway’s time-out asks for less', async () => {
    await expect(throwing(failure(502)).graphql('query { viewer { login } }')).rejects.toBeInstanceOf(
      TooMuch,
    );
  });
});

test('304 is an answer', async () => {
  const unchanged = failure(304, { etag: '"a"' });
  expect(await throwing(unchanged).rest('GET', '/user')).toEqual({
    status: 304,
    data: null,
    headers: { etag: '"a"' },
  });
});

test('errors of a document come with the data that there is', async () => {
  const errors = [{ type: 'FORBIDDEN', message: 'No', path: ['a'] }];
  const error = Object.assign(new Error('No'), {
    name: 'GraphqlResponseError',
    data: { a: null, b: 1 },
    errors,
    headers: {},
  });
  expect(await throwing(error).graphql('query { a b }')).toEqual({ data: { a: null, b: 1 }, errors });
});

describe('what a GraphQL answer says about the whole document', () => {
  const one = (type: string | undefined, message: string, data: unknown = null) =>
    graphqlError({ data, errors: [{ ...(type !== undefined && { type }), message }] });

  test('partial data can be used', () => {
    expect(one('FORBIDDEN', 'No', {})).toBeNull();
  });

  test('limits and time-outs are transient also beside data', () => {
    expect(one('RATE_LIMITED', 'Wait', {})).toMatchObject({
      kind: 'transient',
      options: { retryAfter: 60_000 },
    });
    expect(one('RESOURCE_LIMITS_EXCEEDED', 'Much', {})).toBeInstanceOf(TooMuch);
    const timeout = 'Something went wrong while executing your query. This may be the result of a timeout.';
    expect(one(undefined, timeout)).toBeInstanceOf(TooMuch);
  });

  test('a refusal is terminal, a document that does not validate a bug', () => {
    expect(one('FORBIDDEN', 'No')?.kind).toBe('terminal');
    expect(one(undefined, 'Field does not exist')?.kind).toBe('bug');
  });
});
