import { AppError } from '../../app/errors.js';
import type { Action } from '../../core/actions/action.js';
import { demandAsPlanned } from './as-planned.js';
import { type WriteContext, refusedWith, send } from './context.js';
import { mutate } from './mutate.js';

/** As `before` or `after` of a ref: it does not exist. */
const NOTHING = '0'.repeat(40);

type ActionOf<Kind extends Action['kind']> = Extract<Action, { readonly kind: Kind }>;

/** Moves a branch forward, only from where it is thought to be. */
export function moveBranch(context: WriteContext, action: ActionOf<'move branch'>): Promise<void> {
  return swapRef(context, 'MoveBranch', action.branch, action.from, action.to);
}

/**
 * Lands a pull request by moving the base to its head, only from where the base is thought to be; never forced. The move
 * itself knows nothing of the pull request, so that is read once more before it.
 */
export async function fastForward(context: WriteContext, action: ActionOf<'fast-forward'>): Promise<void> {
  const { pull, branch, after } = action;
  await demandAsPlanned(context, pull.number, { head: after, base: branch, draft: false });
  try {
    await swapRef(context, 'FastForward', action.branch, action.before, action.after);
  } catch (error) {
    if (!(error instanceof AppError) || error.kind !== 'terminal' || !isOfPull(error.message)) throw error;
    throw new AppError('terminal', error.message, { ...error.options, ofPull: true, cause: error });
  }
}

/** GitHub's words for what only this head lacks or changes, and for a base that takes no fast-forward at all. */
const OF_PULL = /status check|workflow/i;
const OF_BASE = /through (?:a|the) (?:pull request|merge queue)/i;

function isOfPull(message: string): boolean {
  return OF_PULL.test(message) && !OF_BASE.test(message);
}

/** Deletes a branch if nothing was pushed to it since; one that is gone already is fine. */
export function deleteBranch(context: WriteContext, action: ActionOf<'delete branch'>): Promise<void> {
  return swapRef(context, 'DeleteBranch', action.branch, action.expectedHead, NOTHING);
}

/**
 * Compare-and-swap of a branch. When GitHub refuses, where the branch is now tells why: it is there already (done), it
 * moved meanwhile (transient), or a rule forbids it (terminal, in GitHub's own words).
 */
async function swapRef(
  context: WriteContext,
  name: string,
  branch: string,
  before: string,
  after: string,
): Promise<void> {
  const update = { name: `refs/heads/${branch}`, beforeOid: before, afterOid: after, force: false };
  const repositoryId = await context.repositoryId();
  const [refusal] = await mutate(context, name, [
    { mutation: 'updateRefs', input: { repositoryId, refUpdates: [update] } },
  ]);
  if (!refusal) return;
  const now = await headOf(context, branch);
  if (now === after) return;
  if (now === before) throw refusal.error;
  throw new AppError('transient', `${branch} moved meanwhile`, { cause: refusal.error });
}

/** The commit a branch is at; all zeros if there is none. */
async function headOf(context: WriteContext, branch: string): Promise<string> {
  try {
    const { data } = await send(context, 'GET', '/git/ref/{ref}', { ref: `heads/${branch}` });
    return (data as { object: { sha: string } }).object.sha;
  } catch (error) {
    if (refusedWith(error, 404)) return NOTHING;
    throw error;
  }
}
