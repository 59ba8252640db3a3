import { ZERO_OID } from '../../git/oid.js';
import type { Id } from '../../state/model.js';
import type { View } from '../../world.js';
import { type Context, type Write, effect, present } from '../context.js';
import { GitHubError } from '../errors.js';
import { shareCommit } from '../forks/commits.js';
import { openPullsAt } from '../pulls/find.js';
import { applyRefs } from './apply.js';
import { branchRef } from './names.js';
import { type MoveOptions, type RefChange, planRefs } from './plan.js';

/** `onDisk`: git has moved the refs already, as after a push. */
interface Move extends MoveOptions {
  readonly onDisk?: boolean;
}

/**
 * Moves refs with everything that follows, in one effect: disk first, by compare-and-swap and all or none, then the
 * state. `also` runs in the same effect, after the refs. 409 if a ref is not where `before` says or cannot exist beside
 * another one.
 */
export async function moveRefs<Result>(
  context: Context,
  repositoryId: Id,
  changes: readonly RefChange[],
  move: Move,
  also: (write: Write) => Result,
): Promise<Result> {
  const view = present(context);
  await shareHeads(view, repositoryId, changes);
  const plan = await planRefs(view, repositoryId, changes, move);
  const own = plan.pullRefs.filter((change) => change.repositoryId === repositoryId);
  const onDisk = [...(move.onDisk === true ? [] : changes), ...own];
  const result = await context.world
    .git(repositoryId)
    .updateRefs(onDisk.map(({ ref, before, after }) => ({ name: ref, before, after })));
  if (!result.ok) throw lostRace(result.reason, result.names);
  for (const { repositoryId: other, ref, after } of plan.pullRefs) {
    if (other !== repositoryId) await keepHead(context, other, ref, after);
  }
  return effect(context, (write) => {
    applyRefs(write, plan);
    return also(write);
  });
}

/** Brings the new heads of pull requests from this repository to where their bases are. */
async function shareHeads(view: View, repositoryId: Id, changes: readonly RefChange[]): Promise<void> {
  for (const pull of openPullsAt(view, repositoryId)) {
    if (pull.headRepositoryId !== repositoryId) continue;
    const after = changes.find(({ ref }) => ref === branchRef(pull.headRef))?.after ?? ZERO_OID;
    if (after !== ZERO_OID) await shareCommit(view, repositoryId, pull.repositoryId, after);
  }
}

/** Moves the ref of a pull request in the repository of its base. Nobody can move it but what moves the head. */
async function keepHead(context: Context, repositoryId: Id, ref: string, after: string): Promise<void> {
  const moved = await context.world.git(repositoryId).updateRefs([{ name: ref, before: undefined, after }]);
  if (!moved.ok) throw lostRace(moved.reason, moved.names);
}

/** What GitHub answers to a write that somebody else was faster than. */
export function lostRace(reason: 'moved' | 'clash', names: readonly string[]): GitHubError {
  if (reason === 'clash') {
    return new GitHubError(
      422,
      'UNPROCESSABLE',
      `Reference cannot be created beside another one: ${names.join(', ')}`,
    );
  }
  return new GitHubError(409, 'STALE_DATA', `Reference was modified meanwhile: ${names.join(', ')}`);
}
