import type { Activity } from './activity.js';
import type { Clock } from './clock.js';
import type { DomainEvent } from './domain/events.js';
import type { GitRepository } from './git/repository.js';
import type { MergeabilityCache } from './mergeability.js';
import type { Id, Repository, State } from './state/model.js';
import type { Store } from './state/store.js';

/** What can be read: one version of the state, the git objects, and the addresses that answers contain. */
export interface View {
  readonly state: State;
  readonly now: string;
  git(repositoryId: Id): GitRepository;
  /** Answers from git's work in the background: immutable pairs of commits, so no part of the state. */
  readonly mergeability: MergeabilityCache;
  /** Commits that GitHub's own server made and signed. A fact of the object, like its text: no part of the state. */
  readonly signedByGitHub: Set<string>;
  /** Address of this server without a slash at the end: API, web pages and git are all under it. */
  readonly url: string;
}

/** One local GitHub. */
export interface World {
  readonly clock: Clock;
  readonly activity: Activity;
  readonly store: Store;
  /** Known once the server listens. */
  url: string;
  readonly folder: string;
  git(repositoryId: Id): GitRepository;
  /** Makes the bare git repository of a new row. */
  openGit(repository: Pick<Repository, 'id' | 'defaultBranch'>): Promise<void>;
  /** Waits for the last write, ends git's processes and cancels all timers. The folder stays. */
  close(): Promise<void>;
  /** Reads of the state as it was `lag` effects ago (0: the newest). */
  view(lag?: number): View;
  /** Runs one write at a time, in the order in which they were asked for: GitHub's writes are atomic, so are ours. */
  exclusive<Result>(write: () => Promise<Result>): Promise<Result>;
  /** Called after each effect with its events and the state that it made. */
  onEffect(listener: EffectListener): void;
  readonly listeners: readonly EffectListener[];
}

export type EffectListener = (effect: { number: number; events: readonly DomainEvent[]; view: View }) => void;
