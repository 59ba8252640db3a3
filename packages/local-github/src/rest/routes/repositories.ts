import { roleOf } from '../../access/access.js';
import { type Context, demand, present } from '../../domain/context.js';
import { setCollaborator } from '../../domain/collaborators.js';
import { notFound, notServed } from '../../domain/errors.js';
import { editRepository } from '../../domain/repositories.js';
import { presentAccount } from '../../present/accounts.js';
import { presentFullRepository, presentPermissions } from '../../present/repositories.js';
import { type Account, MERGE_METHODS, type Repository, type Role } from '../../state/model.js';
import type { View } from '../../world.js';
import { type Json, type Route, list, noContent, ok, route } from '../route.js';
import { repositoryToRead, repositoryToWrite, serveOnly } from './issue-target.js';

const METADATA = [{ metadata: 'read' }] as const;

const SETTINGS = {
  merge: 'allow_merge_commit',
  squash: 'allow_squash_merge',
  rebase: 'allow_rebase_merge',
} as const;

/** People below write are refused: "Must have push access to view collaborator permission". */
function demandPush(context: Context, repository: Repository): void {
  demand(context, repository, { role: 'write', app: METADATA });
}

/** GitHub's `collaborator`. */
function presentCollaborator(view: View, account: Account, role: Role): Json {
  const user = presentAccount(view, account);
  return { ...Object(user), permissions: presentPermissions(role), role_name: role };
}

/** The roles by the names that {@link setCollaborator}'s request has for them. */
const GRANTS: Readonly<Record<string, Role>> = {
  pull: 'read',
  triage: 'triage',
  push: 'write',
  maintain: 'maintain',
  admin: 'admin',
};

/** The person or app with this login, or 404. */
function accountNamed(view: View, login: string): Account {
  const isIt = (one: Account) => one.login.toLowerCase() === login.toLowerCase();
  const account = Object.values(view.state.accounts).find((one) => isIt(one) && one.type !== 'Organization');
  if (account === undefined) throw notFound(`${login} is not a user`);
  return account;
}

/** The older scale of four: maintain is write there, triage is read. */
function legacyPermission(role: Role): 'admin' | 'write' | 'read' | 'none' {
  switch (role) {
    case 'maintain':
      return 'write';
    case 'triage':
      return 'read';
    case 'admin':
    case 'write':
    case 'read':
    case 'none':
      return role;
  }
}

export const repositoryRoutes: readonly Route[] = [
  route('repos/get', METADATA, async (context, { path }) => {
    const { view, repository } = repositoryToRead(context, path);
    return ok(presentFullRepository(view, repository, context.principal));
  }),
  route('repos/update', [{ administration: 'write' }], async (context, { path, body }) => {
    serveOnly('repos/update', body, [...Object.values(SETTINGS), 'delete_branch_on_merge', 'default_branch']);
    const repository = repositoryToWrite(context, path);
    const edited = editRepository(context, repository, {
      mergeMethods: MERGE_METHODS.filter(
        (method) => body[SETTINGS[method]] ?? repository.mergeMethods.includes(method),
      ),
      deleteBranchOnMerge: body.delete_branch_on_merge,
      defaultBranch: body.default_branch,
    });
    return ok(presentFullRepository(present(context), edited, context.principal));
  }),
  route('repos/get-collaborator-permission-level', METADATA, async (context, { path }) => {
    const { view, repository } = repositoryToRead(context, path);
    demandPush(context, repository);
    const account = accountNamed(view, path.username);
    const role = roleOf(repository, account.id);
    return ok({
      permission: legacyPermission(role),
      role_name: role,
      user: presentCollaborator(view, account, role),
    });
  }),
  route('repos/add-collaborator', [{ administration: 'write' }], async (context, { path, body }) => {
    const role = GRANTS[body.permission ?? 'push'];
    if (role === undefined) throw notServed('custom roles');
    const account = accountNamed(present(context), path.username);
    setCollaborator(context, repositoryToWrite(context, path), account, role);
    return noContent();
  }),
  route('repos/remove-collaborator', [{ administration: 'write' }], async (context, { path }) => {
    const account = accountNamed(present(context), path.username);
    setCollaborator(context, repositoryToWrite(context, path), account, 'none');
    return noContent();
  }),
  route('repos/list-collaborators', METADATA, async (context, { path, query }) => {
    serveOnly('repos/list-collaborators', query, ['per_page', 'page']);
    const { view, repository } = repositoryToRead(context, path);
    demandPush(context, repository);
    const people = Object.values(view.state.accounts).filter(
      (account) => (repository.roles[account.id] ?? 'none') !== 'none',
    );
    return list(people, (account) => presentCollaborator(view, account, roleOf(repository, account.id)));
  }),
];
