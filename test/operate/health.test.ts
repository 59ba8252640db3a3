import { expect, test } from '@jest/globals';
import { createHealth } from '../../src/operate/health.js';
import { withServer } from '../support/http.js';

async function statusOf(path: string, ready: boolean, method = 'GET'): Promise<number> {
  let status = 0;
  const health = createHealth({ ready: () => ready });
  await withServer(
    (request, response) => {
      if (!health(request, response)) response.writeHead(404).end();
    },
    async ({ url }) => {
      status = (await fetch(`${url}${path}`, { method })).status;
    },
  );
  return status;
}

test('a process that answers is healthy, also while it shuts down', async () => {
  expect(await statusOf('/healthz', true)).toBe(200);
  expect(await statusOf('/healthz', false)).toBe(200);
});

test('a process that shuts down is not ready', async () => {
  expect(await statusOf('/readyz', true)).toBe(200);
  expect(await statusOf('/readyz?verbose', false)).toBe(503);
});

test('other paths are left to others and other methods are refused', async () => {
  expect(await statusOf('/healthz/x', true)).toBe(404);
  expect(await statusOf('/healthz', true, 'HEAD')).toBe(200);
  expect(await statusOf('/readyz', true, 'POST')).toBe(405);
});
