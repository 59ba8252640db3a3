import type { Json } from '../rest/route.js';
import type { CommitStatus } from '../state/model.js';
import type { View } from '../world.js';
import { presentAccountById } from './accounts.js';
import { nodeId } from './node-id.js';
import { repositoryUrl } from './urls.js';

/** GitHub's `simple-commit-status`: what the combined status lists. */
export function presentSimpleStatus(view: View, status: CommitStatus): { readonly [key: string]: Json } {
  return {
    id: status.id,
    node_id: nodeId('StatusContext', status.id),
    url: `${repositoryUrl(view, status.repositoryId)}/statuses/${status.sha}`,
    avatar_url: `${view.url}/_avatars/${status.creatorId}`,
    state: status.state,
    description: status.description,
    target_url: status.targetUrl,
    context: status.context,
    created_at: status.createdAt,
    updated_at: status.createdAt,
  };
}

/** GitHub's `status`. */
export function presentStatus(view: View, status: CommitStatus): { readonly [key: string]: Json } {
  return { ...presentSimpleStatus(view, status), creator: presentAccountById(view, status.creatorId) };
}
