import type { Access } from '../access/access.js';
import type { Id, Repository, RepositoryHook } from '../state/model.js';
import { type Context, demand, effect, present } from './context.js';
import { notFound, unprocessable } from './errors.js';

/** Administrators only: apps would need a permission that no app here has. */
const HOOKS: Access = { role: 'admin', app: [] };

/** The webhooks that the administrators of a repository have set up, oldest first. */
export function hooksOf(context: Context, repository: Repository): readonly RepositoryHook[] {
  demand(context, repository, HOOKS);
  return Object.values(context.view.state.hooks).filter(({ repositoryId }) => repositoryId === repository.id);
}

/** Sets up a webhook. 422 without an address of HTTP, or if there is one to that address for the same events. */
export function createHook(
  context: Context,
  repository: Repository,
  input: Pick<RepositoryHook, 'url' | 'secret' | 'events' | 'active'>,
): RepositoryHook {
  demand(context, repository, HOOKS);
  if (!/^https?:\/\/./.test(input.url))
    throw invalid('url', 'The address must begin with http:// or https://');
  const same = Object.values(present(context).state.hooks).some(
    (hook) =>
      hook.repositoryId === repository.id &&
      hook.url === input.url &&
      hook.events.some((event) => input.events.includes(event)),
  );
  if (same) throw invalid('events', 'Hook already exists on this repository');
  return effect(context, (write) => {
    const hook = { ...input, events: [...input.events], id: write.newId(), repositoryId: repository.id };
    return (write.state.hooks[hook.id] = { ...hook, createdAt: write.now });
  });
}

/** Removes a webhook; 404 if there is none with this number. */
export function deleteHook(context: Context, repository: Repository, hookId: Id): void {
  demand(context, repository, HOOKS);
  if (present(context).state.hooks[hookId]?.repositoryId !== repository.id) throw notFound();
  effect(context, (write) => {
    delete write.state.hooks[hookId];
  });
}

function invalid(field: string, message: string) {
  return unprocessable('Validation Failed', [{ resource: 'Hook', field, code: 'custom', message }]);
}
