import { present } from '../../domain/context.js';
import { latestStatuses, statusesOn } from '../../domain/checks/read.js';
import { createStatus } from '../../domain/checks/statuses.js';
import { requireNamedCommit } from '../../domain/refs/resolve.js';
import { presentMinimalRepository } from '../../present/repositories.js';
import { presentSimpleStatus, presentStatus } from '../../present/statuses.js';
import { repositoryUrl } from '../../present/urls.js';
import type { CommitStatus } from '../../state/model.js';
import { type Route, created, list, route } from '../route.js';
import { repositoryToRead, repositoryToWrite } from './issue-target.js';

const READ = [{ statuses: 'read' }] as const;
const WRITE = [{ statuses: 'write' }] as const;

/** Failure if one failed, pending if one is or there is none, else success. */
function combined(statuses: readonly CommitStatus[]): string {
  if (statuses.some(({ state }) => state === 'failure' || state === 'error')) return 'failure';
  return statuses.length === 0 || statuses.some(({ state }) => state === 'pending') ? 'pending' : 'success';
}

export const statusRoutes: readonly Route[] = [
  route('repos/get-combined-status-for-ref', READ, async (context, { path }) => {
    const { view, repository } = repositoryToRead(context, path);
    const { oid } = await requireNamedCommit(view, repository, path.ref);
    const statuses = latestStatuses(view, repository.id, oid);
    const url = `${repositoryUrl(view, repository.id)}/commits/${oid}`;
    return list(statuses, (status) => presentSimpleStatus(view, status), {
      key: 'statuses',
      others: (total) => ({
        state: combined(statuses),
        sha: oid,
        total_count: total,
        repository: presentMinimalRepository(view, repository),
        commit_url: url,
        url: `${url}/status`,
      }),
    });
  }),
  route('repos/list-commit-statuses-for-ref', READ, async (context, { path }) => {
    const { view, repository } = repositoryToRead(context, path);
    const { oid } = await requireNamedCommit(view, repository, path.ref);
    return list(statusesOn(view, repository.id, oid).toReversed(), (status) => presentStatus(view, status));
  }),
  route('repos/create-commit-status', WRITE, async (context, { path, body }) => {
    const status = await createStatus(context, repositoryToWrite(context, path), {
      sha: path.sha,
      state: body.state,
      context: body.context,
      description: body.description,
      targetUrl: body.target_url,
    });
    return created(presentStatus(present(context), status));
  }),
];
