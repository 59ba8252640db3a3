import type { Action } from '../actions/action.js';
import { type Member, isMet } from '../membership/member.js';
import { type Pull, valueOr } from '../model/index.js';
import { taskPathOf } from '../names/members.js';
import type { View } from '../view/view.js';
import { type Group, group } from './group.js';
import { sayClosed } from './notes.js';

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
      ...closeIssue(member),
      ...cleanUp(member, pulls, view),
    ]),
  );
}

function removeTask(member: Member, view: View): readonly Action[] {
  const { settings } = view.config;
  const { pull, outcome, number, branchName } = member;
  if (outcome.kind !== 'open' || pull?.state !== 'open' || pull.draft) return [];
  if (settings['task-file'].keep || pull.detail.kind === 'unreadable') return [];
  const { files } = pull.detail.value;
  const path = taskPathOf(settings, number);
  if (files.kind === 'unreadable' || !files.value.includes(path)) return [];
  const expectedHead = pull.head.sha;
  return [
    {
      kind: 'remove task file',
      branch: branchName,
      expectedHead,
      path,
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
function closeIssue({ outcome, issue, number }: Member): readonly Action[] {
  if (outcome.kind !== 'merged' || issue.state !== 'open' || issue.stateReason === 'reopened') return [];
  return [{ kind: 'close issue', number, reason: 'completed' }];
}

/** The branch goes only once GitHub calls the pull request merged, and only if it still is what was merged. */
function cleanUp(member: Member, pulls: readonly Pull[], view: View): readonly Action[] {
  const { pull, branch, branchName } = member;
  if (!isMet(member) || pull?.state !== 'merged' || branch === null) return [];
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
