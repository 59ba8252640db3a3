import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

import Fastify, { type FastifyReply, type FastifyRequest } from 'fastify';

import type { Incoming, Reply } from './message.js';

/** A part of another program that is served on the same port. */
export interface Mount {
  /** As `/bot`; it gets every request whose path is one of these or below it, with the whole path. */
  readonly prefixes: readonly string[];
  readonly handler: (request: IncomingMessage, response: ServerResponse) => void;
}

export interface Listening {
  /** `http://127.0.0.1:41001`, without a slash at the end. */
  readonly url: string;
  /** Stops listening and closes every connection. */
  close(): Promise<void>;
}

/** The largest request: a push of this many bytes. */
const BODY_LIMIT = 2 ** 29;

/**
 * GitHub ends a request that takes more than ten seconds. Source:
 * https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api#timeouts
 */
const TIMEOUT = 10_000;

/**
 * Listens on 127.0.0.1.
 * @param answer gives the answer to a request
 * @param track keeps account of a request until its answer has been sent
 */
export async function listen({
  port,
  mount,
  answer,
  track,
}: {
  port: number;
  mount?: Mount | undefined;
  answer: (incoming: Incoming) => Promise<Reply>;
  track: (incoming: Incoming, work: () => Promise<void>) => Promise<void>;
}): Promise<Listening> {
  const app = Fastify({
    bodyLimit: BODY_LIMIT,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 10_000 },
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_, body, done) => done(null, body));
  if (mount) {
    const { prefixes, handler } = mount;
    app.addHook('onRequest', (request, reply, done) => {
      const [path = ''] = (request.raw.url ?? '').split('?');
      if (!prefixes.some((prefix) => path === prefix || path.startsWith(`${prefix}/`))) return done();
      reply.hijack();
      handler(request.raw, reply.raw);
    });
  }
  app.all('/*', async (request, reply) => {
    const incoming = read(request, reply);
    await track(incoming, async () => {
      send(request, reply, await answer(incoming));
      await incoming.sent;
    });
    return reply;
  });
  await app.listen({ port, host: '127.0.0.1' });
  const { port: actual } = app.server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${actual}`,
    async close() {
      const closed = app.close();
      app.server.closeAllConnections();
      await closed;
    },
  };
}

function read(request: FastifyRequest, reply: FastifyReply): Incoming {
  const url = request.raw.url ?? '/';
  const mark = url.indexOf('?');
  return {
    method: request.method,
    path: mark === -1 ? url : url.slice(0, mark),
    query: mark === -1 ? '' : url.slice(mark + 1),
    headers: request.headers,
    body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
    sent: new Promise((resolve) => reply.raw.once('close', resolve)),
  };
}

function send(request: FastifyRequest, reply: FastifyReply, answer: Reply): void {
  switch (answer) {
    case 'hangup':
      reply.hijack();
      request.raw.socket.destroy();
      return;
    case 'timeout':
      reply.hijack();
      void wait(TIMEOUT, undefined, { ref: false }).then(() => request.raw.socket.destroy());
      return;
    default:
      // Without a body Fastify would still say that it sends JSON.
      void reply.code(answer.status).headers(answer.headers).send(answer.body);
  }
}
