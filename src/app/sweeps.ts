import type { Time } from '../core/model/index.js';
import { asAppError } from './errors.js';
import type { Clock, GitHub, Log, RepositoryKey } from './ports.js';

const MINUTE = 60_000;
/** Repositories with open work are looked at this often (ms). */
const OPEN_WORK_EVERY = 5 * MINUTE;
/** Every repository that the app is installed on is looked at this often (ms). */
const ALL_EVERY = 30 * MINUTE;
/** Half a ring: a list that was read a moment after its ring is still due at the sixth ring after it. */
const LISTED_LONG_AGO = ALL_EVERY - OPEN_WORK_EVERY / 2;

/** Looks at repositories without having been told to, so that a lost webhook costs only time. */
interface Sweeps {
  /** Sweeps every installed repository now, and goes on at its intervals. Resolves when the first sweep is enqueued. */
  start(): Promise<void>;
  stop(): void;
  /** One line for each look at the list of installed repositories that is under way. */
  busy(): readonly string[];
  /** Says whether this repository has a deployment that is not finished. */
  noteOpenWork(key: RepositoryKey, open: boolean): void;
}

interface SweepParts {
  readonly clock: Clock;
  readonly github: Pick<GitHub, 'repositories'>;
  readonly enqueue: (key: RepositoryKey, cause: string) => Promise<void>;
  readonly log: Log;
}

/**
 * One timer rings every 5 minutes. Where the last complete list is 30 minutes old the sweep is of every repository,
 * otherwise of those with open work. A list that could not be read is read again the next time, 5 minutes later.
 */
export function createSweeps({ clock, github, enqueue, log }: SweepParts): Sweeps {
  const open = new Map<string, RepositoryKey>();
  let listedAt: Time = -Infinity;
  let listing = false;
  let cancel: (() => void) | undefined;

  function arm(): void {
    cancel = clock.at(clock.now() + OPEN_WORK_EVERY, () => void ring());
  }

  async function ring(): Promise<void> {
    arm();
    await sweep();
  }

  async function sweep(): Promise<void> {
    const all = !listing && clock.now() - listedAt >= LISTED_LONG_AGO ? await list() : undefined;
    await Promise.all([...(all ?? open.values())].map(ask));
  }

  async function list(): Promise<readonly RepositoryKey[] | undefined> {
    listing = true;
    try {
      const began = clock.now();
      const all = await github.repositories();
      listedAt = began;
      const installed = new Set(all.map(nameOf));
      for (const name of open.keys()) if (!installed.has(name)) open.delete(name);
      return all;
    } catch (error) {
      log.warn('The installed repositories could not be listed', { error: asAppError(error) });
      return undefined;
    } finally {
      listing = false;
    }
  }

  async function ask(key: RepositoryKey): Promise<void> {
    try {
      await enqueue(key, 'sweep');
    } catch (error) {
      log.warn('A sweep could not be enqueued', { repository: key.repository, error: asAppError(error) });
    }
  }

  return {
    async start() {
      arm();
      await sweep();
    },
    stop: () => cancel?.(),
    busy: () => (listing ? ['the list of installed repositories'] : []),
    noteOpenWork(key, hasOpenWork) {
      if (hasOpenWork) open.set(nameOf(key), key);
      else open.delete(nameOf(key));
    },
  };
}

function nameOf({ repository }: RepositoryKey): string {
  return repository.toLowerCase();
}
