import { badCredentials, forbidden, notAccessible, notFound } from '../domain/errors.js';
import { type Level, type Permission, type Repository, type Role, ROLES } from '../state/model.js';
import type { Principal } from './principal.js';

/** What an app needs to be allowed something: `{ issues: 'write' }`; a list means one of them is enough. */
export type Need = Readonly<Partial<Record<Permission, Level>>>;

export interface Access {
  /** The weakest role of a person who may do it. */
  readonly role: Role;
  /** The permissions of an app that may do it: any one of the list. */
  readonly app: readonly Need[];
  /** True for what people may do to their own things without the role. */
  readonly own?: boolean;
}

/** True if `role` is at least `least`. */
export function atLeast(role: Role, least: Role): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(least);
}

/** The role of an account in a repository: everybody reads a public one. */
export function roleOf(repository: Repository, accountId: number): Role {
  const role = repository.roles[accountId] ?? 'none';
  return role === 'none' && !repository.private ? 'read' : role;
}

/** True if an installation with these permissions has what is needed; `metadata: read` has every one. */
export function holds(permissions: Need, need: Need): boolean {
  return Object.entries(need).every(([name, level]) => {
    const held = name === 'metadata' ? 'read' : permissions[name as Permission];
    return held === 'write' || (held !== undefined && level === 'read');
  });
}

/** True if the principal may see that the repository exists. */
export function sees(principal: Principal, repository: Repository): boolean {
  if (!repository.private) return true;
  if (principal.kind === 'user') return roleOf(repository, principal.accountId) !== 'none';
  return principal.kind === 'installation' && principal.ownerId === repository.ownerId;
}

/** True if the principal may do what asks for `access` in the repository. */
export function allows(principal: Principal, repository: Repository, access: Access): boolean {
  switch (principal.kind) {
    case 'anonymous':
    case 'app':
      return access.role === 'read' && !repository.private;
    case 'user':
      return access.own === true || atLeast(roleOf(repository, principal.accountId), access.role);
    case 'installation':
      if (principal.ownerId !== repository.ownerId)
        return readsPublic(principal.permissions, repository, access);
      return access.app.some((need) => holds(principal.permissions, need));
  }
}

/** Where an app is not installed it reads what is public, with the permissions that it has elsewhere, and writes nothing. */
function readsPublic(permissions: Need, repository: Repository, { role, app }: Access): boolean {
  if (repository.private || role !== 'read') return false;
  return app.some(
    (need) => holds(permissions, need) && Object.values(need).every((level) => level === 'read'),
  );
}

/**
 * Throws what GitHub answers when the principal may not: 404 for what it cannot see, 401 for nobody, 403 otherwise. GitHub hides some
 * refusals to people behind 404 as well; here they are 403, which tells a test more and grants nothing.
 */
export function requireAccess(principal: Principal, repository: Repository, access: Access): void {
  if (!sees(principal, repository)) throw notFound();
  if (allows(principal, repository, access)) return;
  if (principal.kind === 'installation') throw notAccessible();
  if (principal.kind === 'anonymous') throw badCredentials('Requires authentication');
  throw forbidden(`You need the ${access.role} role on this repository.`);
}
