import { atLeast, roleOf } from '../../access/access.js';
import { ZERO_OID } from '../../git/oid.js';
import type { GitRepository } from '../../git/repository.js';
import type { Protection, PullRequest, Repository } from '../../state/model.js';
import type { View } from '../../world.js';
import { unmetChecks } from '../checks/required.js';
import { type Context, present } from '../context.js';
import { lockedByQueue, queueOf } from '../merge-queue/read.js';
import { approvers, objectors } from '../pulls/opinions.js';
import { branchOf } from '../refs/names.js';
import type { MovedRef } from '../refs/plan.js';

/** Seen in refusals of merges (pascalgn/automerge-action#235) and of pushes (dbt-labs/dbt-utils#886). */
const NOT_QUEUED = 'Changes must be made through the merge queue';
const NO_MERGE_COMMITS = 'This branch must not contain merge commits.';

/** True for administrators, unless the protection binds them too. Nobody goes past the rules on forced pushes. */
function bypasses(context: Context, repository: Repository, protection: Protection | undefined): boolean {
  const { principal } = context;
  if (protection?.enforceAdmins === true || principal.kind !== 'user') return false;
  return atLeast(roleOf(repository, principal.accountId), 'admin');
}

/**
 * What the base's protection and its merge queue hold against a direct move of a branch, in GitHub's sentences; none if it
 * may go on. A branch that comes into being is not checked, unless it is a merge group's.
 */
export async function pushProblems(
  context: Context,
  repository: Repository,
  change: MovedRef,
  git: GitRepository,
): Promise<readonly string[]> {
  const branch = branchOf(change.ref);
  if (branch === undefined) return [];
  const view = present(context);
  const locked = lockedByQueue(view, repository, branch);
  if (locked !== undefined) return [locked];
  const protection = repository.protection[branch];
  const queue = queueOf(view, repository.id, branch);
  if ((protection === undefined && queue === undefined) || change.before === ZERO_OID) return [];
  if (change.after === ZERO_OID) return ['Cannot delete this branch'];
  if (change.forced) return ['Cannot force-push to this branch'];
  if (bypasses(context, repository, protection)) return [];
  const problems = queue ? [NOT_QUEUED] : [];
  if (protection === undefined) return problems;
  if (protection.approvals !== null) problems.push('Changes must be made through a pull request.');
  problems.push(...unmetChecks(view, repository.id, change.after, protection.requiredChecks));
  if (protection.linear && (await bringsMergeCommits(git, change))) problems.push(NO_MERGE_COMMITS);
  return problems;
}

async function bringsMergeCommits(git: GitRepository, { before, after }: MovedRef): Promise<boolean> {
  const commits = await git.listCommits({ from: after, exclude: before });
  return commits.some(({ parents }) => parents.length > 1);
}

/**
 * What the base's protection holds against merging a pull request, whoever merges it; none if it may go on. With
 * `strict` and a head that lacks commits of the base, the required checks read as not yet reported, as GitHub puts it.
 */
export function mergeProblems(
  view: View,
  pull: PullRequest,
  { behind }: { behind: boolean },
): readonly string[] {
  const protection = view.state.repositories[pull.repositoryId]?.protection[pull.baseRef];
  if (protection === undefined) return [];
  const outdated = protection.strict && behind;
  return [
    ...unmetChecks(view, pull.repositoryId, outdated ? undefined : pull.headSha, protection.requiredChecks),
    ...(outdated && protection.requiredChecks.length === 0
      ? ['Head branch is not up to date with the base branch.']
      : []),
    ...reviewProblems(view, pull, protection),
  ];
}

/** What the base wants of reviews and the pull request does not have. */
export function reviewProblems(view: View, pull: PullRequest, { approvals }: Protection): readonly string[] {
  if (approvals === null || approvals === 0) return [];
  if (objectors(view, pull).length > 0)
    return ['Changes have been requested by reviewers with write access.'];
  if (approvers(view, pull).length >= approvals) return [];
  const review = approvals === 1 ? 'approving review is' : 'approving reviews are';
  return [`At least ${approvals} ${review} required by reviewers with write access.`];
}

/** What stands against this caller merging: nothing for administrators whom the protection lets past. */
export function mergeRefusals(
  context: Context,
  repository: Repository,
  pull: PullRequest,
  options: { behind: boolean; mergeCommit: boolean },
): readonly string[] {
  const view = present(context);
  const protection = repository.protection[pull.baseRef];
  if (bypasses(context, repository, protection)) return [];
  const linear = protection?.linear === true && options.mergeCommit ? [NO_MERGE_COMMITS] : [];
  const queued = queueOf(view, repository.id, pull.baseRef) ? [NOT_QUEUED] : [];
  return [...mergeProblems(view, pull, options), ...linear, ...queued];
}
