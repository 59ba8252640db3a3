import { row } from '../../domain/context.js';
import { badCredentials, notAccessible } from '../../domain/errors.js';
import { presentAccount } from '../../present/accounts.js';
import { type Route, ok, route } from '../route.js';

/** Accounts have no history here: all are from one day. */
const SINCE = '2020-01-01T00:00:00Z';

export const userRoutes: readonly Route[] = [
  /** GitHub's `public-user` of the person who asks; an app's installation is nobody here (403). */
  route('users/get-authenticated', 'anyone', async (context) => {
    const { principal, view } = context;
    if (principal.kind === 'anonymous') throw badCredentials('Requires authentication');
    if (principal.kind !== 'user') throw notAccessible();
    const account = row(view.state.accounts, principal.accountId);
    return ok({
      ...Object(presentAccount(view, account)),
      name: account.name,
      company: null,
      blog: null,
      location: null,
      email: null,
      hireable: null,
      bio: null,
      public_repos: 0,
      public_gists: 0,
      followers: 0,
      following: 0,
      created_at: SINCE,
      updated_at: SINCE,
    });
  }),
];
