import { type Need, holds } from '../../access/access.js';
import type { Tokens } from '../../access/tokens.js';
import { type Context, findRepository, row } from '../../domain/context.js';
import { badCredentials, notAccessible, notFound, notServed, unprocessable } from '../../domain/errors.js';
import { presentApp, presentInstallation } from '../../present/apps.js';
import { presentRepository } from '../../present/repositories.js';
import type { App, Installation, Permissions } from '../../state/model.js';
import { type Route, created, list, ok, route } from '../route.js';

/** Routes of apps about themselves. Most take the app's JSON web token. */
export function appRoutes(tokens: Tokens): readonly Route[] {
  return [
    route('apps/get-authenticated', 'app', async (context) => ok(presentApp(context.view, self(context)))),
    route('apps/list-installations', 'app', async (context) => {
      const { view } = context;
      return list(installationsOf(context), (installation) => presentInstallation(view, installation));
    }),
    route('apps/get-installation', 'app', async (context, { path }) =>
      ok(presentInstallation(context.view, ownInstallation(context, path.installation_id))),
    ),
    route('apps/get-repo-installation', 'app', async (context, { path }) => {
      const repository = findRepository(context, context.view, path.owner, path.repo);
      const found = installationsOf(context).find(({ accountId }) => accountId === repository.ownerId);
      if (found === undefined) throw notFound();
      return ok(presentInstallation(context.view, found));
    }),
    route('apps/create-installation-access-token', 'app', async (context, { path, body }) => {
      const installation = ownInstallation(context, path.installation_id);
      if (body?.repositories !== undefined || body?.repository_ids !== undefined) {
        throw notServed('tokens for some repositories of an installation');
      }
      const app = self(context);
      const permissions = narrowed(app, body?.permissions);
      const { token, expiresAt } = tokens.installation(app, installation, permissions);
      return created({
        token,
        expires_at: expiresAt,
        permissions: { metadata: 'read', ...permissions },
        repository_selection: 'all',
      });
    }),
    route('apps/list-repos-accessible-to-installation', [{ metadata: 'read' }], async (context) => {
      const { principal, view } = context;
      if (principal.kind !== 'installation') throw notAccessible();
      const { accountId } = row(view.state.installations, principal.installationId);
      return list(
        Object.values(view.state.repositories).filter(({ ownerId }) => ownerId === accountId),
        (repository) => presentRepository(view, repository, principal),
        { key: 'repositories', others: (total) => ({ total_count: total, repository_selection: 'all' }) },
      );
    }),
  ];
}

/** The app that asks. */
function self({ principal, view }: Context): App {
  if (principal.kind !== 'app') throw badCredentials('A JSON web token could not be decoded');
  return row(view.state.apps, principal.appId);
}

function installationsOf(context: Context): readonly Installation[] {
  const { id } = self(context);
  return Object.values(context.view.state.installations).filter(({ appId }) => appId === id);
}

function ownInstallation(context: Context, id: number): Installation {
  const found = installationsOf(context).find((installation) => installation.id === id);
  if (found === undefined) throw notFound();
  return found;
}

/** The permissions asked for, which may only be fewer or weaker than the app's own; all of them if none are named. */
function narrowed(app: App, asked: Need | undefined): Permissions {
  if (asked === undefined) return app.permissions;
  for (const [name, level] of Object.entries(asked)) {
    if (!holds(app.permissions, { [name]: level })) {
      throw unprocessable('The permissions requested are not granted to this installation.', [
        `${name}: ${level}`,
      ]);
    }
  }
  return asked;
}
