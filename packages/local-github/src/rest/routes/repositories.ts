import { roleOf } from '../../access/access.js';
import { type Context, demand, present } from '../../domain/context.js';
import { notFound } from '../../domain/errors.js';
import { editRepository } from '../../domain/repositories.js';
import { presentAccount } from '../../present/accounts.js';
import { presentFullRepository, presentPermissions } from '../../present/repositories.js';
import { type Account, MERGE_METHODS, type Repository, type Role } from '../../state/model.js';
import type { View } from '../../world.js';
import { type Json, type Route, list, ok, route } from '../route.js';
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
    const account = Object.values(view.state.accounts).find(
      (one) => one.login.toLowerCase() === path.username.toLowerCase() && one.type !== 'Organization',
    );
    if (account === undefined) throw notFound(`${path.username} is not a user`);
    const role = roleOf(repository, account.id);
    return ok({
      permission: legacyPermission(role),
      role_name: role,
      user: presentCollaborator(view, account, role),
    });
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
