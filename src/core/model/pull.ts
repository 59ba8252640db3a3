import type { Time } from './issue.js';
import type { Actor } from './people.js';
import type { Readable } from './readable.js';

export interface Pull {
  readonly id: string;
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly state: 'open' | 'closed' | 'merged';
  readonly draft: boolean;
  readonly author: Actor | null;
  readonly createdAt: Time;
  readonly closedAt: Time | null;
  /** Branch names without `refs/heads/`. */
  readonly head: { readonly branch: string; readonly sha: string; readonly sameRepository: boolean };
  readonly base: string;
  /** The commit on the base that it became; null while it is not merged. */
  readonly mergeCommit: string | null;
  readonly assignees: readonly string[];
  /** How many files it changes; 0 for one that was emptied. */
  readonly changedFiles: number;
  /** This app's own check runs on the head, newest first. */
  readonly ownChecks: Readable<readonly OwnCheck[]>;
  /** Its place in the merge queue of its base; null while it has none. */
  readonly queued: Readable<Queued | null>;
  /** How it last left a merge queue; null while it is in one, and for one that never was. */
  readonly leftQueue: Readable<LeftQueue | null>;
  readonly detail: Readable<PullDetail>;
}

/** A place in a merge queue, the lowest position first. */
export interface Queued {
  readonly position: number;
  /** Who put it there; null where GitHub does not say. */
  readonly by: Actor | null;
  /** null until GitHub has built one. */
  readonly group: MergeGroup | null;
}

/** The end of a place in a merge queue. */
export interface LeftQueue {
  readonly at: Time;
  /** Who took it out; null where GitHub does not say. */
  readonly by: Actor | null;
  /** GitHub's word for why, as `failed_checks` or `manual`; null where it gives none, or has not told of the end yet. */
  readonly reason: string | null;
}

/** The commit that GitHub tests for a place in a merge queue: what it is built on, with the pull request merged into it. */
export interface MergeGroup {
  readonly sha: string;
  /** The base, or the group of the place before; null where GitHub does not say. */
  readonly onto: string | null;
  /** This app's own check runs on it, newest first. */
  readonly ownChecks: Readable<readonly OwnCheck[]>;
}

export interface OwnCheck {
  readonly id: number;
  /** Node id. */
  readonly nodeId: string;
  readonly name: string;
  readonly status: 'queued' | 'in_progress' | 'completed';
  readonly conclusion: string | null;
  readonly title: string;
  readonly externalId: string;
  readonly startedAt: Time;
}

/** What is read only when the pull request changed. */
export interface PullDetail {
  readonly mergeable: 'mergeable' | 'conflicting' | 'unknown';
  /** How many commits of the base the head lacks. */
  readonly behindBy: number;
  /** Whether GitHub says that it has to be brought up to date before it may merge. Not said while something else stands against that. */
  readonly mustUpdate: boolean;
  /** Those commits; unreadable where they are more than GitHub lists. */
  readonly lacks: Readable<readonly string[]>;
  /** Oldest first. */
  readonly commits: Readable<readonly Commit[]>;
  /** Oldest first. */
  readonly forcePushes: readonly ForcePush[];
  readonly reviews: Readable<readonly Review[]>;
  readonly checks: Readable<readonly Check[]>;
  /** Checks on the head that the app made this one from, by an update or by removing the task file; else none. */
  readonly earlierChecks: Readable<readonly Check[]>;
  /** Paths that it changes. */
  readonly files: Readable<readonly string[]>;
  /** When the present head arrived at GitHub; null if GitHub does not say. */
  readonly pushedAt: Time | null;
  /** When it last became ready for review; absent for one that never was a draft. */
  readonly readyAt?: Time;
  /** Whether anybody was ever assigned. */
  readonly everAssigned: boolean;
  /** Absent unless it is open and conflicts, or did with this head before GitHub began to work that out anew. */
  readonly conflict?: Conflict;
}

/** What is read of a pull request that conflicts with its base. */
export interface Conflict {
  /** Paths that the base has changed since the head was last brought up to date with it. */
  readonly changedOnBase: Readable<readonly string[]>;
  /** Whether the app has asked, on the pull request, for the conflict of this head to be settled. */
  readonly told: Readable<boolean>;
}

export interface Commit {
  readonly sha: string;
  readonly message: string;
  /** The account that GitHub finds behind the author's address. */
  readonly author: Actor | null;
  /** Logins of those who wrote it besides: co-authors, and whoever committed it. */
  readonly others: readonly string[];
  /** True if GitHub made and signed it, so that its author is certain: anybody can write a name into a pushed commit. */
  readonly madeOnGitHub: boolean;
  /** The date in the commit: that of GitHub's clock if GitHub made it; else of whoever committed it, who can choose it. */
  readonly committedAt: Time;
}

/** A push that rewrote the head branch. */
export interface ForcePush {
  readonly actor: Actor | null;
  readonly before: string;
  readonly after: string;
  readonly at: Time;
  /** The commit `before`, which is among the commits of the pull request no more; `parent` is its first, if it has one. */
  readonly replaced?: Pick<Commit, 'message' | 'author' | 'madeOnGitHub'> & {
    readonly parent: string | null;
  };
}

/** The last review of each person that approves or asks for changes. */
export interface Review {
  readonly author: string;
  readonly state: 'approved' | 'changes requested' | 'dismissed';
  readonly commit: string | null;
  readonly at: Time;
}

/** A check run or a commit status on a head; the newest of each (app, workflow, name). */
export interface Check {
  readonly name: string;
  /** Database id of the app; null for a commit status. */
  readonly app: number | null;
  readonly state: 'pending' | 'passed' | 'failed';
  /** When it ended; absent while it has not, and where GitHub does not say. */
  readonly at?: Time;
  /** What its app keeps with it; absent where that is nothing. */
  readonly externalId?: string;
}
