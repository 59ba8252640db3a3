import { branchRef } from './names.js';
import { ZERO_OID } from '../../git/oid.js';
import type { Signature } from '../../git/objects.js';
import type { Repository } from '../../state/model.js';
import type { World } from '../../world.js';

/** Puts a first commit on a branch before the world is in use: no effect, no event. Returns the commit. */
export async function seedCommit(
  world: World,
  repository: Repository,
  input: {
    branch: string;
    message: string;
    files: Readonly<Record<string, string>>;
    author: Signature;
  },
): Promise<string> {
  const git = world.git(repository.id);
  const { oid } = await git.writeCommit({
    base: undefined,
    parents: [],
    message: input.message,
    author: input.author,
    committer: input.author,
    additions: Object.entries(input.files).map(([path, text]) => ({ path, content: Buffer.from(text) })),
    deletions: [],
  });
  const name = branchRef(input.branch);
  const moved = await git.updateRefs([{ name, before: ZERO_OID, after: oid }]);
  if (!moved.ok) throw new Error(`${name} exists already`);
  world.store.seed(({ state }) => {
    const row = state.repositories[repository.id];
    if (row) row.refs[name] = oid;
  });
  return oid;
}
