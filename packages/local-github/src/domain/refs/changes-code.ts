import type { GitRepository } from '../../git/repository.js';
import type { Commit } from '../../git/objects.js';

/**
 * True unless the commits that a head gained change no code: clean merges of the base, and empty commits. GitHub keeps
 * approvals over those: https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/managing-protected-branches/about-protected-branches
 */
export async function changesCode(
  git: GitRepository,
  before: string,
  after: string,
  base: string,
): Promise<boolean> {
  let tip = after;
  while (tip !== before) {
    const commit = await git.readCommit(tip);
    if (commit === undefined || !(await isHarmless(git, commit, base))) return true;
    tip = commit.parents[0] ?? before;
  }
  return false;
}

async function isHarmless(git: GitRepository, commit: Commit, base: string): Promise<boolean> {
  const [first, second, ...others] = commit.parents;
  if (first === undefined || others.length > 0) return false;
  if (second === undefined) return (await git.readCommit(first))?.tree === commit.tree;
  if (!(await git.isAncestor(second, base))) return false;
  const merged = await git.mergeTrees(first, second);
  return 'tree' in merged && merged.tree === commit.tree;
}
