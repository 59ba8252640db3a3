import { row } from '../../domain/context.js';
import { nodeId } from '../../present/node-id.js';
import type { Id, Issue, Label, TimelineEvent } from '../../state/model.js';
import { type Fields, type Request, Typed, repositoryOf, seesRepository } from '../request.js';
import { actorById } from './accounts.js';
import { refNamed } from './refs.js';
import { threadById, lockReason, threadUrl } from './threads.js';
import type { EventOf } from './timeline.js';

/** What every event has. */
export const common: Fields<TimelineEvent> = {
  id: (event) => nodeId('TimelineEvent', event.id),
  createdAt: (event) => event.createdAt,
  actor: (event, request) => actorById(request, event.actorId),
};

/** The issue or pull request that it happened to; each type has a name of its own for it. */
export function thread(event: Pick<TimelineEvent, 'issueId'>, request: Request): Typed {
  return threadById(request, event.issueId);
}

const url: Fields<TimelineEvent> = {
  url: (event, request) => eventUrl(event, request),
  resourcePath: (event, request) => eventUrl(event, request).slice(request.view.url.length),
};

function eventUrl(event: TimelineEvent, request: Request): string {
  return `${threadUrl(request, row(request.view.state.issues, event.issueId))}#event-${event.id}`;
}

/** The label as it was then; one that is gone keeps its name and colour, and its id names nothing any more. */
function labelThen(event: EventOf<'labeled' | 'unlabeled'>, request: Request): Label {
  const { repositoryId } = row(request.view.state.issues, event.issueId);
  const { label } = event.what;
  const now = repositoryOf(request, repositoryId)
    .labelIds.map((id) => row(request.view.state.labels, id))
    .find(({ name }) => name === label.name);
  return { id: now?.id ?? event.id, repositoryId, description: now?.description ?? null, ...label };
}

const labelled: Fields<EventOf<'labeled' | 'unlabeled'>> = { ...common, label: labelThen, labelable: thread };

const assigned: Fields<EventOf<'assigned' | 'unassigned'>> = {
  ...common,
  assignable: thread,
  assignee: (event, request) => actorById(request, event.what.assigneeId),
};

const headRef: Fields<EventOf<'head_ref_deleted' | 'head_ref_restored'>> = {
  ...common,
  pullRequest: thread,
  headRefName: (event) => event.what.ref,
};

const reviewRequest: Fields<EventOf<'review_requested' | 'review_request_removed'>> = {
  ...common,
  pullRequest: thread,
  requestedReviewer: (event, request) => actorById(request, event.what.reviewerId),
};

/** The other end of a dependency: null if it is gone, or in a repository that the caller does not see. */
function otherIssue(request: Request, id: Id): Issue | null {
  const issue = request.view.state.issues[id];
  return issue && seesRepository(request, issue.repositoryId) ? issue : null;
}

const blockedBy: Fields<EventOf<'blocked_by_added' | 'blocked_by_removed'>> = {
  ...common,
  blockingIssue: (event, request) => otherIssue(request, event.what.blockingId),
};

const blocking: Fields<EventOf<'blocking_added' | 'blocking_removed'>> = {
  ...common,
  blockedIssue: (event, request) => otherIssue(request, event.what.blockedId),
};

function repositoryIdOf(event: Pick<TimelineEvent, 'issueId'>, request: Request): Id {
  return row(request.view.state.issues, event.issueId).repositoryId;
}

/** The branch of a head's event, in the repository that the head is in. */
function headRefOf(
  event: EventOf<'head_ref_deleted' | 'head_ref_restored' | 'head_ref_force_pushed'>,
  request: Request,
) {
  const { pullId } = row(request.view.state.issues, event.issueId);
  const { headRepositoryId } = row(request.view.state.pulls, pullId ?? -1);
  if (!seesRepository(request, headRepositoryId)) return null;
  return refNamed(repositoryOf(request, headRepositoryId), `refs/heads/${event.what.ref}`);
}

const closed: Fields<EventOf<'closed'>> = {
  ...common,
  ...url,
  closable: thread,
  stateReason: (event) => event.what.stateReason?.toUpperCase() ?? null,
  closer: (event, request) => {
    const { closer } = event.what;
    if (closer === null) return null;
    if ('pullId' in closer) return new Typed('PullRequest', row(request.view.state.pulls, closer.pullId));
    return new Typed('Commit', { repositoryId: repositoryIdOf(event, request), oid: closer.commit });
  },
};

const commit = (event: Pick<TimelineEvent, 'issueId'>, request: Request, oid: string) => ({
  repositoryId: repositoryIdOf(event, request),
  oid,
});

const merged: Fields<EventOf<'merged'>> = {
  ...common,
  ...url,
  pullRequest: thread,
  commit: (event, request) => commit(event, request, event.what.commit),
  mergeRefName: (event) => event.what.baseRef,
  mergeRef: (event, request) =>
    refNamed(repositoryOf(request, repositoryIdOf(event, request)), `refs/heads/${event.what.baseRef}`),
};

const referenced: Fields<EventOf<'referenced'>> = {
  ...common,
  commit: (event, request) => commit(event, request, event.what.commit),
  commitRepository: (event, request) => repositoryOf(request, repositoryIdOf(event, request)),
  isCrossRepository: () => false,
  subject: thread,
};

const forcePushed: Fields<EventOf<'head_ref_force_pushed'>> = {
  ...common,
  pullRequest: thread,
  beforeCommit: (event, request) => commit(event, request, event.what.before),
  afterCommit: (event, request) => commit(event, request, event.what.after),
  ref: headRefOf,
};

const dismissed: Fields<EventOf<'review_dismissed'>> = {
  ...common,
  ...url,
  pullRequest: thread,
  databaseId: (event) => event.id,
  dismissalMessage: (event) => event.what.message,
  review: (event, request) => row(request.view.state.reviews, event.what.reviewId),
};

/** Tables of the timeline's types, by their names. */
export const EVENT_TYPES: Readonly<Record<string, Fields<never>>> = {
  LabeledEvent: labelled,
  UnlabeledEvent: labelled,
  AssignedEvent: assigned,
  UnassignedEvent: assigned,
  ClosedEvent: closed,
  ReopenedEvent: { ...common, closable: thread },
  PinnedEvent: { ...common, issue: thread },
  UnpinnedEvent: { ...common, issue: thread },
  LockedEvent: {
    ...common,
    lockable: thread,
    lockReason: (event: TimelineEvent, request: Request) =>
      lockReason(row(request.view.state.issues, event.issueId).lockReason),
  },
  UnlockedEvent: { ...common, lockable: thread },
  TransferredEvent: {
    ...common,
    issue: thread,
    fromRepository: ({ what }: EventOf<'transferred'>, request: Request) =>
      seesRepository(request, what.fromRepositoryId) ? repositoryOf(request, what.fromRepositoryId) : null,
  },
  RenamedTitleEvent: {
    ...common,
    subject: thread,
    previousTitle: (event: EventOf<'renamed'>) => event.what.from,
    currentTitle: (event: EventOf<'renamed'>) => event.what.to,
  },
  BlockedByAddedEvent: blockedBy,
  BlockedByRemovedEvent: blockedBy,
  BlockingAddedEvent: blocking,
  BlockingRemovedEvent: blocking,
  MergedEvent: merged,
  ReadyForReviewEvent: { ...common, ...url, pullRequest: thread },
  ConvertToDraftEvent: { ...common, ...url, pullRequest: thread },
  HeadRefDeletedEvent: {
    ...headRef,
    headRef: (event: EventOf<'head_ref_deleted' | 'head_ref_restored'>, request: Request) =>
      headRefOf(event, request),
  },
  HeadRefRestoredEvent: { ...common, pullRequest: thread },
  HeadRefForcePushedEvent: forcePushed,
  BaseRefChangedEvent: {
    ...common,
    pullRequest: thread,
    databaseId: (event: TimelineEvent) => event.id,
    previousRefName: (event: EventOf<'base_ref_changed'>) => event.what.from,
    currentRefName: (event: EventOf<'base_ref_changed'>) => event.what.to,
  },
  ReviewRequestedEvent: reviewRequest,
  ReviewRequestRemovedEvent: reviewRequest,
  ReviewDismissedEvent: dismissed,
  ReferencedEvent: referenced,
};
