import type { IncomingMessage, ServerResponse } from 'node:http';
import { type EmitterWebhookEvent, Webhooks, emitterEventNames } from '@octokit/webhooks';
import { asAppError } from '../app/errors.js';
import type { Clock, Log } from '../app/ports.js';
import { INTAKE_LIMITS, type IntakeLimits } from './limits.js';
import { createBodyReader, discard } from './read-body.js';
import { requireSecret } from './secret.js';

export const WEBHOOK_PATH = '/api/github/webhooks';

interface WebhookRouteParts {
  readonly secret: string | undefined;
  /** Hands a verified webhook to the handlers. Its rejection is answered with 503, which GitHub lists as failed. */
  readonly receive: (event: EmitterWebhookEvent) => Promise<void>;
  readonly clock: Clock;
  readonly log: Log;
  readonly limits?: Partial<IntakeLimits>;
}

type Headers = { readonly id: string; readonly event: string; readonly signature: string };
type Refusal = { readonly status: number; readonly why: string; readonly headers?: Record<string, string> };

const REFUSED_BODIES = {
  'too large': { status: 413, why: 'The body is too large.' },
  'too slow': { status: 408, why: 'The body took too long.' },
  'too many': { status: 503, why: 'Too many webhooks at once.' },
} satisfies Record<string, Refusal>;

/**
 * Answers `POST /api/github/webhooks`; true if the request was for that path. The signature is verified over the raw
 * bytes before anything is parsed; nothing of a payload is logged. Throws for a secret that cannot be trusted.
 */
export function createWebhookRoute({ secret, receive, clock, log, limits = {} }: WebhookRouteParts) {
  const webhooks = new Webhooks({ secret: requireSecret(secret) });
  const all = { ...INTAKE_LIMITS, ...limits };
  const readBody = createBodyReader(clock, all);

  async function answer(request: IncomingMessage): Promise<Refusal | 'accepted' | 'gone'> {
    const headers = readHeaders(request);
    if ('why' in headers) return headers;
    const body = await readBody(request);
    if (body.kind === 'gone') return 'gone';
    if (body.kind !== 'read') return REFUSED_BODIES[body.kind];
    const text = decode(body.bytes);
    if (text === undefined || text === '') return { status: 400, why: 'The body is not UTF-8 text.' };
    if (!(await webhooks.verify(text, headers.signature)))
      return { status: 401, why: 'The signature is wrong.' };
    const payload = parseObject(text);
    if (payload === undefined) return { status: 400, why: 'The body is not a JSON object.' };
    return deliver(headers, payload);
  }

  async function deliver({ id, event }: Headers, payload: object): Promise<Refusal | 'accepted'> {
    // The header is not signed: a name that is no event must not reach a table of handlers.
    if (!isEventName(event)) return 'accepted';
    try {
      await receive({ id, name: event, payload } as EmitterWebhookEvent);
      return 'accepted';
    } catch (error) {
      log.error('A webhook could not be taken', { delivery: id, event, error: asAppError(error) });
      return { status: 503, why: 'The webhook could not be taken.' };
    }
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const result = await answer(request);
    if (result === 'gone') return;
    if (result === 'accepted') {
      response.writeHead(202, { 'content-type': 'text/plain' }).end('accepted\n');
      return;
    }
    const { status, why, headers = {} } = result;
    log.info('A webhook was refused', { status, why });
    response.writeHead(status, { 'content-type': 'text/plain', ...headers }).end(`${why}\n`);
    discard(request, clock, all.linger);
  }

  return (request: IncomingMessage, response: ServerResponse): boolean => {
    const path = (request.url ?? '').split('?', 1)[0]?.replace(/\/$/, '');
    if (path !== WEBHOOK_PATH) return false;
    void handle(request, response).catch((error: unknown) => {
      log.error('The webhook route failed', { error: asAppError(error) });
      response.destroy();
    });
    return true;
  };
}

/** What can be refused without reading the body. */
function readHeaders({ method, headers }: IncomingMessage): Headers | Refusal {
  if (method !== 'POST')
    return { status: 405, why: 'Webhooks are sent by POST.', headers: { allow: 'POST' } };
  const type = (headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase();
  if (type !== 'application/json') return { status: 415, why: 'The content type must be application/json.' };
  const { 'x-github-delivery': id, 'x-github-event': event, 'x-hub-signature-256': signature } = headers;
  if (!isWord(id)) return { status: 400, why: 'The header X-GitHub-Delivery is missing or malformed.' };
  if (!isWord(event)) return { status: 400, why: 'The header X-GitHub-Event is missing or malformed.' };
  if (typeof signature !== 'string' || signature === '') {
    return { status: 400, why: 'The header X-Hub-Signature-256 is missing.' };
  }
  return { id, event, signature };
}

function isWord(value: string | string[] | undefined): value is string {
  return typeof value === 'string' && /^[\w-]{1,100}$/.test(value);
}

function isEventName(name: string): boolean {
  return (emitterEventNames as readonly string[]).includes(name);
}

/** Exactly these bytes as text (the byte order mark is kept, as the signature covers it); undefined if they are no UTF-8. */
function decode(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function parseObject(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
