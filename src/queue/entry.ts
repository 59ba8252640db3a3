import type { Click, RepositoryKey } from '../app/ports.js';
import type { Time } from '../core/model/index.js';
import type { QueueOptions } from './options.js';

/** What the queue knows of one repository. */
export interface Entry {
  key: RepositoryKey;
  /** Why the owed run was asked for; undefined while no run is owed. */
  cause: string | undefined;
  /** Clicks that the next run is to judge, oldest first. */
  clicks: readonly Click[];
  /** When the owed run is wished for, before any distance is kept. */
  wished: Time;
  /** When the trailing run is wished for. */
  trailing: Time | undefined;
  /** When time alone will have changed something, as the last run said. */
  lookAt: Time | undefined;
  /** No run before this, to keep the distance from the last one. */
  spacedUntil: Time;
  /** No run before this, since a run failed. */
  backOffUntil: Time;
  /** Failed runs in a row. */
  failures: number;
  lowRateLimit: boolean;
  phase: 'idle' | 'timed' | 'ready' | 'running';
  /** When the timer rings, and how to stop it, in the phase `timed`. */
  timer: { readonly due: Time; readonly cancel: () => void } | undefined;
}

/** A repository that nothing is known of yet. */
export function newEntry(key: RepositoryKey): Entry {
  return {
    key,
    cause: undefined,
    clicks: [],
    wished: 0,
    trailing: undefined,
    lookAt: undefined,
    spacedUntil: 0,
    backOffUntil: 0,
    failures: 0,
    lowRateLimit: false,
    phase: 'idle',
    timer: undefined,
  };
}

/** Notes a hint. Further hints before the run neither hasten nor delay it. */
export function noteHint(entry: Entry, cause: string, now: Time, { debounce }: QueueOptions): void {
  if (entry.cause !== undefined) return;
  entry.cause = cause;
  entry.wished = now + debounce;
}

/** Clicks of one repository that are kept at most: more than people make, and little enough to keep. */
const MOST_CLICKS = 100;

/** Keeps clicks for the next run, equal ones once; gives how many there was no place for. */
export function noteClicks(entry: Entry, clicks: readonly Click[]): number {
  const kept = [...entry.clicks];
  for (const click of clicks) if (!kept.some((other) => isSame(click, other))) kept.push(click);
  entry.clicks = kept.slice(0, MOST_CLICKS);
  return kept.length - entry.clicks.length;
}

function isSame(a: Click, b: Click): boolean {
  return a.by.login === b.by.login && a.sha === b.sha && a.run === b.run && a.identifier === b.identifier;
}

/** Notes a trailing run; of several the latest counts. */
export function noteTrailing(entry: Entry, at: Time): void {
  entry.trailing = Math.max(entry.trailing ?? at, at);
}

/** When the next run may start and what kind of timer waits for it; undefined if none is wished for. */
export function nextRun(
  entry: Entry,
  now: Time,
): { readonly due: Time; readonly kind: 'work' | 'spacing' } | undefined {
  const wishes = [entry.cause === undefined ? undefined : entry.wished, entry.trailing, entry.lookAt];
  const wished = Math.min(...wishes.map((wish) => wish ?? Infinity));
  if (wished === Infinity) return undefined;
  const due = Math.max(wished, entry.spacedUntil, entry.backOffUntil);
  // Only the distance holds back what is wished for now; a trailing run of later is not brought forward.
  const held = due > Math.max(wished, entry.backOffUntil) && (entry.cause !== undefined || wished <= now);
  return { due, kind: held ? 'spacing' : 'work' };
}

/**
 * Notes that a run starts. It takes the place of every wish whose time has come; gives what it was for, and the clicks that
 * are not too old.
 */
export function noteStart(
  entry: Entry,
  now: Time,
  { clickLife }: Pick<QueueOptions, 'clickLife'>,
): { readonly cause: string; readonly clicks: readonly Click[] } {
  const cause = entry.cause ?? 'trailing run';
  const clicks = entry.clicks.filter(({ at }) => now - at < clickLife);
  entry.clicks = [];
  entry.cause = undefined;
  if (entry.trailing !== undefined && entry.trailing <= now) entry.trailing = undefined;
  if (entry.lookAt !== undefined && entry.lookAt <= now) entry.lookAt = undefined;
  return { cause, clicks };
}
