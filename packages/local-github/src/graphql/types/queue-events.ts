import { row } from '../../domain/context.js';
import type { Account, Id } from '../../state/model.js';
import type { Fields, Request } from '../request.js';
import { common, thread } from './events.js';
import type { GitRow } from './git.js';
import type { EventOf } from './timeline.js';

type Added = EventOf<'added_to_merge_queue'>;
type Removed = EventOf<'removed_from_merge_queue'>;

/** The field's type is a person: null for an app. */
function person(request: Request, id: Id | null): Account | null {
  const account = request.view.state.accounts[id ?? -1];
  return account?.type === 'User' ? account : null;
}

const queued: Fields<Added | Removed> = {
  ...common,
  pullRequest: thread,
  mergeQueue: (event, request) => request.view.state.mergeQueues[event.what.queueId] ?? null,
};

export const AddedToMergeQueueEvent: Fields<Added> = {
  ...queued,
  enqueuer: (event, request) => person(request, event.actorId),
};

export const RemovedFromMergeQueueEvent: Fields<Removed> = {
  ...queued,
  enqueuer: (event, request) => person(request, event.what.enqueuerId),
  beforeCommit: (event, { view }): GitRow => {
    const { repositoryId } = row(view.state.issues, event.issueId);
    return { repositoryId, oid: event.what.before };
  },
  reason: (event) => event.what.reason,
};
