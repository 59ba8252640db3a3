import type { Json } from '../rest/route.js';
import type { RepositoryHook } from '../state/model.js';
import type { View } from '../world.js';
import { repositoryUrl } from './urls.js';

/** GitHub's `hook`. A secret is never shown. */
export function presentHook(view: View, hook: RepositoryHook): Json {
  const url = `${repositoryUrl(view, hook.repositoryId)}/hooks/${hook.id}`;
  return {
    type: 'Repository',
    id: hook.id,
    name: 'web',
    active: hook.active,
    events: hook.events,
    config: {
      url: hook.url,
      content_type: 'json',
      insecure_ssl: '0',
      ...(hook.secret !== null && { secret: '********' }),
    },
    updated_at: hook.createdAt,
    created_at: hook.createdAt,
    url,
    test_url: `${url}/tests`,
    ping_url: `${url}/pings`,
    deliveries_url: `${url}/deliveries`,
    last_response: { code: null, status: 'unused', message: null },
  };
}
