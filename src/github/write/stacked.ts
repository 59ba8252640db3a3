import { AppError } from '../../app/errors.js';
import { type WriteContext, send } from './context.js';

/**
 * Throws a terminal AppError for a pull request of a stack. GitHub merges those only by its own way for stacks, and says so
 * where it is asked to merge one; nothing would keep the base from being moved past the rest of the stack. GraphQL does
 * not tell of stacks. Source: `stack` of https://docs.github.com/en/rest/pulls/pulls#get-a-pull-request.
 */
export async function demandNoStack(context: WriteContext, number: number): Promise<void> {
  const { data } = await send(context, 'GET', '/pulls/{pull_number}', { pull_number: number });
  const { stack } = Object(data) as { readonly stack?: object | null };
  if (stack === undefined || stack === null) return;
  throw new AppError(
    'terminal',
    `Pull request #${number} is part of a stack, which GitHub merges only as a stack. Somebody with write merges the stack there, or takes the pull request out of it`,
    { ofPull: true },
  );
}
