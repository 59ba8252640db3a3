import { isOid } from '../../git/oid.js';
import type { Commit } from '../../git/objects.js';
import type { Repository } from '../../state/model.js';
import type { View } from '../../world.js';
import { notFound, unprocessable } from '../errors.js';

/**
 * The commit that a name means: a branch, a tag, `heads/x`, `tags/x`, a whole ref or a whole SHA-1. Branches and tags are
 * those of the view, which may lie in the past.
 */
async function resolveCommit(view: View, repository: Repository, name: string): Promise<Commit | undefined> {
  const { refs } = repository;
  const named = refs[`refs/heads/${name}`] ?? refs[`refs/tags/${name}`] ?? refs[`refs/${name}`] ?? refs[name];
  const oid = named ?? (isOid(name) ? name : undefined);
  return oid === undefined ? undefined : view.git(repository.id).readCommit(oid);
}

/** {@link resolveCommit}, or 404. */
export async function requireCommit(view: View, repository: Repository, name: string): Promise<Commit> {
  const commit = await resolveCommit(view, repository, name);
  if (commit === undefined) throw notFound();
  return commit;
}

/** {@link resolveCommit}, or the 422 that routes below `commits/` answer. */
export async function requireNamedCommit(view: View, repository: Repository, name: string): Promise<Commit> {
  const commit = await resolveCommit(view, repository, name);
  if (commit === undefined) throw unprocessable(`No commit found for SHA: ${name}`);
  return commit;
}
