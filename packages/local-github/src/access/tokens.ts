import { randomBytes } from 'node:crypto';

import type { App, Id, Installation, Permissions } from '../state/model.js';
import type { Principal } from './principal.js';

/** A token of an installation lives one hour of real time. */
const LIFETIME = 60 * 60 * 1000;

export interface Tokens {
  /** A token of a person; it does not expire. */
  person(accountId: Id): string;
  /** A token of an installation that ends after an hour of real time. */
  installation(app: App, installation: Installation, permissions: Permissions): IssuedToken;
  /** A token of an installation that does not expire, for the scripts of people who use the sandbox. */
  lasting(app: App, installation: Installation): string;
  /** Whom a token speaks for; undefined if it is unknown or has expired. */
  find(token: string): Principal | undefined;
}

export interface IssuedToken {
  readonly token: string;
  /** In real time, ISO 8601 with whole seconds. */
  readonly expiresAt: string;
}

/** Keeps the tokens of one local GitHub. */
export function createTokens(realNow: () => number = Date.now): Tokens {
  const tokens = new Map<string, { readonly principal: Principal; readonly expiresAt: number }>();

  function issue(prefix: 'ghp' | 'ghs', principal: Principal, expiresAt: number): string {
    const token = `${prefix}_${randomBytes(18).toString('hex')}`;
    tokens.set(token, { principal, expiresAt });
    return token;
  }

  function principalOf(app: App, installation: Installation, permissions: Permissions): Principal {
    const { id: appId, botId: accountId } = app;
    const { id: installationId, accountId: ownerId } = installation;
    return { kind: 'installation', installationId, appId, accountId, ownerId, permissions };
  }

  return {
    person: (accountId) => issue('ghp', { kind: 'user', accountId }, Infinity),
    installation(app, installation, permissions) {
      const expiresAt = realNow() + LIFETIME;
      const token = issue('ghs', principalOf(app, installation, permissions), expiresAt);
      return { token, expiresAt: `${new Date(expiresAt).toISOString().slice(0, 19)}Z` };
    },
    lasting: (app, installation) => issue('ghs', principalOf(app, installation, app.permissions), Infinity),
    find(token) {
      const found = tokens.get(token);
      return found !== undefined && realNow() < found.expiresAt ? found.principal : undefined;
    },
  };
}
