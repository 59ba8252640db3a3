import { AppError } from '../../app/errors.js';
import type { Action, NewPull } from '../../core/actions/action.js';
import { comment } from './comments.js';
import { type WriteContext, refusedWith, send } from './context.js';
import { mutateOne } from './mutate.js';

type ActionOf<Kind extends Action['kind']> = Extract<Action, { readonly kind: Kind }>;

/** GitHub's refusal where the plan of a private repository has no drafts. */
export const NO_DRAFTS = /draft pull requests are not (supported|available)/i;

/**
 * Opens a pull request, an ordinary one where drafts are not available. If one is open for that branch already, another
 * run was faster: transient, since the next snapshot shows it.
 */
export async function openPull(context: WriteContext, pull: NewPull): Promise<void> {
  const { head, base, title, body, draft } = pull;
  try {
    await send(context, 'POST', '/pulls', { head, base, title, body, draft, maintainer_can_modify: false });
  } catch (error) {
    if (draft && refusedWith(error, 422, NO_DRAFTS)) {
      await openPull(context, { ...pull, draft: false });
    } else if (refusedWith(error, 422, /already exists/i)) {
      throw new AppError('transient', error.message, { ...error.options, cause: error });
    } else {
      throw error;
    }
  }
}

/** Makes a draft ready for review. */
export function markReady(context: WriteContext, { pull }: ActionOf<'mark ready'>): Promise<void> {
  return mutateOne(context, 'MarkReady', {
    mutation: 'markPullRequestReadyForReview',
    input: { pullRequestId: pull.id },
  });
}

/** Says why, once, and closes the pull request. */
export async function closePull(context: WriteContext, action: ActionOf<'close pull'>): Promise<void> {
  const { number } = action.pull;
  const { body } = action;
  await comment(context, { number, body: action.comment, cause: action.cause });
  const changes = { state: 'closed', ...(body !== undefined && { body }) };
  await send(context, 'PATCH', '/pulls/{pull_number}', { pull_number: number, ...changes });
}

/** Changes the base of a pull request. */
export async function retarget(context: WriteContext, { pull, base }: ActionOf<'retarget'>): Promise<void> {
  await send(context, 'PATCH', '/pulls/{pull_number}', { pull_number: pull.number, base });
}
