import { atLeast, roleOf } from '../../access/access.js';
import type { Id, PullRequest, Review } from '../../state/model.js';
import type { View } from '../../world.js';
import { row } from '../context.js';

/**
 * The last review of each person that says something: approved, changes requested, or dismissed. Comments change no
 * opinion. Oldest first.
 */
export function latestOpinions(view: View, pull: PullRequest): readonly Review[] {
  const latest = new Map<Id, Review>();
  for (const id of pull.reviewIds) {
    const review = row(view.state.reviews, id);
    if (review.state === 'COMMENTED' || review.state === 'PENDING') continue;
    latest.delete(review.authorId);
    latest.set(review.authorId, review);
  }
  return [...latest.values()];
}

/** {@link latestOpinions} of those whose opinion counts: people who may write. */
export function countingOpinions(view: View, pull: PullRequest): readonly Review[] {
  const repository = row(view.state.repositories, pull.repositoryId);
  return latestOpinions(view, pull).filter(({ authorId }) => atLeast(roleOf(repository, authorId), 'write'));
}

/** People with write access who approve the pull request. */
export function approvers(view: View, pull: PullRequest): readonly Id[] {
  return authorsWith(view, pull, 'APPROVED');
}

/** People with write access who ask for changes. */
export function objectors(view: View, pull: PullRequest): readonly Id[] {
  return authorsWith(view, pull, 'CHANGES_REQUESTED');
}

function authorsWith(view: View, pull: PullRequest, state: Review['state']): readonly Id[] {
  return countingOpinions(view, pull).flatMap((review) => (review.state === state ? [review.authorId] : []));
}

type ReviewDecision = 'APPROVED' | 'CHANGES_REQUESTED' | 'REVIEW_REQUIRED';

/**
 * GraphQL's `reviewDecision`. Where no review is required it still tells what the reviewers said, and null for nothing.
 */
export function reviewDecision(view: View, pull: PullRequest): ReviewDecision | null {
  const required = row(view.state.repositories, pull.repositoryId).protection[pull.baseRef]?.approvals ?? 0;
  if (objectors(view, pull).length > 0) return 'CHANGES_REQUESTED';
  const count = approvers(view, pull).length;
  if (count >= Math.max(1, required)) return 'APPROVED';
  return required > 0 ? 'REVIEW_REQUIRED' : null;
}
