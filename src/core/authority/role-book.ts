import { type Readable, type Role, ROLES, type Roles, type Time, unreadable } from '../model/index.js';

/** Answers who has which role, and remembers whom it could not answer for. */
export interface RoleBook {
  /**
   * The role of a person, as first asked after `event`, the time of what they did. Who was not asked since is
   * unreadable, and listed in `missing`.
   */
  of(login: string, event: Time): Readable<Role>;
  /** Logins to ask GitHub for before the plan can be complete, in order of first need. */
  missing(): readonly string[];
}

/** True if `role` is at least `least`. */
export function atLeast(role: Role, least: Role): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(least);
}

/** A role book over what GitHub has said so far. */
export function createRoleBook(roles: Roles): RoleBook {
  const missing = new Set<string>();
  return {
    of(login, event) {
      const known = roles[login.toLowerCase()];
      if (known !== undefined && known.askedAt >= event) return known.role;
      missing.add(login.toLowerCase());
      return unreadable('GitHub was not asked yet');
    },
    missing: () => [...missing],
  };
}
