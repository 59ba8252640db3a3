import { type AppError, asAppError } from '../app/errors.js';
import type { Click, Clock, Log, RepositoryKey } from '../app/ports.js';
import { backOff } from './back-off.js';
import { type Entry, newEntry, nextRun, noteClicks, noteHint, noteStart, noteTrailing } from './entry.js';
import { QUEUE_DEFAULTS, type QueueOptions } from './options.js';
import type { Queue, RunResult, Work } from './queue.js';

interface MemoryQueueParts {
  readonly clock: Clock;
  readonly work: Work;
  readonly log: Log;
  /** A number in [0, 1), for the jitter of the back-off. */
  readonly random: () => number;
  readonly options?: Partial<QueueOptions>;
}

/** The queue of a single process. What it holds is lost with the process; the sweep at the next start makes up for it. */
export function createMemoryQueue({ clock, work, log, random, options = {} }: MemoryQueueParts): Queue {
  const limits: QueueOptions = { ...QUEUE_DEFAULTS, ...options };
  const entries = new Map<string, Entry>();
  const ready: Entry[] = [];
  const running = new Set<Entry>();
  const waitingForEnd = new Set<() => void>();
  let started = 0;
  let draining = false;

  function arm(entry: Entry): void {
    entry.timer?.cancel();
    entry.timer = undefined;
    entry.phase = 'idle';
    const next = draining ? undefined : nextRun(entry, clock.now());
    if (next === undefined) return;
    entry.phase = 'timed';
    entry.timer = { due: next.due, cancel: clock.at(next.due, () => makeReady(entry), next.kind) };
  }

  function makeReady(entry: Entry): void {
    entry.timer = undefined;
    entry.phase = 'ready';
    ready.push(entry);
    fillPlaces();
  }

  function fillPlaces(): void {
    while (running.size < limits.concurrency) {
      const entry = ready.shift();
      if (entry === undefined) return;
      void run(entry);
    }
  }

  async function run(entry: Entry): Promise<void> {
    entry.phase = 'running';
    running.add(entry);
    started += 1;
    const { cause, clicks } = noteStart(entry, clock.now(), limits);
    try {
      succeed(entry, await work(entry.key, clicks));
    } catch (error) {
      fail(entry, asAppError(error), cause, clicks);
    }
    entry.spacedUntil = clock.now() + (entry.lowRateLimit ? limits.lowSpacing : limits.spacing);
    running.delete(entry);
    arm(entry);
    fillPlaces();
    if (running.size === 0) for (const end of waitingForEnd) end();
  }

  function succeed(entry: Entry, { again, lookAt, lowRateLimit = false, clicks = [] }: RunResult): void {
    entry.failures = 0;
    entry.lowRateLimit = lowRateLimit;
    entry.lookAt = lookAt ?? undefined;
    if (again !== undefined) noteTrailing(entry, clock.now() + again);
    if (clicks.length === 0) return;
    keep(entry, clicks);
    noteTrailing(entry, clock.now() + limits.spacing);
  }

  function keep(entry: Entry, clicks: readonly Click[]): void {
    const lost = noteClicks(entry, clicks);
    if (lost > 0) log.warn('There are too many clicks', { repository: entry.key.repository, lost });
  }

  function fail(entry: Entry, error: AppError, cause: string, clicks: readonly Click[]): void {
    const details = { repository: entry.key.repository, cause, status: error.options.status, error };
    if (error.kind === 'terminal') {
      entry.failures = 0;
      log.error('GitHub refused a run', details);
      return;
    }
    entry.failures += 1;
    const wait = backOff(entry.failures, random(), limits, error.options.retryAfter);
    entry.backOffUntil = clock.now() + wait;
    if (error.kind === 'bug') {
      log.error('A run failed for an unknown reason', { ...details, wait });
      return;
    }
    noteHint(entry, cause, clock.now(), limits);
    keep(entry, clicks);
    log.warn('A run failed and is tried again', { ...details, failures: entry.failures, wait });
  }

  function entryOf(key: RepositoryKey): Entry {
    const name = key.repository.toLowerCase();
    const entry = entries.get(name) ?? newEntry(key);
    entry.key = key;
    entries.set(name, entry);
    return entry;
  }

  function stopStarting(): void {
    draining = true;
    for (const entry of entries.values()) if (entry.phase === 'timed') arm(entry);
    for (const entry of ready.splice(0)) arm(entry);
  }

  return {
    async enqueue(key, cause, again, click) {
      if (draining) {
        log.info('A hint came while shutting down', { repository: key.repository, cause });
        return;
      }
      const entry = entryOf(key);
      noteHint(entry, cause, clock.now(), limits);
      if (click !== undefined) keep(entry, [click]);
      if (again !== undefined) noteTrailing(entry, clock.now() + again);
      if (entry.phase === 'idle' || entry.phase === 'timed') arm(entry);
    },
    async drain(limit) {
      stopStarting();
      if (running.size > 0) await nextOf(waitingForEnd, clock, limit);
      return namesOf(running);
    },
    draining: () => draining,
    busy: () => namesOf([...running, ...ready]),
    nextDue: () => {
      const dues = [...entries.values()].flatMap(({ timer }) => (timer === undefined ? [] : [timer.due]));
      return dues.length === 0 ? undefined : Math.min(...dues);
    },
    runs: () => started,
  };
}

function namesOf(entries: Iterable<Entry>): readonly string[] {
  return [...entries].map(({ key }) => key.repository).sort();
}

/** Resolves when the listeners are called, or after `limit` milliseconds. */
function nextOf(listeners: Set<() => void>, clock: Clock, limit: number): Promise<void> {
  return new Promise((resolve) => {
    const cancel = clock.at(clock.now() + limit, done);
    function done(): void {
      cancel();
      listeners.delete(done);
      resolve();
    }
    listeners.add(done);
  });
}
