import type { Commit } from '../../git/objects.js';
import type { Id, Repository } from '../../state/model.js';
import type { View } from '../../world.js';
import { sees } from '../../access/access.js';
import type { Context } from '../context.js';
import { notFound } from '../errors.js';
import { requireCommit } from '../refs/resolve.js';
import { ofNetworkByLogin } from './network.js';

/** Makes a commit of one repository of a network readable in another one, as all of them are on GitHub. */
export async function shareCommit(view: View, from: Id, to: Id, oid: string): Promise<void> {
  if (from !== to) await view.git(to).fetchObjects(view.git(from), [oid]);
}

/**
 * The commit that one end of a comparison means: what {@link requireCommit} takes, or `owner:branch` for a repository of
 * the same network; 404 if there is none. https://docs.github.com/en/rest/commits/commits#compare-two-commits
 */
export async function requireEnd(
  context: Context,
  view: View,
  repository: Repository,
  name: string,
): Promise<Commit> {
  const [owner, branch] = name.split(':', 2);
  if (owner === undefined || branch === undefined) return requireCommit(view, repository, name);
  const other = ofNetworkByLogin(view.state, repository, owner);
  if (other === undefined || !sees(context.principal, other)) throw notFound();
  const commit = await requireCommit(view, other, branch);
  await shareCommit(view, other.id, repository.id, commit.oid);
  return commit;
}
