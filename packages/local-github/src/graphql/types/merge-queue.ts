import { row } from '../../domain/context.js';
import { verdictOf } from '../../domain/merge-queue/next.js';
import { entriesOf, entryOf, queueOf } from '../../domain/merge-queue/read.js';
import { nodeId } from '../../present/node-id.js';
import { fullName } from '../../present/urls.js';
import type { Id, MergeQueue as QueueRow, PullRequest, QueueEntry } from '../../state/model.js';
import { type Fields, type Request, repositoryOf, requireRead } from '../request.js';
import { actorById } from './accounts.js';
import type { GitRow } from './git.js';

/** The queue of a branch, or null. An app that may not read merge queues is told so where there is one. */
export function queueAt(request: Request, repositoryId: Id, branch: string): QueueRow | null {
  const queue = queueOf(request.view, repositoryId, branch);
  if (queue === undefined) return null;
  requireRead(request, repositoryId, 'merge_queues');
  return queue;
}

/** What a pull request has of its queue. */
export const queueFields: Fields<PullRequest> = {
  isInMergeQueue: (pull, { view }) => entryOf(view, pull.id) !== undefined,
  isMergeQueueEnabled: (pull, { view }) => queueOf(view, pull.repositoryId, pull.baseRef) !== undefined,
  mergeQueue: (pull, request) => queueAt(request, pull.repositoryId, pull.baseRef),
  mergeQueueEntry: (pull, request) => {
    const entry = entryOf(request.view, pull.id);
    if (entry === undefined) return null;
    requireRead(request, pull.repositoryId, 'merge_queues');
    return entry;
  },
};

const path = (queue: QueueRow, { view }: Request): string =>
  `/${fullName(view, queue.repositoryId)}/queue/${queue.branch}`;

export const MergeQueue: Fields<QueueRow> = {
  id: (queue) => nodeId('MergeQueue', queue.id),
  repository: (queue, request) => repositoryOf(request, queue.repositoryId),
  resourcePath: path,
  url: (queue, request) => `${request.view.url}${path(queue, request)}`,
  configuration: (queue) => queue,
  entries: (queue, { view }) => entriesOf(view, queue),
};

export const MergeQueueConfiguration: Fields<QueueRow> = {
  checkResponseTimeout: (queue) => queue.timeout,
  maximumEntriesToBuild: (queue) => queue.maxEntries,
  maximumEntriesToMerge: (queue) => queue.maxMerge,
  mergeMethod: (queue) => queue.method.toUpperCase(),
  mergingStrategy: (queue) => queue.grouping,
  minimumEntriesToMerge: (queue) => queue.minMerge,
  minimumEntriesToMergeWaitTime: (queue) => queue.minMergeWait,
};

function queueIn({ view }: Request, { queueId }: QueueEntry): QueueRow {
  return row(view.state.mergeQueues, queueId);
}

function commitAt(entry: QueueEntry, request: Request, oid: string | undefined): GitRow | null {
  return oid === undefined ? null : { repositoryId: queueIn(request, entry).repositoryId, oid };
}

const STATES = {
  green: 'MERGEABLE',
  red: 'UNMERGEABLE',
  late: 'UNMERGEABLE',
  waiting: 'AWAITING_CHECKS',
} as const;

export const MergeQueueEntry: Fields<QueueEntry> = {
  id: (entry) => nodeId('MergeQueueEntry', entry.id),
  enqueuedAt: (entry) => entry.enqueuedAt,
  enqueuer: (entry, request) => actorById(request, entry.enqueuerId),
  jump: (entry) => entry.jump,
  solo: () => false,
  /** 1 is the next to merge; 0 is what has just left. */
  position: (entry, request) => queueIn(request, entry).entryIds.indexOf(entry.id) + 1,
  state: (entry, request) =>
    entry.group === null ? 'QUEUED' : STATES[verdictOf(request.view, queueIn(request, entry), entry)],
  baseCommit: (entry, request) => commitAt(entry, request, entry.group?.baseSha),
  headCommit: (entry, request) => commitAt(entry, request, entry.group?.headSha),
  mergeQueue: (entry, request) => queueIn(request, entry),
  pullRequest: (entry, { view }) => row(view.state.pulls, entry.pullId),
};
