import { asAppError } from '../../app/errors.js';
import {
  type Readable,
  ROLES,
  type Role,
  type Roles,
  type Time,
  read,
  unreadable,
} from '../../core/model/index.js';
import type { Transport } from '../transport.js';
import type { Memory } from './memory.js';
import type { Place } from './place.js';

const ROUTE = '/repos/{owner}/{repo}/collaborators/{username}/permission';

/** Custom roles have names of their own; `permission` then tells the weaker built-in one that they are made from. */
const PERMISSIONS: Readonly<Record<string, Role>> = {
  admin: 'admin',
  write: 'write',
  read: 'read',
  none: 'none',
};

/**
 * Asks for the role of each login, and remembers what GitHub said. An answer that cannot be read is given, but asked for
 * again at the next reading. Source of the fields: https://docs.github.com/en/rest/collaborators/collaborators.
 */
export async function askRoles(
  transport: Transport,
  place: Place,
  memory: Memory,
  logins: readonly string[],
  now: () => Time,
  people: Map<string, string>,
): Promise<Roles> {
  const asked: Record<string, Roles[string]> = {};
  for (const login of new Set(logins.map((each) => each.toLowerCase()))) {
    const askedAt = now();
    const role = await askRole(transport, place, login, people);
    asked[login] = { role, askedAt };
    if (role.kind === 'read') memory.roles.set(login, { role, askedAt });
    else memory.roles.delete(login);
  }
  return asked;
}

/** The roles that this process was told. */
export function knownRoles({ roles }: Memory): Roles {
  return Object.fromEntries([...roles].sort(([a], [b]) => (a < b ? -1 : 1)));
}

async function askRole(
  transport: Transport,
  place: Place,
  username: string,
  people: Map<string, string>,
): Promise<Readable<Role>> {
  try {
    const { data } = await transport.rest('GET', ROUTE, { owner: place.owner, repo: place.name, username });
    const { user } = Object(data) as { readonly user?: { readonly node_id?: unknown } };
    if (typeof user?.node_id === 'string') people.set(username, user.node_id);
    return roleOf(data);
  } catch (error) {
    const { kind, message, options } = asAppError(error);
    if (kind === 'bug') throw error;
    return options.status === 404 ? read('none') : unreadable(message);
  }
}

function roleOf(data: unknown): Readable<Role> {
  const { role_name: name, permission } = Object(data) as Readonly<Record<string, unknown>>;
  const builtIn = ROLES.find((role) => role === name);
  if (builtIn !== undefined) return read(builtIn);
  const base = typeof permission === 'string' ? PERMISSIONS[permission] : undefined;
  return base === undefined ? unreadable('GitHub gave a role that is not known') : read(base);
}
