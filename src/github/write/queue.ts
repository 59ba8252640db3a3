import { AppError } from '../../app/errors.js';
import type { Action } from '../../core/actions/action.js';
import { demandAsPlanned } from './as-planned.js';
import type { WriteContext } from './context.js';
import { mutate } from './mutate.js';

type ActionOf<Kind extends Action['kind']> = Extract<Action, { readonly kind: Kind }>;

/** GitHub's words for what is so already, and for a head that the next snapshot will show otherwise. */
const IS_IN = /already (?:in|queued)/i;
const IS_OUT = /not in (?:the|a) (?:merge )?queue/i;
const MOVED = /expected head|head oid|head sha|was modified/i;

/**
 * Puts a pull request that is still as it was judged at the end of its base's merge queue; never at its front. One that
 * is in it already is fine. What a rule refuses is terminal, in GitHub's own words.
 * https://docs.github.com/en/graphql/reference/mutations#enqueuepullrequest
 */
export async function enqueue(
  context: WriteContext,
  { pull, head, base }: ActionOf<'enqueue'>,
): Promise<void> {
  await demandAsPlanned(context, pull.number, { head, base, draft: false });
  const input = { pullRequestId: pull.id, expectedHeadOid: head };
  const [refusal] = await mutate(context, 'Enqueue', [{ mutation: 'enqueuePullRequest', input }]);
  if (!refusal || IS_IN.test(refusal.message)) return;
  if (!MOVED.test(refusal.message)) throw refusal.error;
  throw new AppError('transient', refusal.message, { cause: refusal.error });
}

/**
 * Takes a pull request out of its merge queue; one that is in none, because it has merged or left, is fine.
 * https://docs.github.com/en/graphql/reference/mutations#dequeuepullrequest
 */
export async function dequeue(context: WriteContext, { pull }: ActionOf<'dequeue'>): Promise<void> {
  const [refusal] = await mutate(context, 'Dequeue', [
    { mutation: 'dequeuePullRequest', input: { id: pull.id } },
  ]);
  if (refusal && !IS_OUT.test(refusal.message)) throw refusal.error;
}
