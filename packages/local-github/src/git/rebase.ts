import { commitTree, writeCommits } from './commits.js';
import { mergeTrees, type MergeResult } from './merge.js';
import { requireCommit, type Git, type Signature } from './objects.js';
import { assertOids, EMPTY_TREE } from './oid.js';
import { runLines } from './run.js';

export interface RebaseRequest {
  readonly head: string;
  readonly onto: string;
  readonly committer: Signature;
}

export type RebaseResult =
  | { readonly head: string }
  /** `at` is the commit that could not be applied. */
  | { readonly at: string; readonly conflicts: readonly string[] }
  /** Nothing was left to apply: the result would be `onto` itself. */
  | { readonly empty: true };

const NOBODY: Signature = { name: 'merge', email: 'merge@localhost', date: '1970-01-01T00:00:00Z' };

/**
 * Applies the commits of `onto..head` to `onto`, one after the other, as `git rebase` does: merges are left out,
 * commits whose change `onto` has already and commits that become empty are dropped, commits that were made empty are
 * kept. Authors and messages are kept; every commit is written anew, also where `head` is ahead of `onto` already.
 * Only objects are written.
 */
export async function rebase(git: Git, request: RebaseRequest): Promise<RebaseResult> {
  let tip = await requireCommit(git, request.onto);
  for (const oid of await commitsToApply(git, request)) {
    const commit = await requireCommit(git, oid);
    const base = await treeBefore(git, commit.parents[0]);
    const merged = await applyChange(git, base, tip.tree, commit.tree);
    if ('conflicts' in merged) return { at: oid, conflicts: merged.conflicts };
    if (merged.tree === tip.tree && commit.tree !== base) continue;
    const { oid: written } = await commitTree(git, {
      tree: merged.tree,
      parents: [tip.oid],
      message: commit.message,
      author: commit.author,
      committer: request.committer,
    });
    tip = await requireCommit(git, written);
  }
  return tip.oid === request.onto ? { empty: true } : { head: tip.oid };
}

async function commitsToApply(git: Git, { head, onto }: RebaseRequest): Promise<readonly string[]> {
  assertOids(head, onto);
  const order = ['--reverse', '--topo-order', '--no-merges', '--cherry-pick', '--right-only'];
  return runLines(git, ['rev-list', ...order, `${onto}...${head}`, '--']);
}

async function treeBefore(git: Git, parent: string | undefined): Promise<string> {
  return parent === undefined ? EMPTY_TREE : (await requireCommit(git, parent)).tree;
}

/**
 * Merges two trees against a third one. `git merge-tree` takes commits only, and looks for their common ancestor by
 * itself: it gets two that were made for the purpose, with the base as their only parent.
 */
async function applyChange(git: Git, base: string, ours: string, theirs: string): Promise<MergeResult> {
  if (base === ours) return { tree: theirs };
  const written = { message: '', author: NOBODY, committer: NOBODY };
  const { oid: parent } = await commitTree(git, { ...written, tree: base, parents: [] });
  const [ourCommit = '', theirCommit = ''] = await writeCommits(git, [
    { ...written, tree: ours, parents: [parent] },
    { ...written, tree: theirs, parents: [parent] },
  ]);
  return mergeTrees(git, ourCommit, theirCommit);
}
