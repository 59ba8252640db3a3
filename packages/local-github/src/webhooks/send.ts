import { createHmac } from 'node:crypto';

import type { Target } from './target.js';

export interface Message {
  readonly guid: string;
  readonly event: string;
  /** The payload as JSON, exactly as it is sent and signed. */
  readonly body: string;
}

/** How it went. `statusCode` is 0 if there was no answer. */
export interface Outcome {
  readonly status: string;
  readonly statusCode: number;
  /** In real seconds. */
  readonly duration: number;
  readonly headers: Readonly<Record<string, string>> | null;
  readonly answer: string | null;
}

/** GitHub ends a delivery that is not answered in ten seconds. */
const TIMEOUT = 10_000;

/** The headers of a delivery. Source: https://docs.github.com/en/webhooks/webhook-events-and-payloads#delivery-headers */
export function deliveryHeaders(target: Target, { guid, event, body }: Message): Record<string, string> {
  return {
    accept: '*/*',
    'content-type': 'application/json',
    'user-agent': 'GitHub-Hookshot/local',
    'x-github-delivery': guid,
    'x-github-event': event,
    'x-github-hook-id': String(target.hookId),
    'x-github-hook-installation-target-id': String(target.id),
    'x-github-hook-installation-target-type': target.kind,
    ...(target.secret !== null && { 'x-hub-signature-256': signature(target.secret, body) }),
  };
}

/** `sha256=` and the HMAC of the body in hexadecimal. */
export function signature(secret: string, body: string): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
}

/** Posts a webhook and says how it went; never throws. `ended` stops it early. */
export async function send(target: Target, message: Message, ended: AbortSignal): Promise<Outcome> {
  if (target.url === undefined) return failure('undelivered', 0);
  const started = performance.now();
  const seconds = () => Math.round(performance.now() - started) / 1000;
  const timeout = AbortSignal.timeout(TIMEOUT);
  try {
    const response = await fetch(target.url, {
      method: 'POST',
      headers: deliveryHeaders(target, message),
      body: message.body,
      redirect: 'manual',
      signal: AbortSignal.any([timeout, ended]),
    });
    const answer = await response.text();
    return {
      status: response.ok ? 'OK' : `Invalid HTTP Response: ${response.status}`,
      statusCode: response.status,
      duration: seconds(),
      headers: Object.fromEntries(response.headers),
      answer,
    };
  } catch {
    return failure(timeout.aborted ? 'timed out' : 'failed to connect to host', seconds());
  }
}

/** A delivery without an answer. */
export function failure(status: string, duration: number): Outcome {
  return { status, statusCode: 0, duration, headers: null, answer: null };
}
