import { sees } from '../../access/access.js';
import type { Repository } from '../../state/model.js';
import { ofNetwork, ofNetworkByLogin } from '../forks/network.js';
import { type Context, may, present, row } from '../context.js';
import { unprocessable } from '../errors.js';
import { PUSH } from '../refs/access.js';

/** Where a pull request comes from. */
export interface Head {
  readonly repository: Repository;
  readonly branch: string;
}

/**
 * What `branch` or `owner:branch` means as the head of a pull request to a repository: a branch there, or one of a fork
 * that the caller sees. `named` is the head's repository where the caller has named it. 422 if it is in no repository of the
 * network.
 */
export function findHead(context: Context, base: Repository, head: string, named?: Repository): Head {
  const { state } = present(context);
  const [owner, branch] = head.includes(':') ? head.split(':', 2) : [undefined, head];
  const found = owner === undefined ? (named ?? base) : ofNetworkByLogin(state, base, owner);
  const known =
    found !== undefined &&
    branch !== undefined &&
    sees(context.principal, found) &&
    ofNetwork(state, base, found.ownerId)?.id === found.id &&
    (named === undefined || named.id === found.id);
  if (!known) throw invalidHead();
  return { repository: found, branch };
}

/**
 * Whether the maintainers of the base may push to the head: where it is a person's fork, unless the author says no. 422
 * with GitHub's sentence if the caller could not push there either (seen by sigmavirus24/github3.py#1031 and
 * PyGithub/PyGithub#1921, which also show that it is on where nothing is said). Pull requests within one repository have no such thing.
 */
export function grantToMaintainers(
  context: Context,
  base: Repository,
  head: Repository,
  wanted = true,
): boolean {
  const owner = row(present(context).state.accounts, head.ownerId);
  if (!wanted || head.id === base.id || owner.type !== 'User') return false;
  if (may(context, head, PUSH)) return true;
  throw unprocessable('Validation Failed', [
    {
      resource: 'PullRequest',
      code: 'custom',
      field: 'fork_collab',
      message: "fork_collab Fork collab can't be granted by someone without permission",
    },
  ]);
}

/** GitHub's refusal of a head that is not there. */
export function invalidHead() {
  return unprocessable('Validation Failed', [{ resource: 'PullRequest', code: 'invalid', field: 'head' }]);
}
