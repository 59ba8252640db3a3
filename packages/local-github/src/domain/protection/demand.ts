import type { Repository } from '../../state/model.js';
import type { Context } from '../context.js';
import { type GitHubError, unprocessable } from '../errors.js';
import { type RefChange, withForced } from '../refs/plan.js';
import { pushProblems } from './problems.js';

/**
 * Throws GitHub's sentences if the protection of a branch forbids one of these moves: 422, or what `refuse` makes of
 * them.
 */
export async function demandUnprotected(
  context: Context,
  repository: Repository,
  changes: readonly RefChange[],
  refuse: (sentences: string) => GitHubError = (sentences) => unprocessable(sentences),
): Promise<void> {
  const git = context.world.git(repository.id);
  for (const change of changes) {
    const problems = await pushProblems(context, repository, await withForced(git, change), git);
    if (problems.length > 0) throw refuse(problems.join(' '));
  }
}
