import type { Git } from './objects.js';
import { assertOids } from './oid.js';
import { run } from './run.js';

/**
 * Copies commits, with all that they reach, from another repository on this machine. No ref moves. GitHub keeps the
 * objects of a repository and of its forks together; here each has its own, and takes what it needs.
 * @throws GitError if the other repository lacks one of them
 */
export async function fetchObjects(git: Git, from: string, oids: readonly string[]): Promise<void> {
  assertOids(...oids);
  if (oids.length === 0 || from === git.dir) return;
  await run(git, [
    'fetch',
    '--quiet',
    '--no-tags',
    '--no-write-fetch-head',
    '--no-auto-maintenance',
    from,
    ...new Set(oids),
  ]);
}
