import type { CheckRun, CommitStatus, Id, RequiredCheck } from '../../state/model.js';
import type { View } from '../../world.js';
import { latestRuns, latestStatuses } from './read.js';

/** How a required check stands in its way: GitHub's words, the worst first. */
const WORDS = ['failing', 'expected', 'in progress', 'queued', 'pending'] as const;
type Word = (typeof WORDS)[number];

/**
 * What the required checks hold against a commit, as GitHub's one sentence; none if all have passed. A check run and a
 * status of the same name both count, and so do the runs of every app that may report it. `undefined` as the commit:
 * nothing was reported yet. Success, neutral and skipped pass:
 * https://docs.github.com/en/pull-requests/collaborating-with-pull-requests/collaborating-on-repositories-with-code-quality-features/troubleshooting-required-status-checks
 */
export function unmetChecks(
  view: View,
  repositoryId: Id,
  sha: string | undefined,
  required: readonly RequiredCheck[],
): readonly string[] {
  const runs = sha === undefined ? [] : latestRuns(view, repositoryId, sha);
  const statuses = sha === undefined ? [] : latestStatuses(view, repositoryId, sha);
  const unmet = required.flatMap((check) => {
    const word = wordOf(view, check, runs, statuses);
    return word === undefined ? [] : [{ check, word }];
  });
  const [first] = unmet;
  if (first === undefined) return [];
  const kinds = WORDS.flatMap((word) => {
    const count = unmet.filter((one) => one.word === word).length;
    return count === 0 ? [] : [`${count} ${word}`];
  });
  const of = `${unmet.length} of ${required.length} required status checks`;
  if (unmet.length === 1) return [`Required status check "${first.check.context}" is ${first.word}.`];
  if (kinds.length === 1) return [`${of} are ${first.word}.`];
  return [`${of} have not succeeded: ${kinds.join(', ')}.`];
}

/** Whether the required checks of a commit have passed (green), one has failed (red), or some are still to come. */
export function checksVerdict(
  view: View,
  repositoryId: Id,
  sha: string,
  required: readonly RequiredCheck[],
): 'green' | 'red' | 'waiting' {
  const runs = latestRuns(view, repositoryId, sha);
  const statuses = latestStatuses(view, repositoryId, sha);
  const words = required.flatMap((check) => wordOf(view, check, runs, statuses) ?? []);
  if (words.includes('failing')) return 'red';
  return words.length === 0 ? 'green' : 'waiting';
}

function wordOf(
  view: View,
  { context, appId }: RequiredCheck,
  runs: readonly CheckRun[],
  statuses: readonly CommitStatus[],
): Word | undefined {
  const botId = appId === null ? undefined : view.state.apps[appId]?.botId;
  const words = [
    ...runs.filter((run) => run.name === context && (appId === null || run.appId === appId)).map(runWord),
    ...statuses
      .filter((status) => status.context === context && (appId === null || status.creatorId === botId))
      .map(statusWord),
  ];
  if (words.length === 0) return 'expected';
  return WORDS.find((word) => words.includes(word));
}

function runWord({ status, conclusion }: CheckRun): Word | undefined {
  if (status === 'in_progress') return 'in progress';
  if (status === 'queued') return 'queued';
  return conclusion === 'success' || conclusion === 'neutral' || conclusion === 'skipped'
    ? undefined
    : 'failing';
}

function statusWord({ state }: CommitStatus): Word | undefined {
  if (state === 'success') return undefined;
  return state === 'pending' ? 'pending' : 'failing';
}
