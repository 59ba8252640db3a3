import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createClock } from '../../src/clock.js';
import { createWorld } from '../../src/create-world.js';
import { addAccount, addApp, addRepository, installApp } from '../../src/domain/bootstrap.js';
import type { Context } from '../../src/domain/context.js';
import type { DomainEvent } from '../../src/domain/events.js';
import type { Permissions, Role } from '../../src/state/model.js';

export const START = Date.parse('2026-01-05T10:00:00Z');

const PEOPLE = { ada: 'admin', grace: 'maintain', linus: 'write', tove: 'triage', olaf: 'none' } as const;
export type Person = keyof typeof PEOPLE;

const BOT_PERMISSIONS: Permissions = {
  contents: 'write',
  issues: 'write',
  pull_requests: 'write',
  checks: 'write',
  statuses: 'write',
  merge_queues: 'read',
  actions: 'write',
};

/** acme/market with five people and the app `yardmaster`; `as` makes a context that acts as one of them. */
export async function createTestWorld(options: { permissions?: Permissions; private?: boolean } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'local-github-'));
  const clock = createClock(START, () => 0);
  const world = createWorld({ clock, folder });
  world.url = 'http://127.0.0.1:1';
  const owner = addAccount(world, { login: 'acme', type: 'Organization' });
  const people = Object.fromEntries(
    Object.keys(PEOPLE).map((login) => [login, addAccount(world, { login, type: 'User' })]),
  ) as Record<Person, ReturnType<typeof addAccount>>;
  const roles: Record<number, Role> = Object.fromEntries(
    Object.entries(PEOPLE).map(([login, role]) => [people[login as Person].id, role]),
  );
  const repository = await addRepository(world, {
    ownerId: owner.id,
    name: 'market',
    roles,
    private: options.private ?? false,
  });
  const app = addApp(world, {
    id: 1001,
    slug: 'yardmaster',
    name: 'Yardmaster',
    ownerId: owner.id,
    permissions: options.permissions ?? BOT_PERMISSIONS,
    events: ['issues'],
  });
  installApp(world, { id: 2001, appId: app.id, accountId: owner.id });

  const events: DomainEvent[] = [];
  world.onEffect((effect) => void events.push(...effect.events));

  function as(who: Person | 'app' | 'nobody'): Context {
    const principal =
      who === 'nobody'
        ? ({ kind: 'anonymous' } as const)
        : who === 'app'
          ? ({
              kind: 'installation',
              installationId: 2001,
              appId: app.id,
              accountId: app.botId,
              ownerId: owner.id,
              permissions: app.permissions,
            } as const)
          : ({ kind: 'user', accountId: people[who].id } as const);
    return { world, principal, view: world.view(), effects: [], afterEffect: () => undefined };
  }

  return {
    world,
    clock,
    app,
    people,
    events,
    as,
    /** The repository's newest row. */
    repository: () => world.store.state.repositories[repository.id]!,
    async close() {
      await world.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
