import type { CheckConclusion, CheckRun, CheckStatus, CommitStatus, Id } from '../../state/model.js';
import type { View } from '../../world.js';

const STALE_AFTER = 14 * 24 * 60 * 60 * 1000;

/**
 * A run as it reads now: one that is not completed 14 days after its start is completed as `stale`.
 * https://docs.github.com/en/rest/guides/using-the-rest-api-to-interact-with-checks
 */
export function runNow(view: View, run: CheckRun): CheckRun {
  const due = Date.parse(run.startedAt) + STALE_AFTER;
  if (run.status === 'completed' || Date.parse(view.now) <= due) return run;
  return {
    ...run,
    status: 'completed',
    conclusion: 'stale',
    completedAt: `${new Date(due).toISOString().slice(0, 19)}Z`,
  };
}

/** All runs on a commit as they read now, oldest first. */
export function runsOn(view: View, repositoryId: Id, sha: string): readonly CheckRun[] {
  return Object.values(view.state.checkRuns)
    .filter((run) => run.repositoryId === repositoryId && run.headSha === sha)
    .map((run) => runNow(view, run));
}

/** Of each app and name the newest run (the greatest id), which is the one that counts; `runs` are oldest first. */
export function newestRuns(runs: readonly CheckRun[]): readonly CheckRun[] {
  return [...new Map(runs.map((run) => [`${run.appId} ${run.name}`, run])).values()];
}

/** {@link newestRuns} of a commit. */
export function latestRuns(view: View, repositoryId: Id, sha: string): readonly CheckRun[] {
  return newestRuns(runsOn(view, repositoryId, sha));
}

/** All statuses on a commit, oldest first. */
export function statusesOn(view: View, repositoryId: Id, sha: string): readonly CommitStatus[] {
  return Object.values(view.state.statuses).filter(
    (status) => status.repositoryId === repositoryId && status.sha === sha,
  );
}

/** Of each context the newest status. */
export function latestStatuses(view: View, repositoryId: Id, sha: string): readonly CommitStatus[] {
  const latest = new Map<string, CommitStatus>();
  for (const status of statusesOn(view, repositoryId, sha)) latest.set(status.context, status);
  return [...latest.values()];
}

interface SuiteStatus {
  readonly status: CheckStatus;
  readonly conclusion: CheckConclusion | null;
}

/** The status of a suite from its newest runs; a suite without runs is queued, and so is one that was asked for again. */
export function suiteStatus(view: View, suiteId: Id): SuiteStatus {
  if (view.state.checkSuites[suiteId]?.reset === true) return { status: 'queued', conclusion: null };
  return summarize(runsOfSuite(view.state.checkRuns, suiteId).map((run) => runNow(view, run)));
}

/** The runs of a suite, oldest first. */
export function runsOfSuite(runs: Readonly<Record<Id, CheckRun>>, suiteId: Id): readonly CheckRun[] {
  return Object.values(runs).filter((run) => run.suiteId === suiteId);
}

/** Worst first: what a suite concludes when its runs disagree. */
const WORST = [
  'failure',
  'timed_out',
  'action_required',
  'cancelled',
  'stale',
  'success',
  'neutral',
  'skipped',
] as const satisfies readonly CheckConclusion[];

/** What the runs of one suite, oldest first, come to: of each name the newest counts. */
export function summarize(all: readonly CheckRun[]): SuiteStatus {
  const runs = newestRuns(all);
  if (runs.some((run) => run.status === 'in_progress')) return { status: 'in_progress', conclusion: null };
  if (runs.length === 0 || runs.some((run) => run.status === 'queued')) {
    return { status: 'queued', conclusion: null };
  }
  const conclusion = WORST.find((one) => runs.some((run) => run.conclusion === one)) ?? null;
  return { status: 'completed', conclusion };
}
