import { ZERO_OID, isOid } from '../../git/oid.js';
import type { Repository } from '../../state/model.js';
import { type Context, demand, present, row } from '../context.js';
import { GitHubError, unprocessable } from '../errors.js';
import { demandUnprotected } from '../protection/demand.js';
import { PUSH } from './access.js';
import { moveRefs } from './move.js';
import { branchRef } from './names.js';
import { type RefChange, withForced } from './plan.js';
import { demandWorkflowsBetween } from './workflows.js';

/** One ref of GraphQL's `updateRefs`. */
export interface RefUpdateInput {
  /** The whole name, as `refs/heads/main`. */
  readonly name: string;
  /** What the ref must be now; all zeros if it must not exist, undefined if it does not matter. */
  readonly before: string | undefined;
  /** All zeros deletes. */
  readonly after: string;
  readonly force: boolean;
}

/** Makes a branch or tag at a commit that exists. 422 if the name is taken or not a name, or there is no such commit. */
export async function createRef(
  context: Context,
  repository: Repository,
  input: { ref: string; sha: string },
): Promise<void> {
  await updateRefs(context, repository, [
    { name: input.ref, before: ZERO_OID, after: requireNotZero(input.sha), force: false },
  ]);
}

/** Moves a branch or tag; without `force` only to a commit that contains the old one (422). */
export async function updateRef(
  context: Context,
  repository: Repository,
  input: { ref: string; sha: string; force: boolean },
): Promise<void> {
  demand(context, repository, PUSH);
  requireExisting(context, repository, input.ref);
  const after = requireNotZero(input.sha);
  await updateRefs(context, repository, [{ name: input.ref, before: undefined, after, force: input.force }]);
}

/** Deletes a branch or tag; 422 if there is none, or if it is the default branch. */
export async function deleteRef(
  context: Context,
  repository: Repository,
  input: { ref: string },
): Promise<void> {
  demand(context, repository, PUSH);
  requireExisting(context, repository, input.ref);
  await updateRefs(context, repository, [
    { name: input.ref, before: undefined, after: ZERO_OID, force: false },
  ]);
}

/**
 * Moves, creates and deletes refs, all or none, in one effect. 409 `STALE_DATA` if a ref is not at its `before`; 422 for
 * what is not a fast-forward without `force`, for unknown objects and for what protection refuses.
 */
export async function updateRefs(
  context: Context,
  repository: Repository,
  updates: readonly RefUpdateInput[],
): Promise<void> {
  demand(context, repository, PUSH);
  const { refs } = row(present(context).state.repositories, repository.id);
  const changes: RefChange[] = [];
  for (const update of updates) {
    const current = refs[update.name] ?? ZERO_OID;
    await checkUpdate(context, repository, update, current);
    if (update.after !== ZERO_OID && current !== ZERO_OID) {
      await demandWorkflowsBetween(context, context.world.git(repository.id), current, update.after);
    }
    if (current !== update.after) changes.push({ ref: update.name, before: current, after: update.after });
  }
  if (changes.length === 0) return;
  await demandUnprotected(context, repository, changes);
  await moveRefs(context, repository.id, changes, {}, () => undefined);
}

async function checkUpdate(
  context: Context,
  repository: Repository,
  update: RefUpdateInput,
  current: string,
): Promise<void> {
  const { name, before, after, force } = update;
  const git = context.world.git(repository.id);
  if (!/^refs\/(heads|tags)\//.test(name) || !(await git.isValidRefName(name))) {
    throw unprocessable(`${name} is not a valid ref name.`);
  }
  if (before === ZERO_OID && current !== ZERO_OID) throw unprocessable('Reference already exists');
  if (before !== undefined && before !== current) {
    throw new GitHubError(
      409,
      'STALE_DATA',
      `Expected ${name} to point to ${before}, but it points to ${current}.`,
    );
  }
  if (after === ZERO_OID) {
    if (name === branchRef(repository.defaultBranch)) throw unprocessable('Cannot delete the default branch');
    return;
  }
  if (!isOid(after) || (await git.objectType(after)) !== 'commit')
    throw unprocessable('Object does not exist');
  const { forced } = await withForced(git, { ref: name, before: current, after });
  if (forced && !force) throw unprocessable('Update is not a fast forward');
}

function requireExisting(context: Context, repository: Repository, ref: string): void {
  const { refs } = row(present(context).state.repositories, repository.id);
  if (refs[ref] === undefined) throw unprocessable('Reference does not exist');
}

/** All zeros mean "delete" in a push; REST knows no such commit. */
function requireNotZero(sha: string): string {
  if (sha === ZERO_OID) throw unprocessable('Object does not exist');
  return sha;
}
