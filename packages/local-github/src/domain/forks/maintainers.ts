import type { Access } from '../../access/access.js';
import type { PullRequest, Repository } from '../../state/model.js';
import { type Context, may, present, row } from '../context.js';
import { isOpen } from '../pulls/find.js';

const MAINTAIN: Access = { role: 'write', app: [] };

/**
 * The branches of a fork that the caller may push to because open pull requests from them let the maintainers of their
 * base. Those are people with write there: no source says that an app's installation is among them.
 * https://docs.github.com/en/pull-requests/collaborating-with-pull-requests/working-with-forks/allowing-changes-to-a-pull-request-branch-created-from-a-fork
 */
export function maintainedBranches(context: Context, fork: Repository): ReadonlySet<string> {
  const view = present(context);
  const pulls = Object.values(view.state.pulls).filter(
    (pull) => pull.headRepositoryId === fork.id && isOpen(view, pull) && maintains(context, pull),
  );
  return new Set(pulls.map(({ headRef }) => headRef));
}

/** Whether the caller may change the head branch of a fork's pull request as a maintainer of its base. */
export function maintains(context: Context, pull: PullRequest): boolean {
  const base = row(present(context).state.repositories, pull.repositoryId);
  return pull.maintainerCanModify && may(context, base, MAINTAIN);
}
