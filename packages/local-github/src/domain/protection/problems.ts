import { ZERO_OID } from '../../git/oid.js';
import type { Commit } from '../../git/objects.js';
import type { GitRepository } from '../../git/repository.js';
import type { Id, MergeMethod, MergeQueue, PullRequest, Repository } from '../../state/model.js';
import type { View } from '../../world.js';
import { unmetChecks } from '../checks/required.js';
import { type Context, present, row } from '../context.js';
import { lockedByQueue, queueOf } from '../merge-queue/read.js';
import { approvers, isLastPushApproved, objectors } from '../pulls/opinions.js';
import { branchHead, branchOf } from '../refs/names.js';
import type { MovedRef } from '../refs/plan.js';
import { type Demands, demandsFor, demandsOn, isPastProtection } from './demands.js';

/** Seen in refusals of merges (pascalgn/automerge-action#235) and of pushes (dbt-labs/dbt-utils#886). */
const NOT_QUEUED = 'Changes must be made through the merge queue';
const NO_MERGE_COMMITS = 'This branch must not contain merge commits.';
const NO_UPDATE = 'Cannot update this protected ref.';
const UNSIGNED = 'Commits must have verified signatures.';
const METHODS = { merge: 'Merge commits', squash: 'Squash merges', rebase: 'Rebase merges' } as const;

/** What stands against a move or a merge, in GitHub's sentences. */
export interface Objections {
  readonly sentences: readonly string[];
  /** Whether rulesets are among what objects: GitHub words that in another way. */
  readonly ofRulesets: boolean;
}

const NONE: Objections = { sentences: [], ofRulesets: false };

/** The objections as one message of an API; undefined if there are none. */
export function inWords({ sentences, ofRulesets }: Objections): string | undefined {
  if (sentences.length === 0) return undefined;
  if (!ofRulesets) return sentences.join(' ');
  return `Repository rule violations found\n\n${sentences.join('\n\n')}\n\n`;
}

/**
 * What the base's protection, its rulesets and its merge queue hold against a direct move of a branch; none if it may go
 * on. Of a branch that comes into being only rulesets and merge groups have something to say.
 */
export async function pushProblems(
  context: Context,
  repository: Repository,
  change: MovedRef,
  git: GitRepository,
): Promise<Objections> {
  const branch = branchOf(change.ref);
  if (branch === undefined) return NONE;
  const view = present(context);
  const locked = lockedByQueue(view, repository, branch);
  if (locked !== undefined) return { sentences: [locked], ofRulesets: false };
  const isNew = change.before === ZERO_OID;
  const demands = demandsFor(context, repository, branch, isNew ? 'create' : 'move');
  const { ofRulesets } = demands;
  const queue = isNew ? undefined : classicQueue(view, repository.id, branch);
  const closed = demands.viaQueue || queue !== undefined;
  const because = (...sentences: readonly string[]) => ({ sentences, ofRulesets });
  if (change.after === ZERO_OID) {
    return demands.noDeletion || closed ? because('Cannot delete this branch') : NONE;
  }
  if (change.forced && (demands.noForce || closed)) return because('Cannot force-push to this branch');
  const past = isPastProtection(context, repository, repository.protection[branch]);
  const brought = await broughtBy(repository, change, git, demands);
  return because(
    ...(demands.viaQueue || (queue && !past) ? [NOT_QUEUED] : []),
    ...(demands.noUpdate ? [NO_UPDATE] : []),
    ...(demands.approvals !== null && (!isNew || brought.length > 0)
      ? ['Changes must be made through a pull request.']
      : []),
    ...unmetChecks(view, repository.id, change.after, demands.requiredChecks),
    ...(demands.linear && brought.some(isMerge) ? [NO_MERGE_COMMITS] : []),
    ...(demands.signatures && brought.some(({ oid }) => !view.signedByGitHub.has(oid)) ? [UNSIGNED] : []),
  );
}

/** The merge queue that a branch has without a ruleset: classic protection says who goes past it. */
function classicQueue(view: View, repositoryId: Id, branch: string): MergeQueue | undefined {
  const queue = queueOf(view, repositoryId, branch);
  return queue?.ofRuleset === true ? undefined : queue;
}

/** The commits that a move adds, where something is asked of them; those of a new branch that the default one lacks. */
async function broughtBy(
  repository: Repository,
  { before, after }: MovedRef,
  git: GitRepository,
  { approvals, linear, signatures }: Demands,
): Promise<readonly Commit[]> {
  if (approvals === null && !linear && !signatures) return [];
  const exclude = before === ZERO_OID ? branchHead(repository, repository.defaultBranch) : before;
  return git.listCommits({ from: after, ...(exclude !== undefined && { exclude }) });
}

function isMerge({ parents }: Commit): boolean {
  return parents.length > 1;
}

/**
 * What the base holds against merging a pull request, whoever merges it and how; none if it may go on. With `strict` and
 * a head that lacks commits of the base, the required checks read as not yet reported, as GitHub puts it.
 */
export function mergeProblems(
  view: View,
  pull: PullRequest,
  { behind }: { behind: boolean },
): readonly string[] {
  const repository = row(view.state.repositories, pull.repositoryId);
  return pullProblems(view, pull, demandsOn(view.state, repository, pull.baseRef), behind);
}

function pullProblems(view: View, pull: PullRequest, demands: Demands, behind: boolean): readonly string[] {
  const outdated = demands.strict && behind;
  return [
    ...(demands.noUpdate ? [NO_UPDATE] : []),
    ...unmetChecks(view, pull.repositoryId, outdated ? undefined : pull.headSha, demands.requiredChecks),
    ...(outdated && demands.requiredChecks.length === 0
      ? ['Head branch is not up to date with the base branch.']
      : []),
    ...reviewProblems(view, pull, demands),
  ];
}

/** What the base wants of reviews and the pull request does not have. */
export function reviewProblems(
  view: View,
  pull: PullRequest,
  { approvals, lastPush }: Pick<Demands, 'approvals' | 'lastPush'>,
): readonly string[] {
  if (approvals === null || (approvals === 0 && !lastPush)) return [];
  if (approvals > 0 && objectors(view, pull).length > 0)
    return ['Changes have been requested by reviewers with write access.'];
  const review = approvals === 1 ? 'approving review is' : 'approving reviews are';
  return [
    ...(approvers(view, pull).length < approvals
      ? [`At least ${approvals} ${review} required by reviewers with write access.`]
      : []),
    ...(lastPush && !isLastPushApproved(view, pull)
      ? ['New changes require approval from someone other than the last pusher.']
      : []),
  ];
}

/** What stands against this caller merging in this way: less for those whom something lets past. */
export function mergeRefusals(
  context: Context,
  repository: Repository,
  pull: PullRequest,
  options: { behind: boolean; method: MergeMethod; unsigned: boolean },
): Objections {
  const view = present(context);
  const demands = demandsFor(context, repository, pull.baseRef, 'merge');
  const past = isPastProtection(context, repository, repository.protection[pull.baseRef]);
  const { method, unsigned } = options;
  const sentences = [
    ...(demands.methods?.includes(method) === false
      ? [`${METHODS[method]} are not allowed on this repository.`]
      : []),
    ...pullProblems(view, pull, demands, options.behind),
    ...(demands.linear && method === 'merge' ? [NO_MERGE_COMMITS] : []),
    ...(demands.signatures && unsigned ? [UNSIGNED] : []),
    ...(demands.viaQueue || (!past && classicQueue(view, repository.id, pull.baseRef)) ? [NOT_QUEUED] : []),
  ];
  return { sentences, ofRulesets: demands.ofRulesets };
}
