import type { Tokens } from '../access/tokens.js';
import { row } from '../domain/context.js';
import { type Id, type Installation, type Role } from '../state/model.js';
import type { World } from '../world.js';
import type { SeedUser } from './seed-file.js';

/** The people of a seed that names none: one of each role. */
export const PEOPLE: readonly SeedUser[] = [
  { login: 'ada', role: 'admin' },
  { login: 'grace', role: 'maintain' },
  { login: 'linus', role: 'write' },
  { login: 'tove', role: 'triage' },
  { login: 'olaf', role: 'none' },
];

/** What the info file calls a role. */
const NAMES = [
  ['admin', 'admin'],
  ['maintainer', 'maintain'],
  ['writer', 'write'],
  ['triager', 'triage'],
  ['reader', 'read'],
  ['outsider', 'none'],
] as const satisfies readonly (readonly [string, Role])[];

export type PersonName = (typeof NAMES)[number][0] | 'ci';

/** By role; a role that the seed gives to nobody is left out. */
export type ByPerson = Readonly<Partial<Record<PersonName, string>>>;

/** Who is there, and how they sign in. */
export interface People {
  readonly tokens: ByPerson;
  readonly users: ByPerson;
  /** Left out where the seed names none. */
  readonly bots?: Readonly<Record<string, string>>;
}

/** Tokens and logins of the first user of each role and of the app `ci`, and the tokens of the seed's bots by slug. */
export function introduce(
  world: World,
  tokens: Tokens,
  {
    users,
    accounts,
    ci,
    bots,
  }: {
    users: readonly SeedUser[];
    accounts: ReadonlyMap<string, Id>;
    ci: Installation;
    bots: readonly Installation[];
  },
): People {
  const app = row(world.store.state.apps, ci.appId);
  const people = NAMES.flatMap(([name, role]) => {
    const login = users.find((user) => user.role === role)?.login;
    const id = login === undefined ? undefined : accounts.get(login);
    return login === undefined || id === undefined ? [] : [{ name, login, token: tokens.person(id) }];
  });
  return {
    tokens: {
      ...Object.fromEntries(people.map(({ name, token }) => [name, token])),
      ci: tokens.lasting(app, ci),
    },
    users: {
      ...Object.fromEntries(people.map(({ name, login }) => [name, login])),
      ci: row(world.store.state.accounts, app.botId).login,
    },
    ...(bots.length > 0 && {
      bots: Object.fromEntries(
        bots.map((bot) => {
          const known = row(world.store.state.apps, bot.appId);
          return [known.slug, tokens.lasting(known, bot)];
        }),
      ),
    }),
  };
}
