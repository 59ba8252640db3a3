import type { Access } from '../access/access.js';
import type { MergeMethod, Repository } from '../state/model.js';
import { type Context, actor, demand, effect, present, row } from './context.js';
import { unprocessable } from './errors.js';
import { followRulesets } from './rulesets/queues.js';

const ADMINISTER: Access = { role: 'admin', app: [{ administration: 'write' }] };

/**
 * Changes a repository's settings, for administrators. 422 without any merge method, and for a default branch that does
 * not exist.
 */
export function editRepository(
  context: Context,
  repository: Repository,
  change: {
    readonly mergeMethods?: readonly MergeMethod[] | undefined;
    readonly deleteBranchOnMerge?: boolean | undefined;
    readonly defaultBranch?: string | undefined;
  },
): Repository {
  actor(context);
  demand(context, repository, ADMINISTER);
  const { mergeMethods = repository.mergeMethods, defaultBranch = repository.defaultBranch } = change;
  const deleteBranchOnMerge = change.deleteBranchOnMerge ?? repository.deleteBranchOnMerge;
  if (mergeMethods.length === 0) {
    throw unprocessable('Validation Failed', ['At least one merge method must be allowed.']);
  }
  if (change.defaultBranch !== undefined && !repository.refs[`refs/heads/${defaultBranch}`]) {
    throw unprocessable('Validation Failed', [
      { resource: 'Repository', code: 'invalid', field: 'default_branch', value: defaultBranch },
    ]);
  }
  const same =
    deleteBranchOnMerge === repository.deleteBranchOnMerge &&
    defaultBranch === repository.defaultBranch &&
    mergeMethods.join() === repository.mergeMethods.join();
  if (same) return repository;
  effect(context, (write) => {
    const draft = row(write.state.repositories, repository.id);
    draft.mergeMethods = [...mergeMethods];
    draft.deleteBranchOnMerge = deleteBranchOnMerge;
    draft.defaultBranch = defaultBranch;
    draft.updatedAt = write.now;
    followRulesets(write, repository.id);
  });
  return row(present(context).state.repositories, repository.id);
}
