import { verify } from 'node:crypto';

import { badCredentials, notFound } from '../domain/errors.js';
import type { App, Id } from '../state/model.js';
import { appKey } from './keys.js';

/** How far two machines' clocks may be apart, in seconds. */
const DRIFT = 60;
/** The longest life of a token, in seconds. */
const LONGEST = 600;

const undecodable = () => badCredentials('A JSON web token could not be decoded');

/** True for what has the form of a JSON web token. */
export function isJwt(token: string): boolean {
  return token.split('.').length === 3;
}

/**
 * The app that a JSON web token (RS256) speaks for. Lifetimes run on real time. 401 if it is malformed, signed by
 * another key, not yet or no longer valid, or valid for more than ten minutes; 404 for an unknown app. Source:
 * https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app/generating-a-json-web-token-jwt-for-a-github-app
 */
export function verifyAppJwt(
  token: string,
  apps: Readonly<Record<Id, App>>,
  realNow: () => number = Date.now,
): App {
  const [head = '', body = '', signature = ''] = token.split('.');
  const claims = decode(body);
  if (decode(head)['alg'] !== 'RS256') throw undecodable();
  const app = apps[Number(claims['iss'])];
  if (app === undefined) throw notFound('Integration not found');
  const signed = Buffer.from(`${head}.${body}`);
  if (!verify('RSA-SHA256', signed, appKey(app.id).publicKey, Buffer.from(signature, 'base64url'))) {
    throw undecodable();
  }
  checkTimes(claims, realNow() / 1000);
  return app;
}

function checkTimes({ iat, exp }: Readonly<Record<string, unknown>>, now: number): void {
  if (typeof iat !== 'number' || iat > now + DRIFT) {
    throw badCredentials(
      "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued",
    );
  }
  if (typeof exp !== 'number' || exp <= now) {
    throw badCredentials(
      "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires",
    );
  }
  if (exp > now + LONGEST + DRIFT) {
    throw badCredentials("'Expiration time' claim ('exp') is too far in the future");
  }
}

function decode(part: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString());
    if (typeof value === 'object' && value !== null) return { ...value };
  } catch {
    // Answered below, as for every other malformed token.
  }
  throw undecodable();
}
