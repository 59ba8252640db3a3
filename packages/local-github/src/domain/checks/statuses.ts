import type { Access } from '../../access/access.js';
import type { CommitStatus, Repository } from '../../state/model.js';
import { type Context, demand, effect, present, row } from '../context.js';
import { unprocessable } from '../errors.js';
import { demandCommit } from './commit.js';

const WRITE: Access = { role: 'write', app: [{ statuses: 'write' }] };
const DESCRIPTION_LIMIT = 140;

interface StatusInput {
  readonly sha: string;
  readonly state: CommitStatus['state'];
  /** `default` if left out. */
  readonly context?: string | undefined;
  readonly description?: string | null | undefined;
  readonly targetUrl?: string | null | undefined;
}

/** Adds a commit status: people from write, apps with statuses. The newest of a context counts. */
export async function createStatus(
  context: Context,
  repository: Repository,
  input: StatusInput,
): Promise<CommitStatus> {
  demand(context, repository, WRITE);
  await demandCommit(context, repository, input.sha);
  const { description = null } = input;
  if (description !== null && description.length > DESCRIPTION_LIMIT) {
    const message = `description is too long (maximum is ${DESCRIPTION_LIMIT} characters)`;
    throw unprocessable('Validation Failed', [
      { resource: 'Status', code: 'custom', field: 'description', message },
    ]);
  }
  const id = effect(context, (write) => {
    const statusId = write.newId();
    write.state.statuses[statusId] = {
      id: statusId,
      repositoryId: repository.id,
      sha: input.sha,
      context: input.context ?? 'default',
      state: input.state,
      description,
      targetUrl: input.targetUrl ?? null,
      creatorId: write.actorId,
      createdAt: write.now,
    };
    write.emit(repository.id, { name: 'status', statusId });
    return statusId;
  });
  return row(present(context).state.statuses, id);
}
