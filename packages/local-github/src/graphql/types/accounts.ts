import { nodeId } from '../../present/node-id.js';
import type { Account, App, Id } from '../../state/model.js';
import { type Fields, type Request, Typed } from '../request.js';

/** The account as a value of an interface or union (`Actor`, `Assignee`, …); null for nobody and for deleted ones. */
export function actorById(request: Request, id: Id | null): Typed | null {
  const account = id === null ? undefined : request.view.state.accounts[id];
  return account === undefined ? null : new Typed(account.type, account);
}

const accountFields: Fields<Account> = {
  id: (account) => nodeId(account.type, account.id),
  databaseId: (account) => account.id,
  avatarUrl: (account, { view }) => `${view.url}/_avatars/${account.id}`,
  login: (account) => account.login,
  name: (account) => account.name,
  resourcePath: (account) => `/${account.login}`,
  url: (account, { view }) => `${view.url}/${account.login}`,
};

const { name: _, ...withoutName } = accountFields;

function slug(account: Account): string {
  return account.login.replace(/\[bot\]$/, '');
}

export const User: Fields<Account> = {
  ...accountFields,
  isViewer: (account, { context }) =>
    'accountId' in context.principal && context.principal.accountId === account.id,
  isSiteAdmin: () => false,
};

export const Organization: Fields<Account> = accountFields;

/** As an author or actor an app's login has no `[bot]`; only `viewer.login`, whose type is User, keeps it. */
export const Bot: Fields<Account> = {
  ...withoutName,
  login: slug,
  resourcePath: (account) => `/apps/${slug(account)}`,
  url: (account, { view }) => `${view.url}/apps/${slug(account)}`,
};

export const AppType: Fields<App> = {
  id: (app) => nodeId('App', app.id),
  databaseId: (app) => app.id,
  slug: (app) => app.slug,
  name: (app) => app.name,
  createdAt: (app) => app.createdAt,
  url: (app, { view }) => `${view.url}/apps/${app.slug}`,
};
