import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import nock from 'nock';

import { AppError } from '../../src/app/errors.js';
import { UnpacedOctokit } from '../../src/github/octokit.js';
import { createOctokitTransport } from '../../src/github/octokit-transport.js';

const API = 'https://api.github.com';
const NOW = Date.parse('2026-01-05T10:00:00Z');
const DOCUMENT = 'query Core { viewer { login } repository(owner: "acme", name: "market") { id } }';

const transport = createOctokitTransport(new UnpacedOctokit({ auth: { token: 'test' } }), () => NOW);

beforeEach(() => nock.disableNetConnect());
afterEach(() => {
  if (!nock.isDone()) throw new Error(`not asked for: ${nock.pendingMocks().join(', ')}`);
  nock.cleanAll();
  nock.enableNetConnect();
});

async function failure(request: Promise<unknown>): Promise<AppError> {
  try {
    await request;
  } catch (error) {
    if (error instanceof AppError) return error;
  }
  throw new Error('no AppError');
}

describe('the Octokit that the app uses', () => {
  test('sends a failed write once: repeating it could take effect twice', async () => {
    nock(API).post('/repos/acme/market/issues').reply(502, { message: 'Server Error' });
    const error = await failure(
      transport.rest('POST', '/repos/{owner}/{repo}/issues', { owner: 'acme', repo: 'market', title: 'x' }),
    );
    expect([error.kind, error.options.status]).toEqual(['transient', 502]);
  });

  test('does not wait out a limit in the process, but says how long it lasts', async () => {
    nock(API)
      .get('/repos/acme/market')
      .reply(403, { message: 'secondary rate limit' }, { 'retry-after': '90' });
    const error = await failure(
      transport.rest('GET', '/repos/{owner}/{repo}', { owner: 'acme', repo: 'market' }),
    );
    expect([error.kind, error.options.retryAfter]).toEqual(['transient', 90_000]);
  });

  test('takes an unchanged answer as one', async () => {
    nock(API, { reqheaders: { 'if-none-match': '"abc"' } })
      .get('/repos/acme/market/issues/comments')
      .reply(304);
    const answer = await transport.rest(
      'GET',
      '/repos/{owner}/{repo}/issues/comments',
      { owner: 'acme', repo: 'market' },
      { 'if-none-match': '"abc"' },
    );
    expect(answer.status).toBe(304);
  });

  test('keeps the part of a document that GitHub could answer beside the error of the rest', async () => {
    const errors = [
      { type: 'FORBIDDEN', path: ['repository'], message: 'Resource not accessible by integration' },
    ];
    nock(API)
      .post('/graphql')
      .reply(200, { data: { viewer: { login: 'yardmaster[bot]' }, repository: null }, errors });
    const answer = await transport.graphql(DOCUMENT);
    expect(answer).toMatchObject({
      data: { viewer: { login: 'yardmaster[bot]' }, repository: null },
      errors,
    });
  });

  test('calls a broken connection transient', async () => {
    nock(API)
      .post('/graphql')
      .replyWithError(Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }));
    expect((await failure(transport.graphql(DOCUMENT))).kind).toBe('transient');
  });
});
