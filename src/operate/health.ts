import type { IncomingMessage, ServerResponse } from 'node:http';

/**
 * Answers `GET /healthz` and `GET /readyz`; true if the request was for one of them.
 *
 * `/healthz` is 200 as long as the process answers at all, whether or not GitHub can be reached: a restart would not
 * help. `/readyz` is 503 while `ready` says no, so that no new webhooks are sent to a process that shuts down.
 */
export function createHealth({ ready }: { readonly ready: () => boolean }) {
  return (request: IncomingMessage, response: ServerResponse): boolean => {
    const path = (request.url ?? '').split('?', 1)[0];
    if (path !== '/healthz' && path !== '/readyz') return false;
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { allow: 'GET, HEAD' }).end();
      return true;
    }
    const ok = path === '/healthz' || ready();
    response
      .writeHead(ok ? 200 : 503, { 'content-type': 'application/json', 'cache-control': 'no-store' })
      .end(JSON.stringify({ status: ok ? 'ok' : 'shutting down' }));
    return true;
  };
}
