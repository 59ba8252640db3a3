import { randomBytes } from 'node:crypto';

import { addApp, installApp } from '../domain/bootstrap.js';
import type { App, Id, Installation, Permissions } from '../state/model.js';
import type { World } from '../world.js';

/** The app under test. It is app 1001 under installation 2001. */
export interface AppSeed {
  readonly slug: string;
  readonly name: string;
  readonly permissions: Permissions;
  /** The webhook events that it subscribes to. */
  readonly events: readonly string[];
  /** Signs its webhooks; a random one if absent. */
  readonly webhookSecret?: string;
}

export interface Registered {
  readonly apps: readonly App[];
  readonly app: App;
  readonly ci: Installation;
  /** Those of the bots that the seed names, in its order. */
  readonly bots: readonly Installation[];
  readonly secret: string;
}

/**
 * Registers and installs the app under test, `ci`, which stands for what tests pull requests, and bots that write issues
 * and pull requests, by their slugs.
 */
export function register(world: World, ownerId: Id, seed: AppSeed, slugs: readonly string[]): Registered {
  const { webhookSecret: secret = randomBytes(20).toString('hex'), ...input } = seed;
  const app = addApp(world, { id: 1001, ownerId, ...input });
  installApp(world, { id: 2001, appId: app.id, accountId: ownerId });
  const ci = addApp(world, {
    id: 1002,
    slug: 'ci',
    name: 'CI',
    ownerId,
    permissions: { checks: 'write', statuses: 'write', contents: 'write' },
    events: [],
  });
  const installation = installApp(world, { id: 2002, appId: ci.id, accountId: ownerId });
  const bots = slugs.map((slug, index) => {
    const permissions = { issues: 'write', pull_requests: 'write' } as const;
    const bot = addApp(world, { id: 1003 + index, slug, name: slug, ownerId, permissions, events: [] });
    return installApp(world, { id: 2003 + index, appId: bot.id, accountId: ownerId });
  });
  return { apps: [app, ci], app, ci: installation, bots, secret };
}
