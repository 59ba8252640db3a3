import type { ChangedFile } from '../../git/diff.js';
import type { Commit } from '../../git/objects.js';
import type { GitRepository } from '../../git/repository.js';
import type { PullRequest } from '../../state/model.js';
import type { Request } from '../request.js';

/** What is between two commits. */
interface Between {
  /** Files of the head that differ from where it left the base. */
  readonly files: readonly ChangedFile[];
  /** Commits that the base lacks, oldest first. */
  readonly commits: readonly Commit[];
}

/** Two commits never come to differ in another way, so the answer is kept as long as the repository. */
const known = new WeakMap<GitRepository, Map<string, Promise<Between>>>();

/** What a pull request would bring, or brought, to its base. */
export function between(
  { view }: Request,
  { repositoryId, baseSha, headSha }: PullRequest,
): Promise<Between> {
  const git = view.git(repositoryId);
  const answers = known.get(git) ?? new Map<string, Promise<Between>>();
  known.set(git, answers);
  const key = `${baseSha}..${headSha}`;
  const answer = answers.get(key) ?? workOut(git, baseSha, headSha);
  answers.set(key, answer);
  return answer;
}

async function workOut(git: GitRepository, base: string, head: string): Promise<Between> {
  const start = await git.mergeBase(base, head);
  const [files, commits] = await Promise.all([
    git.changedFiles(start, head),
    git.listCommits({ from: head, exclude: base }),
  ]);
  return { files, commits: commits.toReversed() };
}
