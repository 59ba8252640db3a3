import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createClock, timestamp } from './clock.js';
import { createWorld } from './create-world.js';
import { type Mount, listen } from './http/listen.js';
import { type AppSeed, register } from './sandbox/apps.js';
import { type Info, describeServer } from './sandbox/info.js';
import { introduce } from './sandbox/people.js';
import { type Seed, readSeed } from './sandbox/seed-file.js';
import { plantRules } from './sandbox/seed-rules.js';
import { plantSeed } from './sandbox/seed.js';
import { createServices } from './sandbox/services.js';
import type { World } from './world.js';

export interface LocalGithubOptions {
  /** 0 or absent: any free one. */
  readonly port?: number;
  /** Where the clock starts, ISO 8601; real time if absent. */
  readonly now?: string;
  /** What it holds, in YAML. */
  readonly seed: string;
  /** Where the git repositories and keys go; a folder in the temporary folder, removed at the end, if absent. */
  readonly folder?: string;
  /** The app under test. */
  readonly app: AppSeed;
  /** Where that app's webhooks go: an address, or a path on this server (of the mount). Absent: kept as undelivered. */
  readonly webhookUrl?: string;
  /** Another program's part of this port. */
  readonly mount?: Mount;
}

export interface LocalGithub {
  /** Without a slash at the end. */
  readonly url: string;
  readonly world: World;
  readonly info: Info;
  /** Waits until nothing is under way or due, as `POST /_sandbox/settle` does. */
  settle(): Promise<void>;
  /** Differences from GitHub's description since the last call, one line each; whoever takes them answers for them. */
  takeViolations(): readonly string[];
  /**
   * Ends every connection, timer and process, and removes the temporary folder. Takes less than five seconds. A process that
   * only waits to start git again ends a second later, or with this program.
   */
  close(): Promise<void>;
}

/**
 * Starts a local GitHub on 127.0.0.1.
 * @throws SeedError if the seed cannot be used
 * @throws RangeError if `now` is no time
 */
export async function startLocalGithub(options: LocalGithubOptions): Promise<LocalGithub> {
  const seed = readSeed(options.seed);
  const start = options.now === undefined ? Date.now() : Date.parse(options.now);
  if (Number.isNaN(start))
    throw new RangeError(`expected a time like 2026-01-05T10:00:00Z, got ${options.now}`);
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'local-github-')));
  const world = createWorld({ clock: createClock(start), folder });

  async function remove(): Promise<void> {
    await world.close();
    if (options.folder === undefined) await rm(folder, { recursive: true, force: true });
  }

  try {
    return await open(world, seed, options, remove);
  } catch (error) {
    await remove();
    throw error;
  }
}

async function open(
  world: World,
  seed: Seed,
  options: LocalGithubOptions,
  remove: () => Promise<void>,
): Promise<LocalGithub> {
  const seeded = await plantSeed(world, seed);
  const { apps, app, ci, bots, secret } = register(world, seeded.ownerId, options.app, seed.bots ?? []);
  plantRules(world, seed, seeded.repository.id, apps);
  const { tokens, recorder, mover, answer, track, sendWebhooks, close } = createServices(world, app.id);
  const people = introduce(world, tokens, { ...seeded, ci, bots });

  const listening = await listen({ port: options.port ?? 0, mount: options.mount, answer, track });
  const { url } = listening;
  world.url = url;
  const target = options.webhookUrl === undefined ? undefined : new URL(options.webhookUrl, url).href;
  sendWebhooks([{ appId: app.id, url: target, secret }]);
  const now = timestamp(world.clock.now());
  const { folder } = world;
  const { repository } = seed;
  const info = await describeServer({ url, folder, repository, now, app, people, secret });
  return {
    url,
    world,
    info,
    settle: async () => void (await mover.settle()),
    takeViolations: recorder.takeViolations,
    async close() {
      close();
      await listening.close();
      await remove();
    },
  };
}
