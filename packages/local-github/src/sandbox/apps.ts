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
  readonly secret: string;
}

/** Registers and installs the app under test and `ci`, which stands for what tests pull requests. */
export function register(world: World, ownerId: Id, seed: AppSeed): Registered {
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
  return { apps: [app, ci], app, ci: installation, secret };
}
