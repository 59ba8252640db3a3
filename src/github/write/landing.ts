import { AppError } from '../../app/errors.js';
import type { Action } from '../../core/actions/action.js';
import { type WriteContext, refusedWith, send } from './context.js';
import { mutate } from './mutate.js';
import { demandAsPlanned } from './as-planned.js';

type ActionOf<Kind extends Action['kind']> = Extract<Action, { readonly kind: Kind }>;

/** GitHub's words for what the next snapshot will show otherwise. A rebase is prepared in the background after a push. */
const PASSING = /not prepared|expected head|head sha|head ref|was modified/i;
const UP_TO_DATE = /no new commits on the base|already up.to.date/i;

/**
 * Brings a pull request's branch up to date with its base, from the head that is expected. A conflict is terminal, a pull
 * request that is not as it was judged transient; nothing to do is fine.
 */
export async function updateBranch(
  context: WriteContext,
  { pull, base, draft, expectedHead, method }: ActionOf<'update branch'>,
): Promise<void> {
  await demandAsPlanned(context, pull.number, { head: expectedHead, base, draft });
  const input = {
    pullRequestId: pull.id,
    expectedHeadOid: expectedHead,
    updateMethod: method === 'rebase' ? 'REBASE' : 'MERGE',
  };
  const [refusal] = await mutate(context, 'UpdateBranch', [{ mutation: 'updatePullRequestBranch', input }]);
  if (!refusal || UP_TO_DATE.test(refusal.message)) return;
  if (!PASSING.test(refusal.message)) throw refusal.error;
  throw new AppError('transient', refusal.message, { cause: refusal.error });
}

/**
 * Merges a pull request that is still as it was judged. 409, and a base that moved meanwhile, are transient;
 * what a rule refuses (405) is terminal with GitHub's own sentence. One that is merged already is fine.
 * https://docs.github.com/en/rest/pulls/pulls#merge-a-pull-request
 */
export async function merge(
  context: WriteContext,
  { pull, head, base, method, title }: ActionOf<'merge'>,
): Promise<void> {
  await demandAsPlanned(context, pull.number, { head, base, draft: false });
  try {
    await send(context, 'PUT', '/pulls/{pull_number}/merge', {
      pull_number: pull.number,
      sha: head,
      merge_method: method,
      // The commits of a rebase keep their own titles.
      ...(method !== 'rebase' && { commit_title: title }),
    });
  } catch (error) {
    if (!refusedWith(error, 405)) throw error;
    if (await isMerged(context, pull.number)) return;
    if (!PASSING.test(error.message)) throw error;
    throw new AppError('transient', error.message, { ...error.options, cause: error });
  }
}

async function isMerged(context: WriteContext, number: number): Promise<boolean> {
  const { data } = await send(context, 'GET', '/pulls/{pull_number}', { pull_number: number });
  return (data as { merged: boolean }).merged;
}
