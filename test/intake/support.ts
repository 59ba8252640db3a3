import { createHmac } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { type Socket, connect } from 'node:net';
import type { EmitterWebhookEvent } from '@octokit/webhooks';
import { INTAKE_LIMITS, type IntakeLimits, serverOptions } from '../../src/intake/limits.js';
import { createWebhookRoute } from '../../src/intake/webhook-route.js';
import { type FakeClock, createFakeClock } from '../support/fake-clock.js';
import { withServer } from '../support/http.js';
import { createLogBook } from '../support/log-book.js';

export const SECRET = 'a-secret-of-this-test';
export const PATH = '/api/github/webhooks';
export const PAYLOAD = '{ "action": "labeled", "note": "BODYMARKER é 🚂" }';

export function signatureOf(body: string | Buffer, secret = SECRET): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
}

interface Intake {
  readonly url: string;
  readonly clock: FakeClock;
  readonly log: ReturnType<typeof createLogBook>;
  readonly received: EmitterWebhookEvent[];
  /** Sends a webhook as GitHub does; `undefined` leaves a header out. Gives the status. */
  send(body: string | Buffer, headers?: Record<string, string | undefined>, path?: string): Promise<number>;
  /** Opens a webhook of unknown length whose body the test writes. */
  open(): Upload;
  /** A bare connection. */
  connect(): Socket;
}

interface Upload {
  write(chunk: Buffer | string): Promise<void>;
  hangUp(): void;
  /** Status of the answer, which may come before the end of the body. */
  readonly answer: Promise<number>;
  readonly closed: Promise<void>;
}

/** Runs `use` against the webhook route on a real server and a clock moved by hand. */
export async function withIntake(
  use: (intake: Intake) => Promise<void>,
  limits: Partial<IntakeLimits> = {},
  receive?: (event: EmitterWebhookEvent) => Promise<void>,
): Promise<void> {
  const clock = createFakeClock();
  const log = createLogBook();
  const received: EmitterWebhookEvent[] = [];
  const take = async (event: EmitterWebhookEvent) => void received.push(event);
  const route = createWebhookRoute({ secret: SECRET, clock, log, limits, receive: receive ?? take });
  await withServer(
    (request, response) => {
      if (!route(request, response)) response.writeHead(404).end();
    },
    ({ url, port }) =>
      use({
        url,
        clock,
        log,
        received,
        send: (body, headers = {}, path = PATH) => send(`${url}${path}`, body, headers),
        open: () => open(`${url}${PATH}`),
        connect: () => connect(port, '127.0.0.1'),
      }),
    serverOptions({ ...INTAKE_LIMITS, ...limits }),
  );
}

function headersOf(body: string | Buffer): Record<string, string> {
  return {
    'content-type': 'application/json',
    'x-github-delivery': '72d3162e-cc78-11e3-81ab-4c9367dc0958',
    'x-github-event': 'issues',
    'x-hub-signature-256': signatureOf(body),
  };
}

async function send(
  url: string,
  body: string | Buffer,
  changed: Record<string, string | undefined>,
): Promise<number> {
  const all = Object.entries({ ...headersOf(body), ...changed });
  const headers = Object.fromEntries(
    all.flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
  const response = await fetch(url, { method: 'POST', headers, body: new Uint8Array(Buffer.from(body)) });
  await response.text();
  return response.status;
}

function open(url: string): Upload {
  const request = httpRequest(url, { method: 'POST', headers: headersOf('') });
  request.flushHeaders();
  const closed = new Promise<void>((resolve) => request.on('close', resolve));
  const answer: Upload['answer'] = new Promise((resolve) => {
    request.on('response', (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
  });
  request.on('error', () => undefined);
  return {
    answer,
    closed,
    write: (chunk) => new Promise((resolve) => request.write(chunk, () => resolve())),
    hangUp: () => request.destroy(),
  };
}
