import { findRepository, present } from '../../domain/context.js';
import { createHook, deleteHook, hooksOf } from '../../domain/hooks.js';
import { notServed } from '../../domain/errors.js';
import { presentHook } from '../../present/hooks.js';
import { type Route, created, list, noContent, route } from '../route.js';

/** The webhooks of a repository, for scripts that listen: its administrators set them up. */
export const hookRoutes: readonly Route[] = [
  route('repos/list-webhooks', [], async (context, { path }) => {
    const repository = findRepository(context, context.view, path.owner, path.repo);
    return list(hooksOf(context, repository), (hook) => presentHook(context.view, hook));
  }),
  route('repos/create-webhook', [], async (context, { path, body }) => {
    const repository = findRepository(context, present(context), path.owner, path.repo);
    const { url = '', secret, content_type: contentType = 'form' } = body?.config ?? {};
    if (contentType !== 'json') throw notServed('webhooks as a form; ask for config.content_type json');
    const { events = ['push'], active = true } = body ?? {};
    const hook = createHook(context, repository, { url, secret: secret ?? null, events, active });
    return created(presentHook(present(context), hook));
  }),
  route('repos/delete-webhook', [], async (context, { path }) => {
    const repository = findRepository(context, present(context), path.owner, path.repo);
    deleteHook(context, repository, path.hook_id);
    return noContent();
  }),
];
