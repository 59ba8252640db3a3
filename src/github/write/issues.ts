import type { Action } from '../../core/actions/action.js';
import { type WriteContext, refusedWith, send } from './context.js';

type ActionOf<Kind extends Action['kind']> = Extract<Action, { readonly kind: Kind }>;
type DependencyAction = Extract<Action, { readonly blocking: unknown }>;

/** Reacts to a comment. GitHub keeps one reaction of a kind per author, so a second one changes nothing. */
export async function react(context: WriteContext, action: ActionOf<'react'>): Promise<void> {
  await send(context, 'POST', '/issues/comments/{comment_id}/reactions', {
    comment_id: action.comment,
    content: action.with,
  });
}

/**
 * Makes an issue depend on another; a dependency that is there already is fine. By REST, whose permissions for apps are
 * documented (https://docs.github.com/en/rest/issues/issue-dependencies).
 */
export async function addDependency(
  context: WriteContext,
  { number, blocking }: DependencyAction,
): Promise<void> {
  context.known.dependencies.add(number);
  try {
    await send(context, 'POST', '/issues/{issue_number}/dependencies/blocked_by', {
      issue_number: number,
      issue_id: blocking.databaseId,
    });
  } catch (error) {
    if (!refusedWith(error, 422, /already (exists|been taken)/i)) throw error;
  }
}

/** Takes a dependency away; one that is not there is fine. */
export async function removeDependency(
  context: WriteContext,
  { number, blocking }: DependencyAction,
): Promise<void> {
  context.known.dependencies.add(number);
  try {
    await send(context, 'DELETE', '/issues/{issue_number}/dependencies/blocked_by/{issue_id}', {
      issue_number: number,
      issue_id: blocking.databaseId,
    });
  } catch (error) {
    if (!refusedWith(error, 404)) throw error;
  }
}

/** Closes an issue; one that is closed stays as it is. */
export async function closeIssue(context: WriteContext, action: ActionOf<'close issue'>): Promise<void> {
  const { number, reason } = action;
  await send(context, 'PATCH', '/issues/{issue_number}', {
    issue_number: number,
    state: 'closed',
    state_reason: reason,
  });
}
