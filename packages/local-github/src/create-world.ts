import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { createActivity } from './activity.js';
import { type Clock, timestamp } from './clock.js';
import { runMergeQueues } from './domain/merge-queue/run.js';
import { type GitRepository, createRepository } from './git/repository.js';
import { createMergeability } from './mergeability.js';
import type { Id } from './state/model.js';
import { createStore } from './state/store.js';
import type { EffectListener, View, World } from './world.js';

/** A world with nothing in it; its git repositories live below `folder`. */
export function createWorld({ clock, folder }: { clock: Clock; folder: string }): World {
  const store = createStore();
  const repositories = new Map<Id, GitRepository>();
  const listeners: EffectListener[] = [];
  const signedByGitHub = new Set<string>();
  let last: Promise<unknown> = Promise.resolve();

  function git(id: Id): GitRepository {
    const repository = repositories.get(id);
    if (repository === undefined) throw new Error(`no git repository for ${id}`);
    return repository;
  }

  const activity = createActivity();
  const mergeability = createMergeability(git, activity);
  const world: World = {
    clock,
    activity,
    store,
    url: '',
    folder,
    git,
    listeners,
    onEffect: (listener) => void listeners.push(listener),
    view: (lag = 0): View => ({
      state: store.past(lag),
      now: timestamp(clock.now()),
      git,
      signedByGitHub,
      mergeability,
      url: world.url,
    }),
    exclusive(write) {
      const next = last.then(write, write);
      last = next.catch(() => undefined);
      return next;
    },
    async openGit(repository) {
      const dir = join(folder, `${repository.id}.git`);
      mkdirSync(dir, { recursive: true });
      repositories.set(
        repository.id,
        await createRepository(dir, { defaultBranch: repository.defaultBranch }),
      );
    },
    async close() {
      endQueues();
      await last;
      await mergeability.close();
      for (const repository of repositories.values()) await repository.close();
      clock.stop();
    },
  };
  const endQueues = runMergeQueues(world);
  return world;
}
