import { row } from '../domain/context.js';
import { issueOf } from '../domain/pulls/find.js';
import type { Json } from '../rest/route.js';
import type { Review } from '../state/model.js';
import type { View } from '../world.js';
import { presentAccountById } from './accounts.js';
import { associationOf } from './association.js';
import { issuePage } from './issue-urls.js';
import { nodeId } from './node-id.js';
import { pullUrl } from './pulls.js';

/** GitHub's `pull-request-review`. */
export function presentReview(view: View, review: Review): { readonly [key: string]: Json } {
  const pull = row(view.state.pulls, review.pullId);
  const url = pullUrl(view, pull);
  const html = `${issuePage(view, issueOf(view, pull))}#pullrequestreview-${review.id}`;
  return {
    id: review.id,
    node_id: nodeId('PullRequestReview', review.id),
    user: presentAccountById(view, review.authorId),
    body: review.body,
    state: review.state,
    html_url: html,
    pull_request_url: url,
    _links: { html: { href: html }, pull_request: { href: url } },
    submitted_at: review.submittedAt,
    commit_id: review.commit,
    author_association: associationOf(row(view.state.repositories, pull.repositoryId), review.authorId),
  };
}
