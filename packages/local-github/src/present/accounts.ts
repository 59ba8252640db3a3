import type { Json } from '../rest/route.js';
import type { Account, Id } from '../state/model.js';
import type { View } from '../world.js';
import { nodeId } from './node-id.js';

/** GitHub's `simple-user`. */
export function presentAccount(view: View, account: Account): Json {
  const path = account.login.replace('[bot]', '%5Bbot%5D');
  const api = `${view.url}/users/${path}`;
  return {
    login: account.login,
    id: account.id,
    node_id: nodeId(account.type, account.id),
    avatar_url: `${view.url}/_avatars/${account.id}`,
    gravatar_id: '',
    url: api,
    html_url:
      account.type === 'Bot'
        ? `${view.url}/apps/${account.login.replace('[bot]', '')}`
        : `${view.url}/${path}`,
    followers_url: `${api}/followers`,
    following_url: `${api}/following{/other_user}`,
    gists_url: `${api}/gists{/gist_id}`,
    starred_url: `${api}/starred{/owner}{/repo}`,
    subscriptions_url: `${api}/subscriptions`,
    organizations_url: `${api}/orgs`,
    repos_url: `${api}/repos`,
    events_url: `${api}/events{/privacy}`,
    received_events_url: `${api}/received_events`,
    type: account.type,
    site_admin: false,
    user_view_type: 'public',
  };
}

/** Stands in REST for everybody who has deleted their account, under its number on GitHub. GraphQL has null there. */
const GHOST: Account = { id: 10137, login: 'ghost', type: 'User', name: 'Deleted user' };

/** `simple-user` of an id, or null for nobody. */
export function presentAccountById(view: View, id: Id | null): Json {
  return id === null ? null : presentAccount(view, view.state.accounts[id] ?? GHOST);
}

/** An account without `user_view_type`, which the descriptions of some webhooks do not have on assignees. */
export function presentAssignee(view: View, id: Id): Json {
  const { user_view_type: _, ...assignee } = Object(presentAccountById(view, id));
  return assignee;
}
