import type { CheckRun, CommitStatus, Id } from '../../state/model.js';
import type { View } from '../../world.js';
import { latestStatuses, newestRuns, runsOn } from './read.js';

/** GraphQL's `StatusState`. */
type RollupState = 'ERROR' | 'EXPECTED' | 'FAILURE' | 'PENDING' | 'SUCCESS';

interface Rollup {
  readonly state: RollupState;
  /** Every run of the commit, superseded ones too, and the newest status of each context. */
  readonly contexts: readonly (CheckRun | CommitStatus)[];
}

/** All checks and statuses of a commit in one; undefined if there are none. Of each app and name the newest run counts. */
export function rollup(view: View, repositoryId: Id, sha: string): Rollup | undefined {
  const runs = runsOn(view, repositoryId, sha);
  const statuses = latestStatuses(view, repositoryId, sha);
  if (runs.length + statuses.length === 0) return undefined;
  const states = [...newestRuns(runs).map(runState), ...statuses.map(statusState)];
  const worst = (['ERROR', 'FAILURE', 'PENDING'] as const).find((state) => states.includes(state));
  return { state: worst ?? 'SUCCESS', contexts: [...runs, ...statuses] };
}

/** True for a check run among the contexts of a rollup. */
export function isCheckRun(context: CheckRun | CommitStatus): context is CheckRun {
  return 'suiteId' in context;
}

function runState({ status, conclusion }: CheckRun): RollupState {
  if (status !== 'completed') return 'PENDING';
  return conclusion === 'success' || conclusion === 'neutral' || conclusion === 'skipped'
    ? 'SUCCESS'
    : 'FAILURE';
}

function statusState({ state }: CommitStatus): RollupState {
  switch (state) {
    case 'success':
      return 'SUCCESS';
    case 'pending':
      return 'PENDING';
    case 'failure':
      return 'FAILURE';
    case 'error':
      return 'ERROR';
  }
}
