import type { Access } from '../../access/access.js';
import type { PullRequest, Repository } from '../../state/model.js';
import type { View } from '../../world.js';
import { type Context, actor, demand, present, row } from '../context.js';
import { unprocessable } from '../errors.js';
import { shareCommit } from '../forks/commits.js';
import { maintains } from '../forks/maintainers.js';
import { demandUnprotected } from '../protection/demand.js';
import { moveRefs } from '../refs/move.js';
import { branchRef } from '../refs/names.js';
import { gitHubSignature, signatureOf } from '../refs/signatures.js';
import { demandWorkflowsBetween } from '../refs/workflows.js';
import { isCrossRepository, isOpen } from './find.js';

const UPDATE: Access = { role: 'write', app: [{ pull_requests: 'write', contents: 'write' }] };

const FROM_FORK: Access = { role: 'read', app: [{ pull_requests: 'write' }] };

/**
 * Who may update the head of a fork: who may push there, and maintainers of the base whom the author lets. An app must
 * be installed on the fork: https://docs.github.com/en/rest/pulls/pulls#update-a-pull-request-branch
 */
function demandFork(context: Context, pull: PullRequest, base: Repository, head: Repository): void {
  demand(context, base, FROM_FORK);
  if (!maintains(context, pull)) demand(context, head, UPDATE);
}

/**
 * Brings the head branch up to date with its base: by a merge of the base, or by a rebase onto it, which rewrites the
 * commits and forces the branch. The work is done where the base is, which has the commits of both. 422 for a conflict, for a head that is not at `expectedHead`, and where there is
 * nothing to do.
 */
export async function updateBranch(
  context: Context,
  pull: PullRequest,
  input: { expectedHead?: string | undefined; method: 'merge' | 'rebase' },
): Promise<{ readonly oid: string }> {
  const view = present(context);
  const repository = row(view.state.repositories, pull.repositoryId);
  const from = row(view.state.repositories, pull.headRepositoryId);
  if (isCrossRepository(pull)) demandFork(context, pull, repository, from);
  else demand(context, repository, UPDATE);
  if (!isOpen(view, pull)) throw unprocessable('Pull request is not open.');
  const { headRef, headSha, baseSha } = pull;
  if (input.expectedHead !== undefined && input.expectedHead !== headSha) {
    throw unprocessable(`expected head sha didn't match current head ref.`);
  }
  const git = view.git(repository.id);
  if (await git.isAncestor(baseSha, headSha)) {
    throw unprocessable('There are no new commits on the base branch.');
  }
  const oid =
    input.method === 'merge'
      ? await mergedHead(context, view, repository, pull)
      : await rebasedHead(context, view, repository, pull);
  await demandWorkflowsBetween(context, git, headSha, oid);
  const changes = [{ ref: branchRef(headRef), before: headSha, after: oid }];
  await shareCommit(view, repository.id, from.id, oid);
  await demandUnprotected(context, from, changes);
  await moveRefs(context, from.id, changes, {}, () => undefined);
  return { oid };
}

async function mergedHead(
  context: Context,
  view: View,
  { id }: Repository,
  { headRef, headSha, baseRef, baseSha }: PullRequest,
): Promise<string> {
  const merged = await view.git(id).mergeTrees(headSha, baseSha);
  if ('conflicts' in merged) throw unprocessable('merge conflict between base and head');
  const { oid } = await view.git(id).commitTree({
    tree: merged.tree,
    parents: [headSha, baseSha],
    message: `Merge branch '${baseRef}' into ${headRef}`,
    author: signatureOf(view, actor(context)),
    committer: gitHubSignature(view),
  });
  view.signedByGitHub.add(oid);
  return oid;
}

async function rebasedHead(
  context: Context,
  view: View,
  { id }: Repository,
  { headSha, baseSha }: PullRequest,
): Promise<string> {
  const committer = signatureOf(view, actor(context));
  const rebased = await view.git(id).rebase({ head: headSha, onto: baseSha, committer });
  if ('conflicts' in rebased) throw unprocessable('merge conflict between base and head');
  return 'head' in rebased ? rebased.head : baseSha;
}
