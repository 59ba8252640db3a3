import type { Action } from '../core/actions/action.js';
import type { Click, Snapshot, Time } from '../core/model/index.js';
import type { AppError } from './errors.js';

export type { Click };

/** A repository that the app is installed on. */
export interface RepositoryKey {
  readonly installation: number;
  /** `owner/name`. */
  readonly repository: string;
}

/** The only source of time and timers. */
export interface Clock {
  now(): Time;
  /** Runs `task` once at `time`; returns a function that cancels it. `spacing` timers only keep a distance between runs. */
  at(time: Time, task: () => void, kind?: 'work' | 'spacing'): () => void;
}

export interface ReadOptions {
  /** Go on with the comments as they were last read: for the second look of a run that answered none. */
  readonly keepComments?: boolean;
}

/** Reads one repository. Keeps what it read in memory, by keys that never change meaning; nothing of it is state. */
export interface SnapshotReader {
  /** Throws an {@link AppError} if the repository cannot be read at all; what is missing in part is `unreadable`. */
  read(options?: ReadOptions): Promise<Snapshot>;
  /** Whether the last read found less than a fifth of the rate limit left. */
  lowRateLimit(): boolean;
  /** Asks for the roles of these people; the next plan finds them in the snapshot that is given back. */
  readRoles(snapshot: Snapshot, logins: readonly string[]): Promise<Snapshot>;
  /** Looks these issue numbers up; the next plan finds them in the snapshot that is given back. */
  readNamed(snapshot: Snapshot, numbers: readonly number[]): Promise<Snapshot>;
  /** Looks through what the app has said on these issues and pull requests; as above. */
  readSaid(snapshot: Snapshot, numbers: readonly number[]): Promise<Snapshot>;
}

/** Carries out actions. */
export interface Writer {
  /** Carries out one action. Throws an {@link AppError}. */
  write(action: Action): Promise<void>;
  /**
   * Carries out several in their order, in as few requests as it can. One that fails does not stop the others, so
   * none of them may rest on another. Gives one outcome for each action, in their order; never throws an AppError.
   */
  batch(actions: readonly Action[]): Promise<readonly Outcome[]>;
}

/** What became of one action of a batch. */
export interface Outcome {
  readonly action: Action;
  /** Why it failed; null if GitHub shows what it asks for. */
  readonly error: AppError | null;
  /** What went otherwise than asked and is no error: worth a line in the log. */
  readonly notes: readonly string[];
}

/** What the app can do on one installation. */
export interface GitHub {
  reader(key: RepositoryKey): SnapshotReader;
  writer(key: RepositoryKey): Writer;
  /** Every repository of every installation. */
  repositories(): Promise<readonly RepositoryKey[]>;
}

/** Messages are fixed sentences; what varies goes into `details`. Never secrets, never payloads. */
export interface Log {
  debug(message: string, details?: Readonly<Record<string, unknown>>): void;
  info(message: string, details?: Readonly<Record<string, unknown>>): void;
  warn(message: string, details?: Readonly<Record<string, unknown>>): void;
  error(message: string, details?: Readonly<Record<string, unknown>>): void;
}
