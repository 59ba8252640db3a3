import type { ServerOptions } from 'node:http';

/** Sizes in bytes, times in milliseconds. */
export interface IntakeLimits {
  /** GitHub delivers nothing above 25 MB. https://docs.github.com/en/webhooks/webhook-events-and-payloads#payload-cap */
  readonly body: number;
  /** Of all bodies that are being read, so that many large ones together are no way around the limit of one. */
  readonly allBodies: number;
  readonly headersWithin: number;
  /** From the headers to the last byte of the body. GitHub itself gives up after 10 s. */
  readonly bodyWithin: number;
  /** How long a refused sender may go on sending into the void, so that it can read the refusal. */
  readonly linger: number;
}

const MIB = 1024 * 1024;

export const INTAKE_LIMITS: IntakeLimits = {
  body: 25 * MIB,
  allBodies: 100 * MIB,
  headersWithin: 10_000,
  bodyWithin: 10_000,
  linger: 1_000,
};

/** Options of the HTTP server by which Node itself refuses slow headers (408) and holds no connection for ever. */
export function serverOptions({ headersWithin, bodyWithin, linger }: IntakeLimits): ServerOptions {
  const whole = headersWithin + bodyWithin + linger;
  return {
    headersTimeout: headersWithin,
    requestTimeout: whole,
    connectionsCheckingInterval: Math.max(1, Math.min(1_000, headersWithin / 4)),
    maxHeaderSize: 16 * 1024,
  };
}
