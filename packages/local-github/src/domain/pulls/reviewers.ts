import type { Access } from '../../access/access.js';
import type { Id, PullRequest } from '../../state/model.js';
import { fullName } from '../../present/urls.js';
import { type Context, demand, effect, present, row } from '../context.js';
import { unprocessable } from '../errors.js';
import { addTimeline, touch } from '../timeline.js';
import { issueOf } from './find.js';

const REQUEST: Access = { role: 'triage', app: [{ pull_requests: 'write' }] };

/**
 * Asks people for a review, by login. 422 if one of them is the author or no collaborator. Asking again those who are
 * asked already makes no event.
 */
export function requestReviewers(
  context: Context,
  pull: PullRequest,
  logins: readonly string[],
): PullRequest {
  const ids = reviewerIds(context, pull, logins);
  effect(context, (write) => {
    const draft = row(write.state.pulls, pull.id);
    for (const reviewerId of ids) {
      if (draft.requestedReviewerIds.includes(reviewerId)) continue;
      draft.requestedReviewerIds.push(reviewerId);
      addTimeline(write, pull.issueId, { kind: 'review_requested', reviewerId });
      touch(write, pull.issueId);
      const action = 'review_requested';
      write.emit(pull.repositoryId, { name: 'pull_request', action, pullId: pull.id, reviewerId });
    }
  });
  return row(present(context).state.pulls, pull.id);
}

/** Takes back what {@link requestReviewers} asked; those who are not asked are left out. */
export function removeReviewers(context: Context, pull: PullRequest, logins: readonly string[]): PullRequest {
  const ids = reviewerIds(context, pull, logins);
  effect(context, (write) => {
    const draft = row(write.state.pulls, pull.id);
    for (const reviewerId of ids) {
      if (!draft.requestedReviewerIds.includes(reviewerId)) continue;
      draft.requestedReviewerIds = draft.requestedReviewerIds.filter((one) => one !== reviewerId);
      addTimeline(write, pull.issueId, { kind: 'review_request_removed', reviewerId });
      touch(write, pull.issueId);
      const action = 'review_request_removed';
      write.emit(pull.repositoryId, { name: 'pull_request', action, pullId: pull.id, reviewerId });
    }
  });
  return row(present(context).state.pulls, pull.id);
}

function reviewerIds(context: Context, pull: PullRequest, logins: readonly string[]): readonly Id[] {
  const view = present(context);
  const repository = row(view.state.repositories, pull.repositoryId);
  demand(context, repository, REQUEST);
  const { authorId } = issueOf(view, pull);
  return logins.map((login) => {
    const account = Object.values(view.state.accounts).find(
      (one) => one.login.toLowerCase() === login.toLowerCase(),
    );
    if (account?.id === authorId) throw unprocessable('Review cannot be requested from pull request author.');
    const role = account && repository.roles[account.id];
    if (account === undefined || role === undefined || role === 'none') {
      throw unprocessable(
        'Reviews may only be requested from collaborators. One or more of the users or teams you specified is not ' +
          `a collaborator of the ${fullName(view, repository.id)} repository.`,
      );
    }
    return account.id;
  });
}
