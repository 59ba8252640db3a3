import type { Id } from './accounts.js';

/** All check runs of one app on one commit. */
export interface CheckSuite {
  readonly id: Id;
  readonly repositoryId: Id;
  readonly appId: Id;
  readonly headSha: string;
  readonly headBranch: string | null;
  /** It was asked for again, and nothing has been said since: it reads as queued, whatever its runs say. */
  readonly reset: boolean;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export type CheckStatus = 'queued' | 'in_progress' | 'completed';
export type CheckConclusion =
  'action_required' | 'cancelled' | 'failure' | 'neutral' | 'success' | 'skipped' | 'stale' | 'timed_out';

export interface CheckRun {
  readonly id: Id;
  readonly suiteId: Id;
  readonly repositoryId: Id;
  readonly appId: Id;
  readonly headSha: string;
  readonly name: string;
  readonly status: CheckStatus;
  readonly conclusion: CheckConclusion | null;
  readonly externalId: string;
  readonly detailsUrl: string | null;
  readonly startedAt: string;
  readonly completedAt: string | null;
  readonly output: CheckOutput;
  /** Buttons for people: see domain/checks/buttons.ts. */
  readonly actions: readonly CheckAction[];
}

export interface CheckOutput {
  readonly title: string | null;
  readonly summary: string | null;
  readonly text: string | null;
  readonly annotations: readonly Annotation[];
}

export interface Annotation {
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
  readonly level: 'notice' | 'warning' | 'failure';
  readonly message: string;
  readonly title: string | null;
}

export interface CheckAction {
  readonly label: string;
  readonly description: string;
  readonly identifier: string;
}

export interface CommitStatus {
  readonly id: Id;
  readonly repositoryId: Id;
  readonly sha: string;
  readonly context: string;
  readonly state: 'error' | 'failure' | 'pending' | 'success';
  readonly description: string | null;
  readonly targetUrl: string | null;
  readonly creatorId: Id;
  readonly createdAt: string;
}
