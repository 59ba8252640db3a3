import type { Repository } from '../../state/model.js';
import type { Context } from '../context.js';
import { type GitHubError, unprocessable } from '../errors.js';
import { type RefChange, withForced } from '../refs/plan.js';
import { inWords, pushProblems } from './problems.js';

/**
 * Throws GitHub's sentences if the protection or a ruleset of a branch forbids one of these moves: 422, or what `refuse` makes of
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
    const sentences = inWords(problems);
    if (sentences !== undefined) throw refuse(sentences);
  }
}
