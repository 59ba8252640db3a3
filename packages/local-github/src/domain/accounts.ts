import type { Id } from '../state/model.js';
import { type Context, actor, effect, present, row } from './context.js';
import { forbidden, notServed } from './errors.js';

/**
 * A person deletes their own account: what they wrote stays, by nobody
 * (https://docs.github.com/en/account-and-profile/reference/personal-account-reference#side-effects-of-account-deletion).
 * Their roles, assignments and reactions go, and their tokens with them.
 */
export function deleteAccount(context: Context, accountId: Id): void {
  const { state } = present(context);
  row(state.accounts, accountId);
  if (actor(context) !== accountId) throw forbidden('People delete their own account only');
  const isTheirs = ({ ownerId }: { readonly ownerId: Id }) => ownerId === accountId;
  const opened = Object.values(state.issues).some((one) => one.authorId === accountId && one.pullId !== null);
  if (opened || Object.values(state.repositories).some(isTheirs)) {
    throw notServed('deleting the account of somebody who has a repository, or opened pull requests');
  }
  effect(context, (write) => {
    delete write.state.accounts[accountId];
    for (const repository of Object.values(write.state.repositories)) delete repository.roles[accountId];
    for (const issue of Object.values(write.state.issues)) {
      issue.assigneeIds = issue.assigneeIds.filter((id) => id !== accountId);
    }
    for (const reaction of Object.values(write.state.reactions)) {
      if (reaction.authorId === accountId) delete write.state.reactions[reaction.id];
    }
  });
}
