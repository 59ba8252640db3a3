import { timestamp } from '../clock.js';
import type { Account, App, Id, Installation, Repository, Role } from '../state/model.js';
import type { World } from '../world.js';
import { newRepository } from './new-repository.js';

/** Makes an account before the world is in use: no effect, no event. */
export function addAccount(world: World, input: { login: string; type: Account['type'] }): Account {
  let account: Account | undefined;
  world.store.seed(({ state, newId }) => {
    account = { id: newId(), login: input.login, type: input.type, name: input.login };
    state.accounts[account.id] = account;
  });
  return made(account);
}

/** Registers an app with its bot account, under fixed numbers. */
export function addApp(
  world: World,
  input: Pick<App, 'id' | 'slug' | 'name' | 'ownerId' | 'permissions' | 'events'>,
): App {
  const bot = addAccount(world, { login: `${input.slug}[bot]`, type: 'Bot' });
  const app: App = { ...input, botId: bot.id, createdAt: timestamp(world.clock.now()) };
  world.store.seed(({ state }) => {
    state.apps[app.id] = { ...app, events: [...app.events] };
  });
  return app;
}

/** Installs an app on all repositories of an account. */
export function installApp(world: World, input: Omit<Installation, 'createdAt'>): Installation {
  const installation: Installation = { ...input, createdAt: timestamp(world.clock.now()) };
  world.store.seed(({ state }) => {
    state.installations[installation.id] = installation;
  });
  return installation;
}

/** Makes an empty repository with its bare git repository; a branch appears with the first commit. */
export async function addRepository(
  world: World,
  input: {
    ownerId: Id;
    name: string;
    private?: boolean;
    defaultBranch?: string;
    roles: Readonly<Record<Id, Role>>;
  },
): Promise<Repository> {
  const now = timestamp(world.clock.now());
  let repository: Repository | undefined;
  world.store.seed(({ state, newId }) => {
    repository = newRepository(newId(), now, {
      ownerId: input.ownerId,
      name: input.name,
      private: input.private ?? false,
      defaultBranch: input.defaultBranch ?? 'main',
      roles: input.roles,
    });
    state.repositories[repository.id] = structuredClone(repository) as never;
  });
  await world.openGit(made(repository));
  return made(repository);
}

function made<Row>(row: Row | undefined): Row {
  if (row === undefined) throw new Error('nothing was made');
  return row;
}
