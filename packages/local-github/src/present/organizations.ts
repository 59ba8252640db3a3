import type { Json } from '../rest/route.js';
import type { Account } from '../state/model.js';
import type { View } from '../world.js';
import { nodeId } from './node-id.js';

/** GitHub's `organization-simple`. */
export function presentOrganization(view: View, { id, login }: Account): Json {
  const url = `${view.url}/orgs/${login}`;
  return {
    login,
    id,
    node_id: nodeId('Organization', id),
    url,
    repos_url: `${url}/repos`,
    events_url: `${url}/events`,
    hooks_url: `${url}/hooks`,
    issues_url: `${url}/issues`,
    members_url: `${url}/members{/member}`,
    public_members_url: `${url}/public_members{/member}`,
    avatar_url: `${view.url}/_avatars/${id}`,
    description: null,
  };
}
