import { GitHubError } from '../errors.js';
import { type Context, type Write, effect, present } from '../context.js';
import type { Id } from '../../state/model.js';
import { applyRefs } from './apply.js';
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
  const plan = await planRefs(present(context), repositoryId, changes, move);
  const onDisk = [...(move.onDisk === true ? [] : changes), ...plan.pullRefs];
  const result = await context.world
    .git(repositoryId)
    .updateRefs(onDisk.map(({ ref, before, after }) => ({ name: ref, before, after })));
  if (!result.ok) throw lostRace(result.reason, result.names);
  return effect(context, (write) => {
    applyRefs(write, plan);
    return also(write);
  });
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
