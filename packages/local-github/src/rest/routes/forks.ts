import { present } from '../../domain/context.js';
import { forkRepository } from '../../domain/forks/create.js';
import { presentFullRepository } from '../../present/repositories.js';
import { type Route, route } from '../route.js';
import { repositoryToWrite, serveOnly } from './issue-target.js';

const FORK = [{ administration: 'write', contents: 'read' }] as const;

export const forkRoutes: readonly Route[] = [
  /** GitHub answers before it has copied anything; here everything is there by then. */
  route('repos/create-fork', FORK, async (context, { path, body }) => {
    const { name, default_branch_only: defaultBranchOnly } = body ?? {};
    serveOnly('repos/create-fork', body ?? {}, ['name', 'default_branch_only']);
    const fork = await forkRepository(context, repositoryToWrite(context, path), { name, defaultBranchOnly });
    return { status: 202, body: presentFullRepository(present(context), fork, context.principal) };
  }),
];
