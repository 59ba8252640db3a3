import type { Id, Role } from './accounts.js';

export const MERGE_METHODS = ['merge', 'squash', 'rebase'] as const;
export type MergeMethod = (typeof MERGE_METHODS)[number];

export interface Repository {
  readonly id: Id;
  readonly ownerId: Id;
  readonly name: string;
  /** The repository that this one is a fork of; null for one that is no fork. */
  readonly parentId: Id | null;
  readonly private: boolean;
  readonly description: string | null;
  readonly defaultBranch: string;
  readonly createdAt: string;
  readonly pushedAt: string;
  readonly updatedAt: string;
  readonly mergeMethods: readonly MergeMethod[];
  readonly deleteBranchOnMerge: boolean;
  /** Whether drafts can be opened: not in private repositories of the Free plan. */
  readonly drafts: boolean;
  /** Full ref names (`refs/heads/main`) and the objects they point at: the truth that the files on disk mirror. */
  readonly refs: Readonly<Record<string, string>>;
  /** Who moved a ref last, by its full name, as far as anybody did. */
  readonly pushers: Readonly<Record<string, Id>>;
  readonly roles: Readonly<Record<Id, Role>>;
  readonly nextNumber: number;
  /** Issue rows (pull requests included) by number. */
  readonly numbers: Readonly<Record<number, Id>>;
  /** Label ids, oldest first. */
  readonly labelIds: readonly Id[];
  /** Pinned issues, newest last; at most three. */
  readonly pinned: readonly Pin[];
  /** Protection by branch name. */
  readonly protection: Readonly<Record<string, Protection>>;
}

export interface Pin {
  readonly issueId: Id;
  readonly byId: Id;
}

/** Classic branch protection. */
export interface Protection {
  readonly requiredChecks: readonly RequiredCheck[];
  /** The head must contain the base before it merges. */
  readonly strict: boolean;
  /** null: no pull request is required; a number: a pull request with so many approvals. */
  readonly approvals: number | null;
  readonly dismissStale: boolean;
  /** The last push must be approved by another than who pushed. */
  readonly lastPush: boolean;
  readonly linear: boolean;
  readonly signatures: boolean;
  readonly enforceAdmins: boolean;
}

export interface RequiredCheck {
  readonly context: string;
  /** Only this app's check counts; null: anybody's. */
  readonly appId: Id | null;
}

/** A webhook that a repository's administrators set up, beside those of the apps. */
export interface RepositoryHook {
  readonly id: Id;
  readonly repositoryId: Id;
  readonly url: string;
  readonly secret: string | null;
  readonly events: readonly string[];
  readonly active: boolean;
  readonly createdAt: string;
}
