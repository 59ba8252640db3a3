import { ZERO_OID } from '../../git/oid.js';
import { workOut } from '../../mergeability.js';
import type { MergeMethod, PullRequest, Repository } from '../../state/model.js';
import type { View } from '../../world.js';
import { type Context, actor, demand, present, row } from '../context.js';
import { conflict, notAllowed } from '../errors.js';
import { demandsOn } from '../protection/demands.js';
import { inWords, mergeRefusals } from '../protection/problems.js';
import { PUSH } from '../refs/access.js';
import { moveRefs } from '../refs/move.js';
import { branchHead, branchRef } from '../refs/names.js';
import type { RefChange } from '../refs/plan.js';
import { demandWorkflowsBetween } from '../refs/workflows.js';
import { isOpen, openPullsAt } from './find.js';
import { type MergeText, writeMerge } from './merge-commit.js';

export interface MergeInput extends MergeText {
  readonly method: MergeMethod;
  /** What the head must be. */
  readonly sha?: string | undefined;
}

const METHODS = { merge: 'Merge commits', squash: 'Squash merges', rebase: 'Rebase merges' } as const;

/**
 * Merges a pull request in one effect with everything that follows, the deletion of its branch included where the
 * repository wants that. 405 with GitHub's sentence for what forbids it, 409 if the head is not at `sha`. An app needs
 * contents. Returns the commit that the base is at.
 */
export async function mergePull(
  context: Context,
  pull: PullRequest,
  input: MergeInput,
): Promise<{ readonly oid: string }> {
  const view = present(context);
  const repository = row(view.state.repositories, pull.repositoryId);
  demand(context, repository, PUSH);
  if (!isOpen(view, pull)) throw notAllowed('Pull Request is not mergeable');
  if (input.sha !== undefined && input.sha !== pull.headSha) {
    throw conflict('Head branch was modified. Review and try the merge again.');
  }
  await demandRules(context, view, repository, pull, input.method);
  const oid = await writeMerge(view, pull, { ...input, mergerId: actor(context) });
  await demandWorkflowsBetween(context, view.git(repository.id), pull.baseSha, oid);
  const changes: RefChange[] = [
    { ref: branchRef(pull.baseRef), before: pull.baseSha, after: oid },
    ...branchToDelete(view, repository, pull),
  ];
  const merging = [{ pullId: pull.id, commit: oid }];
  await moveRefs(context, repository.id, changes, { merging, retargetTo: pull.baseRef }, () => undefined);
  return { oid };
}

async function demandRules(
  context: Context,
  view: View,
  repository: Repository,
  pull: PullRequest,
  method: MergeMethod,
): Promise<void> {
  if (!repository.mergeMethods.includes(method)) {
    throw notAllowed(`${METHODS[method]} are not allowed on this repository.`);
  }
  if (pull.draft) throw notAllowed('Pull Request is still a draft');
  const { clean, behind } = await workOut(view.git(repository.id), pull.baseSha, pull.headSha);
  if (!clean) throw notAllowed('Pull Request is not mergeable');
  const unsigned = await bringsUnsigned(view, pull, method);
  const refusal = inWords(mergeRefusals(context, repository, pull, { behind, method, unsigned }));
  if (refusal !== undefined) throw notAllowed(refusal);
}

/** GitHub signs what it merges or squashes itself, and nothing that it rebases. */
async function bringsUnsigned(view: View, pull: PullRequest, method: MergeMethod): Promise<boolean> {
  if (method !== 'merge') return method === 'rebase';
  const { commits } = await view.git(pull.repositoryId).compare(pull.baseSha, pull.headSha);
  return commits.some(({ oid }) => !view.signedByGitHub.has(oid));
}

/** The head branch, if it is the repository's own, that deletes merged branches, and nothing else needs it. */
export function branchToDelete(view: View, repository: Repository, pull: PullRequest): readonly RefChange[] {
  const { headRef, headRepositoryId } = pull;
  if (headRepositoryId !== repository.id) return [];
  const before = branchHead(repository, headRef);
  const kept =
    !repository.deleteBranchOnMerge ||
    before === undefined ||
    headRef === repository.defaultBranch ||
    demandsOn(view.state, repository, headRef).noDeletion ||
    openPullsAt(view, repository.id).some(
      (other) =>
        other.id !== pull.id && other.headRepositoryId === headRepositoryId && other.headRef === headRef,
    );
  return kept ? [] : [{ ref: branchRef(headRef), before, after: ZERO_OID }];
}
