import type { Action } from '../actions/action.js';
import { describe } from '../actions/describe.js';
import { hasTaskFile } from '../landing/landing-reasons.js';
import type { Member } from '../membership/member.js';
import { type Pull, valueOr } from '../model/index.js';
import { landedAt } from '../landing/slot.js';
import { closesAt } from './closing.js';
import { MARKED_WITHIN } from './crossings.js';
import { liveTrackers } from '../view/trackers.js';
import type { View } from '../view/view.js';
import { type Group, group } from './group.js';
import { sayClosed, sayLanded, sayNotNeeded, sayUnmarked } from './notes.js';

/**
 * What follows when a stage of a subagent's work is over: the task file goes when the pull request is ready, a cancelled
 * pull request is closed, and after the landing what was based on the branch is retargeted, the branch deleted and the
 * issue closed if GitHub did not.
 */
export function planEnds(view: View): readonly Group[] {
  const pulls = valueOr(view.snapshot.pulls, []);
  return view.judged.flatMap((member) =>
    group(`end of #${member.number}`, [
      ...removeTask(member, view),
      ...closeGivenUp(member),
      ...closeIssue(member, view),
      ...closeUnmarked(member, view),
      ...cleanUp(member, pulls, view),
    ]),
  );
}

function removeTask(member: Member, view: View): readonly Action[] {
  const { settings } = view.config;
  const { pull, outcome, number, branchName, taskPath } = member;
  if (outcome.kind !== 'open' || pull?.state !== 'open' || pull.draft) return [];
  if (!hasTaskFile(member, settings)) return [];
  return [
    {
      kind: 'remove task file',
      branch: branchName,
      expectedHead: pull.head.sha,
      path: taskPath,
      headline: `Remove the task file of issue ${number}`,
    },
  ];
}

/** What was cancelled, or is not needed any more, is closed where the app itself has opened it. */
function closeGivenUp(member: Member): readonly Action[] {
  const { outcome, pull, number } = member;
  if (pull?.state !== 'open' || pull.author?.kind !== 'me') return [];
  const close = (comment: string, cause: string): readonly Action[] => [
    { kind: 'close pull', pull: { id: pull.id, number: pull.number }, comment, cause },
  ];
  if (outcome.kind === 'cancelled') return close(sayClosed(member, outcome.how), `cancelled-${number}`);
  if (outcome.kind !== 'done elsewhere') return [];
  return close(sayNotNeeded(member, outcome.pull), `elsewhere-${number}`);
}

/** Only once GitHub had the time to: else most landings would cost a comment, a notification and a second closing. */
function closeIssue(member: Member, view: View): readonly Action[] {
  const { outcome, number } = member;
  const at = closesAt(member, view.config.settings);
  if (outcome.kind !== 'merged' || at === null || view.now < at) return [];
  const body = sayLanded(member, outcome.commit, view.baseBranch);
  return [
    { kind: 'comment', number, body, cause: `landed-${outcome.commit}` },
    { kind: 'close issue', number, reason: 'completed' },
  ];
}

/**
 * After a fast-forward GitHub marks the pull request as merged by itself, which its documentation promises for the
 * default branch only. One that it has not marked in ten minutes is closed: its commits are on the base.
 */
function closeUnmarked(member: Member, view: View): readonly Action[] {
  const { outcome, pull, number } = member;
  const since = landedAt(member, view.config.settings);
  if (outcome.kind !== 'merged' || pull?.state !== 'open' || since === null) return [];
  if (view.now - since < MARKED_WITHIN) return [];
  const comment = sayUnmarked(member, outcome.commit, view.baseBranch);
  return [
    { kind: 'close pull', pull: { id: pull.id, number: pull.number }, comment, cause: `landed-${number}` },
  ];
}

/**
 * The branch goes only once the pull request is over, by GitHub or by us, only if it still is what was merged, and only if
 * no open pull request has it as its head, or has to keep it as its base.
 */
function cleanUp(member: Member, pulls: readonly Pull[], view: View): readonly Action[] {
  const { pull, branch, branchName } = member;
  if (member.outcome.kind !== 'merged' || pull === null || pull.state === 'open' || branch === null)
    return [];
  if (isABase(branchName, view)) return [];
  const based = pulls.filter((each) => each.state === 'open' && each.base === branchName);
  const retarget = based.map((each): Action => ({
    kind: 'retarget',
    pull: { id: each.id, number: each.number },
    base: pull.base,
  }));
  const isHead = pulls.some(
    (each) => each.state === 'open' && each.head.branch === branchName && each.head.sameRepository,
  );
  const staysBase = retarget.some((each) => view.refusals.some(({ deed }) => deed === describe(each)));
  const isAsMerged = branch.sha === pull.head.sha;
  if (!view.config.settings.merge['delete-branch'] || isHead || staysBase || !isAsMerged) return retarget;
  return [...retarget, { kind: 'delete branch', branch: branchName, expectedHead: branch.sha }];
}

/** Whether deployments land on it, this one or others that are not over. */
function isABase(branch: string, { baseBranch, snapshot }: View): boolean {
  if (branch === baseBranch || branch === snapshot.repository.defaultBranch) return true;
  return liveTrackers(valueOr(snapshot.trackers, []), branch).length > 0;
}
