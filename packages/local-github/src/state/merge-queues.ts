import type { Id } from './accounts.js';
import type { MergeMethod } from './repositories.js';

/** The merge queue of a branch: https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/configuring-pull-request-merges/managing-a-merge-queue */
export interface MergeQueue extends QueueSettings {
  readonly id: Id;
  readonly repositoryId: Id;
  readonly branch: string;
  /** Whether a ruleset asks for it: it then comes and goes with that. */
  readonly ofRuleset: boolean;
  /** The account by which GitHub merges. */
  readonly botId: Id;
  /** The next to merge first. */
  readonly entryIds: readonly Id[];
}

export interface QueueSettings {
  readonly method: MergeMethod;
  /** ALLGREEN: the checks of every group must pass. HEADGREEN: those of the last one of a row that merges together. */
  readonly grouping: 'ALLGREEN' | 'HEADGREEN';
  /** So many entries, from the front, have a group that is checked. */
  readonly maxEntries: number;
  /** Minutes that the checks of a group may take. */
  readonly timeout: number;
  /** So many merge together at least, unless the first of them has waited for `minMergeWait` minutes. */
  readonly minMerge: number;
  readonly minMergeWait: number;
  /** So many merge together at most. */
  readonly maxMerge: number;
}

/** A pull request that waits in a queue. */
export interface QueueEntry {
  readonly id: Id;
  readonly queueId: Id;
  readonly pullId: Id;
  readonly enqueuerId: Id;
  readonly enqueuedAt: string;
  readonly jump: boolean;
  /** The head that was queued: what is pushed to a fork later does not merge. */
  readonly headSha: string;
  readonly group: MergeGroup | null;
}

/** A branch with the base, all entries before this one, and this one. */
export interface MergeGroup {
  readonly ref: string;
  /** What it was built on: the head of the group before, or of the base. */
  readonly baseSha: string;
  readonly headSha: string;
  readonly builtAt: string;
}

/** Why a pull request left a queue, as the webhook `pull_request.dequeued` says it. */
export type RemovalReason =
  | 'MANUAL'
  | 'MERGE'
  | 'MERGE_CONFLICT'
  | 'CI_FAILURE'
  | 'CI_TIMEOUT'
  | 'ALREADY_MERGED'
  | 'BRANCH_PROTECTIONS';
