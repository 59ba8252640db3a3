import { isOid } from '../../git/oid.js';
import type { Repository } from '../../state/model.js';
import type { Context } from '../context.js';
import { unprocessable } from '../errors.js';

/** Throws 422 unless the repository has this commit. */
export async function demandCommit(context: Context, repository: Repository, sha: string): Promise<void> {
  const known = isOid(sha) && (await context.world.git(repository.id).objectType(sha)) === 'commit';
  if (!known) throw unprocessable(`No commit found for SHA: ${sha}`);
}
