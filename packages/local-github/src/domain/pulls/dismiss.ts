import type { Id, Review } from '../../state/model.js';
import { type Access } from '../../access/access.js';
import { type Context, type Write, demand, effect, present, row } from '../context.js';
import { unprocessable } from '../errors.js';
import { demandsOn } from '../protection/demands.js';
import { addTimeline, touch } from '../timeline.js';

const DISMISS: Access = { role: 'write', app: [{ pull_requests: 'write' }] };

/** Takes back an approval or a request for changes. 422 for a review that is neither, or without a message. */
export function dismissReview(context: Context, review: Review, message: string): Review {
  const { state } = present(context);
  const pull = row(state.pulls, review.pullId);
  demand(context, row(state.repositories, pull.repositoryId), DISMISS);
  if (message.trim() === '') throw unprocessable('A dismissal message is required');
  if (review.state !== 'APPROVED' && review.state !== 'CHANGES_REQUESTED') {
    throw unprocessable(`Can not dismiss a ${review.state.toLowerCase()} pull request review`);
  }
  effect(context, (write) => dismissInside(write, review.id, message));
  return row(present(context).state.reviews, review.id);
}

/** Dismisses the approvals of a pull request whose base asks for that when new code is pushed. */
export function dismissStaleInside(write: Write, pullId: Id): void {
  const pull = row(write.state.pulls, pullId);
  const repository = row(write.state.repositories, pull.repositoryId);
  if (!demandsOn(write.state, repository, pull.baseRef).dismissStale) return;
  for (const id of pull.reviewIds) {
    if (row(write.state.reviews, id).state === 'APPROVED') dismissInside(write, id, '');
  }
}

function dismissInside(write: Write, reviewId: Id, message: string): void {
  const review = row(write.state.reviews, reviewId);
  const pull = row(write.state.pulls, review.pullId);
  review.state = 'DISMISSED';
  addTimeline(write, pull.issueId, { kind: 'review_dismissed', reviewId, message });
  touch(write, pull.issueId);
  write.emit(pull.repositoryId, { name: 'pull_request_review', action: 'dismissed', reviewId });
}
