import type { Id } from './accounts.js';
import type { QueueSettings } from './merge-queues.js';
import type { MergeMethod, RequiredCheck } from './repositories.js';

/** A ruleset of a repository for branches: https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/about-rulesets */
export interface Ruleset {
  readonly id: Id;
  readonly repositoryId: Id;
  readonly name: string;
  readonly active: boolean;
  /** Patterns for whole ref names, `~DEFAULT_BRANCH` or `~ALL`: one of these must match, and none of `exclude`. */
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly bypass: readonly BypassActor[];
  readonly rules: readonly BranchRule[];
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** Whom a ruleset does not bind: an app, or everybody from a role on. `pull_request`: only where they merge one. */
export interface BypassActor {
  readonly type: 'Integration' | 'RepositoryRole';
  readonly id: Id;
  readonly mode: 'always' | 'pull_request';
}

export type BranchRule =
  | {
      readonly type: 'pull_request';
      readonly approvals: number;
      readonly dismissStale: boolean;
      readonly lastPush: boolean;
      readonly methods: readonly MergeMethod[];
    }
  | {
      readonly type: 'required_status_checks';
      readonly checks: readonly RequiredCheck[];
      readonly strict: boolean;
      /** False lets a branch be made whose commit has not passed them. */
      readonly onCreate: boolean;
    }
  | ({ readonly type: 'merge_queue' } & QueueSettings)
  | { readonly type: PlainRule };

export const PLAIN_RULES = [
  'required_linear_history',
  'required_signatures',
  'non_fast_forward',
  'deletion',
  'update',
] as const;
/** Rules without parameters. */
export type PlainRule = (typeof PLAIN_RULES)[number];
