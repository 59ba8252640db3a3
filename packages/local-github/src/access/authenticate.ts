import { badCredentials } from '../domain/errors.js';
import type { State } from '../state/model.js';
import { isJwt, verifyAppJwt } from './jwt.js';
import type { Principal } from './principal.js';
import type { Tokens } from './tokens.js';

/**
 * Who sent a request: `token X`, `Bearer X`, or basic authentication with any user name and the token as password. No
 * header is nobody. 401 for a token that is unknown or has expired.
 */
export function authenticate(header: string | undefined, tokens: Tokens, state: State): Principal {
  if (header === undefined) return { kind: 'anonymous' };
  const token = tokenOf(header);
  if (token === undefined || token === '') throw badCredentials();
  if (isJwt(token)) return { kind: 'app', appId: verifyAppJwt(token, state.apps).id };
  const principal = tokens.find(token);
  const isGone = principal?.kind === 'user' && state.accounts[principal.accountId] === undefined;
  if (principal === undefined || isGone) throw badCredentials();
  return principal;
}

function tokenOf(header: string): string | undefined {
  const space = header.indexOf(' ');
  const rest = header.slice(space + 1).trim();
  switch (header.slice(0, Math.max(space, 0)).toLowerCase()) {
    case 'token':
    case 'bearer':
      return rest;
    case 'basic': {
      const pair = Buffer.from(rest, 'base64').toString();
      return pair.slice(pair.indexOf(':') + 1);
    }
    default:
      return undefined;
  }
}
