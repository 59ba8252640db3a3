import type { Edited } from './issues.js';
import type { Id } from './accounts.js';

/** The part of a pull request that an issue does not have; the rest is the issue row `issueId`. */
export interface PullRequest {
  readonly id: Id;
  readonly issueId: Id;
  /** The base's repository, whose number it has. */
  readonly repositoryId: Id;
  /** Where the head branch is: the same repository, or another one of its network. */
  readonly headRepositoryId: Id;
  /** Branch names without `refs/heads/`. */
  readonly headRef: string;
  readonly baseRef: string;
  /** Follow the branches while the pull request is open, and stay as they were when it closed. */
  readonly headSha: string;
  readonly baseSha: string;
  readonly draft: boolean;
  readonly maintainerCanModify: boolean;
  readonly merged: Merged | null;
  readonly reviewIds: readonly Id[];
  readonly requestedReviewerIds: readonly Id[];
}

export interface Merged {
  readonly at: string;
  readonly byId: Id;
  /** The commit on the base: the merge, squash or last rebased commit; the head itself for an indirect merge. */
  readonly commit: string;
}

export interface Review {
  readonly id: Id;
  readonly pullId: Id;
  readonly authorId: Id;
  readonly state: 'APPROVED' | 'CHANGES_REQUESTED' | 'COMMENTED' | 'DISMISSED' | 'PENDING';
  readonly body: string;
  readonly commit: string;
  readonly submittedAt: string;
  readonly edited: Edited | null;
}
