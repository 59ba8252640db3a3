import { atLeast, roleOf } from '../../access/access.js';
import type { Id, PullRequest, Review } from '../../state/model.js';
import type { View } from '../../world.js';
import { row } from '../context.js';
import { demandsOn } from '../protection/demands.js';
import { branchRef } from '../refs/names.js';

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

/**
 * Whether somebody with write access approved the head itself who did not push it. GitHub calls it the most recent
 * reviewable push; that an update of the branch alone is none is said by some and denied by others, so here every push is one.
 */
export function isLastPushApproved(view: View, pull: PullRequest): boolean {
  const { pushers } = row(view.state.repositories, pull.headRepositoryId);
  return countingOpinions(view, pull).some(
    ({ state, commit, authorId }) =>
      state === 'APPROVED' && commit === pull.headSha && authorId !== pushers[branchRef(pull.headRef)],
  );
}

function authorsWith(view: View, pull: PullRequest, state: Review['state']): readonly Id[] {
  return countingOpinions(view, pull).flatMap((review) => (review.state === state ? [review.authorId] : []));
}

type ReviewDecision = 'APPROVED' | 'CHANGES_REQUESTED' | 'REVIEW_REQUIRED';

/**
 * GraphQL's `reviewDecision`. Where no review is required it still tells what the reviewers said, and null for nothing.
 */
export function reviewDecision(view: View, pull: PullRequest): ReviewDecision | null {
  const repository = row(view.state.repositories, pull.repositoryId);
  const { approvals, lastPush } = demandsOn(view.state, repository, pull.baseRef);
  const required = approvals ?? 0;
  if (objectors(view, pull).length > 0) return 'CHANGES_REQUESTED';
  const count = approvers(view, pull).length;
  if (lastPush && !isLastPushApproved(view, pull)) return 'REVIEW_REQUIRED';
  if (count >= Math.max(1, required)) return 'APPROVED';
  return required > 0 ? 'REVIEW_REQUIRED' : null;
}
