import type { Access } from '../../access/access.js';
import { isOid } from '../../git/oid.js';
import type { Id, PullRequest, Review } from '../../state/model.js';
import { type Context, actor, demand, effect, present, row } from '../context.js';
import { unprocessable } from '../errors.js';
import { checkBody } from '../issues/texts.js';
import { touch } from '../timeline.js';
import { issueOf } from './find.js';

const REVIEW: Access = { role: 'read', app: [{ pull_requests: 'write' }] };

const STATES = {
  APPROVE: 'APPROVED',
  REQUEST_CHANGES: 'CHANGES_REQUESTED',
  COMMENT: 'COMMENTED',
} as const satisfies Record<string, Review['state']>;

interface ReviewInput {
  readonly event: keyof typeof STATES;
  readonly body?: string | undefined;
  /** The commit that was looked at; the head if left out. */
  readonly commitId?: string | undefined;
}

/**
 * Submits a review: everybody who sees the repository may, nobody approves or refuses their own pull request (422). A
 * request for changes and a comment need a text. The reviewer is no longer asked.
 */
export async function submitReview(context: Context, pull: PullRequest, input: ReviewInput): Promise<Review> {
  const view = present(context);
  const reviewer = actor(context);
  demand(context, row(view.state.repositories, pull.repositoryId), REVIEW);
  const issue = issueOf(view, pull);
  const { event } = input;
  const body = input.body ?? '';
  checkBody('PullRequestReview', body);
  if (issue.authorId === reviewer && event !== 'COMMENT') {
    const what = event === 'APPROVE' ? 'approve' : 'request changes on';
    throw unprocessable('Unprocessable Entity', [`Can not ${what} your own pull request`]);
  }
  if (event !== 'APPROVE' && body.trim() === '') {
    throw unprocessable('Unprocessable Entity', ['Body can not be blank']);
  }
  const commit = await reviewedCommit(context, pull, input.commitId);
  const id = effect(context, (write) => {
    const reviewId = write.newId();
    write.state.reviews[reviewId] = {
      id: reviewId,
      pullId: pull.id,
      authorId: reviewer,
      state: STATES[event],
      body,
      commit,
      submittedAt: write.now,
      edited: null,
    };
    const draft = row(write.state.pulls, pull.id);
    draft.reviewIds.push(reviewId);
    draft.requestedReviewerIds = draft.requestedReviewerIds.filter((one) => one !== reviewer);
    touch(write, pull.issueId);
    write.emit(pull.repositoryId, { name: 'pull_request_review', action: 'submitted', reviewId });
    return reviewId;
  });
  return row(present(context).state.reviews, id);
}

async function reviewedCommit(
  context: Context,
  pull: PullRequest,
  named: string | undefined,
): Promise<string> {
  if (named === undefined || named === pull.headSha) return pull.headSha;
  const git = context.world.git(pull.repositoryId);
  const known = isOid(named) && (await git.objectType(named)) === 'commit';
  if (known && (await git.isAncestor(named, pull.headSha))) return named;
  throw unprocessable('Unprocessable Entity', ['The commit is not part of the pull request']);
}

/** The review of a pull request with this id, or undefined. */
export function findReview(
  reviews: Readonly<Record<Id, Review>>,
  pull: PullRequest,
  id: Id,
): Review | undefined {
  const review = reviews[id];
  return review?.pullId === pull.id ? review : undefined;
}
