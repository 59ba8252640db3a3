import { row } from '../../domain/context.js';
import { issueOf } from '../../domain/pulls/find.js';
import { presentAccountById } from '../../present/accounts.js';
import { presentLabel } from '../../present/labels.js';
import { presentPull, presentPullOfEvent } from '../../present/pulls.js';
import { presentReview } from '../../present/reviews.js';
import type { View } from '../../world.js';
import type { EventOf, Payload } from './event.js';

/** `pull_request`: https://docs.github.com/en/webhooks/webhook-events-and-payloads#pull_request */
export async function pullPayload(event: EventOf<'pull_request'>, view: View): Promise<Payload> {
  const pull = row(view.state.pulls, event.pullId);
  const { label, assigneeId, reviewerId, before, after, removal, changes } = event;
  return {
    number: issueOf(view, pull).number,
    pull_request: await presentPullOfEvent(view, pull),
    ...(label && { label: presentLabel(view, label) }),
    ...(assigneeId !== undefined && { assignee: presentAccountById(view, assigneeId) }),
    ...(reviewerId !== undefined && { requested_reviewer: presentAccountById(view, reviewerId) }),
    ...(before !== undefined && { before }),
    ...(after !== undefined && { after }),
    ...(removal && { reason: removal }),
    ...(changes && { changes }),
  };
}

/** `pull_request_review`: states are in small letters here, in capitals in REST. */
export function reviewPayload(event: EventOf<'pull_request_review'>, view: View): Payload {
  const review = row(view.state.reviews, event.reviewId);
  return {
    review: {
      ...presentReview(view, review),
      state: review.state.toLowerCase(),
      updated_at: review.edited?.at ?? review.submittedAt,
    },
    pull_request: presentPull(view, row(view.state.pulls, review.pullId)),
    ...(event.action === 'edited' && { changes: {} }),
  };
}
