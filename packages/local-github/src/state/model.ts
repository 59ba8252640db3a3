import type { Account, App, Id, Installation } from './accounts.js';
import type { CheckRun, CheckSuite, CommitStatus } from './checks.js';
import type { Comment, Dependency, Edit, Issue, Label, Reaction, TimelineEvent } from './issues.js';
import type { MergeQueue, QueueEntry } from './merge-queues.js';
import type { PullRequest, Review } from './pulls.js';
import type { Repository, RepositoryHook } from './repositories.js';
import type { Ruleset } from './rulesets.js';

export * from './accounts.js';
export * from './checks.js';
export * from './issues.js';
export * from './merge-queues.js';
export * from './pulls.js';
export * from './repositories.js';
export * from './rulesets.js';

export type Table<Row> = Readonly<Record<Id, Row>>;

/**
 * Everything this GitHub knows, apart from git objects. It is immutable: every effect makes a new one that shares what
 * did not change, so keeping the past costs little and a read can answer from any version.
 */
export interface State {
  readonly nextId: Id;
  readonly accounts: Table<Account>;
  readonly apps: Table<App>;
  readonly installations: Table<Installation>;
  readonly repositories: Table<Repository>;
  readonly hooks: Table<RepositoryHook>;
  readonly labels: Table<Label>;
  readonly issues: Table<Issue>;
  /** Where transferred issues went: their new ids by the old ones. */
  readonly moved: Readonly<Record<Id, Id>>;
  readonly comments: Table<Comment>;
  readonly reactions: Table<Reaction>;
  readonly edits: Table<Edit>;
  readonly dependencies: Table<Dependency>;
  readonly timeline: Table<TimelineEvent>;
  readonly pulls: Table<PullRequest>;
  readonly reviews: Table<Review>;
  readonly checkSuites: Table<CheckSuite>;
  readonly checkRuns: Table<CheckRun>;
  readonly statuses: Table<CommitStatus>;
  readonly rulesets: Table<Ruleset>;
  readonly mergeQueues: Table<MergeQueue>;
  readonly queueEntries: Table<QueueEntry>;
}

export function emptyState(): State {
  return {
    nextId: 1,
    accounts: {},
    apps: {},
    installations: {},
    repositories: {},
    hooks: {},
    labels: {},
    issues: {},
    moved: {},
    comments: {},
    reactions: {},
    edits: {},
    dependencies: {},
    timeline: {},
    pulls: {},
    reviews: {},
    checkSuites: {},
    checkRuns: {},
    statuses: {},
    rulesets: {},
    mergeQueues: {},
    queueEntries: {},
  };
}
