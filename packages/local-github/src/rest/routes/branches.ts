import { notFound } from '../../domain/errors.js';
import { branchOf } from '../../domain/refs/names.js';
import { requireCommit } from '../../domain/refs/resolve.js';
import { presentBranch, presentShortBranch } from '../../present/refs.js';
import { type Route, list, ok, route } from '../route.js';
import { repositoryToRead } from './issue-target.js';

const READ = [{ contents: 'read' }] as const;

export const branchRoutes: readonly Route[] = [
  route('repos/list-branches', READ, async (context, { path, query }) => {
    const { view, repository } = repositoryToRead(context, path);
    const branches = Object.keys(repository.refs)
      .flatMap((ref) => branchOf(ref) ?? [])
      .filter((branch) => {
        const isProtected = repository.protection[branch] !== undefined;
        return query.protected === undefined || query.protected === isProtected;
      })
      .toSorted();
    return list(branches, (branch) => presentShortBranch(view, repository, branch));
  }),
  route('repos/get-branch', READ, async (context, { path }) => {
    const { view, repository } = repositoryToRead(context, path);
    const ref = `refs/heads/${path.branch}`;
    if (repository.refs[ref] === undefined) throw notFound('Branch not found');
    return ok(presentBranch(view, repository.id, path.branch, await requireCommit(view, repository, ref)));
  }),
];
