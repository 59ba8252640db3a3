import type { Git } from './objects.js';
import { assertOids } from './oid.js';
import { GitError, run } from './run.js';

/** The tree of a clean merge, or the paths that conflict. */
export type MergeResult = { readonly tree: string } | { readonly conflicts: readonly string[] };

const CONFLICT = 1;
const FATAL = 128;

/**
 * Merges two commits without a work tree; only objects are written. Two commits without common history are a conflict
 * in no path: GitHub cannot merge them either.
 */
export async function mergeTrees(git: Git, ours: string, theirs: string): Promise<MergeResult> {
  assertOids(ours, theirs);
  const args = ['merge-tree', '--write-tree', '--name-only', '--no-messages', '-z', ours, theirs];
  const { code, stdout, stderr } = await run(git, args, { accept: [0, CONFLICT, FATAL] });
  if (code === FATAL) {
    if (stderr.includes('unrelated histories')) return { conflicts: [] };
    throw new GitError(`git ${args.join(' ')}`, stderr);
  }
  const [tree = '', ...paths] = stdout.toString().split('\0');
  return code === CONFLICT ? { conflicts: paths.filter((path) => path !== '') } : { tree };
}
