import { row } from '../../domain/context.js';
import { issueOf } from '../../domain/pulls/find.js';
import type { ChangedFile } from '../../git/diff.js';
import { nodeId } from '../../present/node-id.js';
import type { Id, PullRequest, Review } from '../../state/model.js';
import { type Fields, type Request, repositoryOf } from '../request.js';
import { actorById } from './accounts.js';
import type { GitRow } from './git.js';
import { textFields } from './text.js';
import { threadUrl } from './threads.js';

function pullOf(review: Review, { view }: Request): PullRequest {
  return row(view.state.pulls, review.pullId);
}

export const PullRequestReview: Fields<Review> = {
  ...textFields<Review>((review, request) => ({
    ...review,
    repositoryId: pullOf(review, request).repositoryId,
    createdAt: review.submittedAt,
    updatedAt: review.edited?.at ?? review.submittedAt,
    url: `${threadUrl(request, issueOf(request.view, pullOf(review, request)))}#pullrequestreview-${review.id}`,
  })),
  id: (review) => nodeId('PullRequestReview', review.id),
  databaseId: (review) => review.id,
  fullDatabaseId: (review) => String(review.id),
  state: (review) => review.state,
  submittedAt: (review) => (review.state === 'PENDING' ? null : review.submittedAt),
  commit: (review, request): GitRow => ({
    repositoryId: pullOf(review, request).repositoryId,
    oid: review.commit,
  }),
  pullRequest: pullOf,
  repository: (review, request) => repositoryOf(request, pullOf(review, request).repositoryId),
};

/** Somebody who was asked for a review and has not given one. */
export interface ReviewRequestRow {
  readonly pull: PullRequest;
  readonly reviewerId: Id;
}

export const ReviewRequest: Fields<ReviewRequestRow> = {
  asCodeOwner: () => false,
  pullRequest: ({ pull }) => pull,
  requestedReviewer: ({ reviewerId }, request) => actorById(request, reviewerId),
};

/** A commit as part of a pull request. */
export interface PullCommit {
  readonly pull: PullRequest;
  readonly oid: string;
}

export const PullRequestCommit: Fields<PullCommit> = {
  commit: ({ pull, oid }): GitRow => ({ repositoryId: pull.repositoryId, oid }),
  pullRequest: ({ pull }) => pull,
  url: ({ pull, oid }, request) => `${threadUrl(request, issueOf(request.view, pull))}/commits/${oid}`,
};

const CHANGE_TYPES = {
  added: 'ADDED',
  modified: 'MODIFIED',
  removed: 'DELETED',
  renamed: 'RENAMED',
} as const satisfies Record<ChangedFile['status'], string>;

export const PullRequestChangedFile: Fields<ChangedFile> = {
  path: ({ path }) => path,
  changeType: ({ status }) => CHANGE_TYPES[status],
  additions: ({ additions }) => additions,
  deletions: ({ deletions }) => deletions,
};
