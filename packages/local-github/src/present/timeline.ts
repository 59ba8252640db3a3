import { row } from '../domain/context.js';
import type { Json } from '../rest/route.js';
import type { Comment, Id, Issue, Review, TimelineEvent } from '../state/model.js';
import type { View } from '../world.js';
import { presentAccountById } from './accounts.js';
import { associationOf } from './association.js';
import { presentComment } from './comments.js';
import { issuePage } from './issue-urls.js';
import { nodeId } from './node-id.js';
import { presentMinimalRepository } from './repositories.js';
import { repositoryUrl } from './urls.js';

/** One entry of an issue's timeline: an event, a comment or a submitted review. */
export type TimelineEntry =
  | { readonly kind: 'event'; readonly row: TimelineEvent }
  | { readonly kind: 'comment'; readonly row: Comment }
  | { readonly kind: 'review'; readonly row: Review };

/** The whole timeline of an issue or pull request, oldest first. Commits are not in it. */
export function timelineOf(view: View, issue: Issue): TimelineEntry[] {
  const { state } = view;
  const reviews = issue.pullId === null ? [] : row(state.pulls, issue.pullId).reviewIds;
  const entries: TimelineEntry[] = [
    ...issue.eventIds.map((id) => ({ kind: 'event' as const, row: row(state.timeline, id) })),
    ...issue.commentIds.map((id) => ({ kind: 'comment' as const, row: row(state.comments, id) })),
    ...reviews
      .map((id) => ({ kind: 'review' as const, row: row(state.reviews, id) }))
      .filter((entry) => entry.row.state !== 'PENDING'),
  ];
  return entries.sort((a, b) => timeOf(a).localeCompare(timeOf(b)) || a.row.id - b.row.id);
}

function timeOf(entry: TimelineEntry): string {
  return entry.kind === 'review' ? entry.row.submittedAt : entry.row.createdAt;
}

/** What the entry is called in REST: `labeled`, `commented`, `reviewed` … */
export function eventName(entry: TimelineEntry): string {
  if (entry.kind === 'comment') return 'commented';
  return entry.kind === 'review' ? 'reviewed' : entry.row.what.kind;
}

/** An entry in the shape that GitHub's `timeline-issue-events` has for it. */
export function presentTimelineEntry(view: View, issue: Issue, entry: TimelineEntry): Json {
  switch (entry.kind) {
    case 'event':
      return presentTimelineEvent(view, entry.row);
    case 'comment':
      return {
        ...presentComment(view, entry.row),
        event: 'commented',
        actor: presentAccountById(view, entry.row.authorId),
      };
    case 'review':
      return presentReviewed(view, issue, entry.row);
  }
}

function presentReviewed(view: View, issue: Issue, review: Review): Json {
  const page = `${issuePage(view, issue)}#pullrequestreview-${review.id}`;
  const pullUrl = `${repositoryUrl(view, issue.repositoryId)}/pulls/${issue.number}`;
  return {
    event: 'reviewed',
    id: review.id,
    node_id: nodeId('PullRequestReview', review.id),
    user: presentAccountById(view, review.authorId),
    body: review.body,
    state: review.state.toLowerCase(),
    html_url: page,
    pull_request_url: pullUrl,
    _links: { html: { href: page }, pull_request: { href: pullUrl } },
    submitted_at: review.submittedAt,
    commit_id: review.commit,
    author_association: associationOf(row(view.state.repositories, issue.repositoryId), review.authorId),
  };
}

/** An event of an issue's or pull request's timeline. */
export function presentTimelineEvent(view: View, event: TimelineEvent): Json {
  const { repositoryId } = row(view.state.issues, event.issueId);
  const url = repositoryUrl(view, repositoryId);
  const commit = commitOf(event);
  return {
    id: event.id,
    node_id: nodeId('TimelineEvent', event.id),
    url: `${url}/issues/events/${event.id}`,
    actor: presentAccountById(view, event.actorId),
    event: event.what.kind,
    commit_id: commit,
    commit_url: commit === null ? null : `${url}/commits/${commit}`,
    created_at: event.createdAt,
    performed_via_github_app: null,
    ...presentDetails(view, event),
  };
}

function commitOf({ what }: TimelineEvent): string | null {
  if (what.kind === 'merged' || what.kind === 'referenced') return what.commit;
  if (what.kind === 'closed' && what.closer !== null && 'commit' in what.closer) return what.closer.commit;
  return null;
}

/** What the kinds of events have beside what all have. */
function presentDetails(view: View, event: TimelineEvent): { readonly [key: string]: Json } {
  const { what } = event;
  switch (what.kind) {
    case 'labeled':
    case 'unlabeled':
      return { label: { name: what.label.name, color: what.label.color } };
    case 'assigned':
    case 'unassigned':
      return { assignee: presentAccountById(view, what.assigneeId) };
    case 'closed':
      return { state_reason: what.stateReason };
    case 'reopened':
      return { state_reason: null };
    case 'renamed':
      return { rename: { from: what.from, to: what.to } };
    case 'locked':
    case 'unlocked':
      return { lock_reason: row(view.state.issues, event.issueId).lockReason };
    case 'blocked_by_added':
    case 'blocked_by_removed':
      return referenceTo(view, 'blocked_by', what.blockingId);
    case 'blocking_added':
    case 'blocking_removed':
      return referenceTo(view, 'blocking', what.blockedId);
    case 'review_requested':
    case 'review_request_removed':
      return {
        review_requester: presentAccountById(view, event.actorId),
        requested_reviewer: presentAccountById(view, what.reviewerId),
      };
    case 'review_dismissed':
      return {
        dismissed_review: {
          state: 'dismissed',
          review_id: what.reviewId,
          dismissal_message: what.message,
        },
      };
    case 'transferred':
    case 'pinned':
    case 'unpinned':
    case 'merged':
    case 'ready_for_review':
    case 'convert_to_draft':
    case 'head_ref_deleted':
    case 'head_ref_restored':
    case 'head_ref_force_pushed':
    case 'base_ref_changed':
    case 'referenced':
    case 'added_to_merge_queue':
    case 'removed_from_merge_queue':
      return {};
  }
}

/** GitHub's `issue-reference`: the other end of a dependency. Nothing if that was deleted. */
function referenceTo(
  view: View,
  key: 'blocked_by' | 'blocking',
  issueId: Id,
): { readonly [key: string]: Json } {
  const issue = view.state.issues[issueId];
  if (issue === undefined) return {};
  return {
    [key]: {
      number: issue.number,
      title: issue.title,
      state: issue.state,
      state_reason: issue.stateReason,
      repository: presentMinimalRepository(view, row(view.state.repositories, issue.repositoryId)),
      issue_type: null,
    },
  };
}
