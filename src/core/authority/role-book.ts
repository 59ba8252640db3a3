import {
  type Actor,
  type Readable,
  type Role,
  ROLES,
  type Roles,
  type Time,
  read,
  unreadable,
} from '../model/index.js';

/** Answers who has which role, and remembers whom it could not answer for. */
export interface RoleBook {
  /**
   * The role of a person, as asked at or after `event`, the time of what they did. Who was not asked since is
   * unreadable, and listed in `missing`. GitHub is not asked about bots: a listed one counts like a person with write,
   * any other has no role. The app itself has none here: who lets it do something says so.
   */
  of(actor: Actor, event: Time): Readable<Role>;
  /** Logins to ask GitHub for before the plan can be complete, in order of first need. */
  missing(): readonly string[];
}

/** True if `role` is at least `least`. */
export function atLeast(role: Role, least: Role): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(least);
}

/** True if the settings list the bot. GitHub does not tell logins apart by case. */
export function isListedBot(login: string, bots: readonly string[]): boolean {
  return bots.some((each) => each.toLowerCase() === login.toLowerCase());
}

/** A role book over what GitHub has said so far. `bots` are the logins of the bots that the settings list. */
export function createRoleBook(roles: Roles, bots: readonly string[]): RoleBook {
  const missing = new Set<string>();
  return {
    of({ login, kind }, event) {
      if (kind !== 'person') return read(kind === 'bot' && isListedBot(login, bots) ? 'write' : 'none');
      const known = roles[login.toLowerCase()];
      if (known !== undefined && known.askedAt >= event) return known.role;
      missing.add(login.toLowerCase());
      return unreadable('GitHub was not asked yet');
    },
    missing: () => [...missing],
  };
}
