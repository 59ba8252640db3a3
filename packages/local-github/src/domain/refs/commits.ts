import { ZERO_OID } from '../../git/oid.js';
import { type FileAddition, isValidPath } from '../../git/commits.js';
import type { Signature } from '../../git/objects.js';
import type { Repository } from '../../state/model.js';
import { type Context, actor, demand, present, row } from '../context.js';
import { GitHubError, notFound, unprocessable } from '../errors.js';
import { demandUnprotected } from '../protection/demand.js';
import { PUSH } from './access.js';
import { moveRefs } from './move.js';
import { branchHead, branchRef } from './names.js';
import { gitHubSignature, signatureOf } from './signatures.js';
import { demandWorkflows } from './workflows.js';

/** A commit described by what it changes in the files of a branch. */
interface FilesInput {
  readonly branch: string;
  /** What the branch must point at now. */
  readonly expectedHead: string;
  readonly headline: string;
  readonly body: string;
  readonly additions: readonly FileAddition[];
  readonly deletions: readonly string[];
}

/**
 * GraphQL's `createCommitOnBranch`: one commit by the caller, committed by GitHub. No change of files makes an empty
 * commit. `STALE_DATA` if the branch is not at `expectedHead`; 422 for a path that is none, or a deletion of nothing.
 */
export async function commitFiles(
  context: Context,
  repository: Repository,
  input: FilesInput,
): Promise<{ readonly oid: string }> {
  demand(context, repository, PUSH);
  const head = branchHead(row(present(context).state.repositories, repository.id), input.branch);
  if (head === undefined) throw notFound(`Branch ${input.branch} not found`);
  if (head !== input.expectedHead) {
    throw new GitHubError(
      409,
      'STALE_DATA',
      `Expected branch to point to "${input.expectedHead}" but it points to "${head}". Pull and try again.`,
    );
  }
  const git = context.world.git(repository.id);
  for (const path of input.deletions) {
    if ((await git.entryAt(head, path)) === undefined) {
      throw unprocessable(`A path was requested for deletion which does not exist: ${path}`);
    }
  }
  const message = input.body === '' ? input.headline : `${input.headline}\n\n${input.body}`;
  return commitOnBranch(context, repository, { ...input, head, message });
}

export interface BranchCommit {
  readonly branch: string;
  /** The commit to build on, where the branch is now; undefined in an empty repository. */
  readonly head: string | undefined;
  readonly message: string;
  readonly additions: readonly FileAddition[];
  readonly deletions: readonly string[];
  readonly author?: Signature;
  readonly committer?: Signature;
}

/** Writes a commit of files and moves the branch to it, in one effect. `refuse` words what protection forbids. */
export async function commitOnBranch(
  context: Context,
  repository: Repository,
  commit: BranchCommit,
  refuse?: (sentences: string) => GitHubError,
): Promise<{ readonly oid: string }> {
  const paths = [...commit.additions.map(({ path }) => path), ...commit.deletions];
  const invalid = paths.find((path) => !isValidPath(path));
  if (invalid !== undefined) throw unprocessable(`path contains a malformed path component: ${invalid}`);
  demandWorkflows(context, paths);
  const view = present(context);
  const { head } = commit;
  const { oid } = await context.world.git(repository.id).writeCommit({
    base: head,
    parents: head === undefined ? [] : [head],
    message: commit.message,
    author: commit.author ?? signatureOf(view, actor(context)),
    committer: commit.committer ?? gitHubSignature(view),
    additions: commit.additions,
    deletions: commit.deletions,
  });
  if (commit.author === undefined && commit.committer === undefined) view.signedByGitHub.add(oid);
  const changes = [{ ref: branchRef(commit.branch), before: head ?? ZERO_OID, after: oid }];
  await demandUnprotected(context, repository, changes, refuse);
  await moveRefs(context, repository.id, changes, {}, () => undefined);
  return { oid };
}
