import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { appKey } from '../access/keys.js';
import type { App } from '../state/model.js';
import type { ByPerson, People } from './people.js';

/** What somebody who uses a local GitHub has to know. No URL ends in a slash. */
export interface Info {
  readonly url: string;
  readonly api: string;
  readonly graphql: string;
  readonly git: string;
  readonly repository: string;
  readonly pid: number;
  readonly now: string;
  readonly tokens: ByPerson;
  readonly users: ByPerson;
  /** Tokens of the bots that the seed names, by slug; left out where it names none. */
  readonly bots?: Readonly<Record<string, string>>;
  readonly app: {
    readonly id: number;
    readonly slug: string;
    readonly installation: number;
    readonly privateKeyFile: string;
    readonly webhookSecretFile: string;
  };
}

const PRIVATE = { mode: 0o600 };

/** Writes the app's key and webhook secret, and says where everything is. */
export async function describeServer(server: {
  url: string;
  folder: string;
  repository: string;
  now: string;
  app: App;
  people: People;
  secret: string;
}): Promise<Info> {
  const { url, folder, repository, now, app, people } = server;
  const privateKeyFile = join(folder, 'app.pem');
  const webhookSecretFile = join(folder, 'secret');
  await writeFile(privateKeyFile, appKey(app.id).privatePem, PRIVATE);
  await writeFile(webhookSecretFile, server.secret, PRIVATE);
  return {
    url,
    api: url,
    graphql: `${url}/graphql`,
    git: `${url}/${repository}.git`,
    repository,
    pid: process.pid,
    now,
    ...people,
    app: { id: app.id, slug: app.slug, installation: 2001, privateKeyFile, webhookSecretFile },
  };
}
