import { row } from '../domain/context.js';
import type { Json } from '../rest/route.js';
import type { Account, App, Installation } from '../state/model.js';
import type { View } from '../world.js';
import { presentAccount } from './accounts.js';
import { nodeId } from './node-id.js';

/** Address of an app's page. */
export function homepage(view: View, app: App): string {
  return `${view.url}/apps/${app.slug}`;
}

/** GitHub's `integration`: an app. */
export function presentApp(view: View, app: App): { readonly [key: string]: Json } {
  return {
    id: app.id,
    client_id: `Iv1.${app.id}`,
    slug: app.slug,
    node_id: nodeId('App', app.id),
    owner: presentAccount(view, row(view.state.accounts, app.ownerId)),
    name: app.name,
    description: null,
    external_url: homepage(view, app),
    html_url: homepage(view, app),
    created_at: app.createdAt,
    updated_at: app.createdAt,
    permissions: { metadata: 'read', ...app.permissions },
    events: app.events,
  };
}

/** GitHub's `installation`. */
export function presentInstallation(view: View, installation: Installation): Json {
  const app = row(view.state.apps, installation.appId);
  const account = row(view.state.accounts, installation.accountId);
  const url = `${view.url}/app/installations/${installation.id}`;
  return {
    id: installation.id,
    account: presentAccountOfInstallation(view, account),
    repository_selection: 'all',
    access_tokens_url: `${url}/access_tokens`,
    repositories_url: `${view.url}/installation/repositories`,
    html_url: `${view.url}/organizations/${account.login}/settings/installations/${installation.id}`,
    app_id: app.id,
    app_slug: app.slug,
    target_id: account.id,
    target_type: account.type,
    permissions: { metadata: 'read', ...app.permissions },
    events: app.events,
    created_at: installation.createdAt,
    updated_at: installation.createdAt,
    single_file_name: null,
    has_multiple_single_files: false,
    single_file_paths: [],
    suspended_by: null,
    suspended_at: null,
  };
}

/** In the list of installations GitHub describes accounts without `user_view_type`. */
function presentAccountOfInstallation(view: View, account: Account): Json {
  const members = Object.entries(Object(presentAccount(view, account)) as Record<string, Json>);
  return Object.fromEntries(members.filter(([key]) => key !== 'user_view_type'));
}
