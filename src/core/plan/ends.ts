import type { Action } from '../actions/action.js';
import { hasTaskFile } from '../landing/landing-reasons.js';
import type { Member } from '../membership/member.js';
import { type Pull, valueOr } from '../model/index.js';
import { landedAt } from '../landing/slot.js';
import { MARKED_WITHIN } from './crossings.js';
import type { View } from '../view/view.js';
import { type Group, group } from './group.js';
import { sayClosed, sayLanded, sayUnmarked } from './notes.js';

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
      ...closeCancelled(member),
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

function closeCancelled({ outcome, pull, number, ...rest }: Member): readonly Action[] {
  if (outcome.kind !== 'cancelled' || pull?.state !== 'open' || pull.author?.kind !== 'me') return [];
  const comment = sayClosed({ outcome, pull, number, ...rest }, outcome.how);
  return [
    { kind: 'close pull', pull: { id: pull.id, number: pull.number }, comment, cause: `cancelled-${number}` },
  ];
}

/** GitHub closes issues by keyword only for its default branch. One that somebody has reopened stays open. */
function closeIssue(member: Member, view: View): readonly Action[] {
  const { outcome, issue, number } = member;
  if (outcome.kind !== 'merged' || issue.state !== 'open' || issue.stateReason === 'reopened') return [];
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

/** The branch goes only once the pull request is over, by GitHub or by us, and only if it still is what was merged. */
function cleanUp(member: Member, pulls: readonly Pull[], view: View): readonly Action[] {
  const { pull, branch, branchName } = member;
  if (member.outcome.kind !== 'merged' || pull === null || pull.state === 'open' || branch === null)
    return [];
  if (branchName === view.baseBranch || branchName === view.snapshot.repository.defaultBranch) return [];
  const based = pulls.filter((each) => each.state === 'open' && each.base === branchName);
  const retarget = based.map((each): Action => ({
    kind: 'retarget',
    pull: { id: each.id, number: each.number },
    base: pull.base,
  }));
  const inUse = pulls.some(
    (each) => each.state === 'open' && each.head.branch === branchName && each.head.sameRepository,
  );
  const isAsMerged = branch.sha === pull.head.sha;
  if (!view.config.settings.merge['delete-branch'] || inUse || !isAsMerged) return retarget;
  return [...retarget, { kind: 'delete branch', branch: branchName, expectedHead: branch.sha }];
}
