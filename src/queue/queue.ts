import type { Click, RepositoryKey } from '../app/ports.js';
import type { Time } from '../core/model/index.js';

/** What a run tells the queue about the next one of its repository. */
export interface RunResult {
  /** Milliseconds from the end of this run until a trailing run. */
  readonly again?: number;
  /** When the passing of time alone changes something: in place of what an earlier run said. Null if it never does. */
  readonly lookAt?: Time | null;
  /** Less than 20 % of the rate limit is left: the next runs keep a greater distance. */
  readonly lowRateLimit?: boolean;
  /** Clicks that the run could not judge: they are given to the next one. */
  readonly clicks?: readonly Click[];
}

/** Brings one repository up to date. Failures are thrown as `AppError`; anything else counts as a bug. */
export type Work = (key: RepositoryKey, clicks: readonly Click[]) => Promise<RunResult>;

/**
 * Runs the work of repositories: one run of a repository at a time, any number of hints made one run, no hint lost.
 * A hint says where to look; it carries nothing to act on, but for the click that it may tell of.
 */
export interface Queue {
  /**
   * Asks for a run of this repository that begins after now. `cause` is only for the log (event and delivery id).
   * With `again` a trailing run is asked for too, that many milliseconds from now. Rejects if the hint could not be
   * kept, so that its sender learns of it. While draining, hints are dropped: the first sweep of the next start finds
   * them. A click is given to the run, and to the next one if that fails in passing; equal ones count once. It is lost
   * with the process, after some minutes, and while draining: who clicked sees that nothing happened.
   */
  enqueue(key: RepositoryKey, cause: string, again?: number, click?: Click): Promise<void>;
  /**
   * Starts nothing new and waits for the runs that are going on, at most `limit` milliseconds.
   * Gives the repositories that were still running then; none is a clean end.
   */
  drain(limit: number): Promise<readonly string[]>;
  /** True from the call of `drain` on. */
  draining(): boolean;
  /** Repositories that run or wait only for a free place, sorted. Those that wait for a time are in `nextDue`. */
  busy(): readonly string[];
  /** When the next waiting repository may run; undefined if none waits for a time. */
  nextDue(): Time | undefined;
  /** How many runs were started so far. */
  runs(): number;
}
