import type { ChangedFile } from '../../git/diff.js';
import type { Commit } from '../../git/objects.js';
import type { PullRequest } from '../../state/model.js';
import type { View } from '../../world.js';

/** The commits that a pull request brings, oldest first. */
export async function pullCommits(view: View, pull: PullRequest): Promise<readonly Commit[]> {
  const git = view.git(pull.repositoryId);
  return (await git.listCommits({ from: pull.headSha, exclude: pull.baseSha })).toReversed();
}

/** The files that a pull request changes since it left its base. */
export async function pullFiles(view: View, pull: PullRequest): Promise<readonly ChangedFile[]> {
  const git = view.git(pull.repositoryId);
  return git.changedFiles(await git.mergeBase(pull.baseSha, pull.headSha), pull.headSha);
}
