import { holds } from '../access/access.js';
import type { Principal } from '../access/principal.js';
import { badCredentials, notAccessible } from '../domain/errors.js';
import type { Route } from './route.js';

/**
 * What an app may call, by the permissions of its installation. What a person may do depends on the repository, so the
 * domain decides it. Throws 401 where only an app's JSON web token will do, 403 where a permission is missing.
 */
export function checkPermissions(principal: Principal, access: Route['access']): void {
  if (access === 'anyone') return;
  if (access === 'app') {
    if (principal.kind !== 'app') throw badCredentials('A JSON web token could not be decoded');
    return;
  }
  if (principal.kind === 'app') throw notAccessible();
  if (principal.kind === 'installation' && !access.some((need) => holds(principal.permissions, need))) {
    throw notAccessible();
  }
}

/**
 * `issues=write; pull_requests=write`: alternatives are separated by semicolons, what is needed together by commas.
 * Source: https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api
 */
export function acceptedPermissions(access: Route['access']): Readonly<Record<string, string>> {
  if (typeof access === 'string') return {};
  const sets = access.map((need) =>
    Object.entries(need)
      .map(([name, level]) => `${name}=${level}`)
      .join(','),
  );
  return { 'x-accepted-github-permissions': sets.join('; ') };
}
