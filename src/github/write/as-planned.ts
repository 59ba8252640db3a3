import { AppError } from '../../app/errors.js';
import { type WriteContext, send } from './context.js';

/** A pull request as it was when somebody decided on it. */
export interface AsPlanned {
  readonly head: string;
  /** The branch that it goes into. */
  readonly base: string;
  readonly draft: boolean;
}

/** What is needed of https://docs.github.com/en/rest/pulls/pulls#get-a-pull-request; GraphQL does not tell of stacks. */
interface PullNow {
  readonly state: 'open' | 'closed';
  readonly merged: boolean;
  readonly draft?: boolean;
  readonly head: { readonly sha: string };
  readonly base: { readonly ref: string };
  readonly stack?: object | null;
}

/**
 * Reads a pull request once more, right before its branch or its base is moved. Throws a transient AppError if it is not as
 * it was judged: somebody pushed, closed it, made it a draft or changed its base meanwhile. One that is merged at that head
 * is fine: what is to be done was done.
 *
 * Throws a terminal AppError for one of a stack: GitHub merges those only by its own way for stacks, and nothing else would
 * keep the base from being moved past the rest of the stack.
 */
export async function demandAsPlanned(
  context: WriteContext,
  number: number,
  planned: AsPlanned,
): Promise<void> {
  const { data } = await send(context, 'GET', '/pulls/{pull_number}', { pull_number: number });
  const { state, merged, draft = false, head, base, stack } = data as PullNow;
  const changed =
    head.sha !== planned.head ||
    base.ref !== planned.base ||
    (state === 'closed' && !merged) ||
    (state === 'open' && draft !== planned.draft);
  if (changed) throw new AppError('transient', `pull request #${number} changed meanwhile`);
  if (stack === undefined || stack === null) return;
  throw new AppError(
    'terminal',
    `Pull request #${number} is part of a stack, which GitHub merges only as a stack. Somebody with write merges the stack there, or takes the pull request out of it`,
    { ofPull: true },
  );
}
