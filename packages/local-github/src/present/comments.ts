import { row } from '../domain/context.js';
import type { Json } from '../rest/route.js';
import type { Comment, Issue } from '../state/model.js';
import type { View } from '../world.js';
import { presentAccountById } from './accounts.js';
import { associationOf } from './association.js';
import { issuePage, issueUrl } from './issue-urls.js';
import { nodeId } from './node-id.js';
import { presentReactionRollup } from './reactions.js';
import { repositoryUrl } from './urls.js';

/** GitHub's `issue-comment`. The comment may be deleted already, as in the event that says so; its issue may not. */
export function presentComment(view: View, comment: Comment): { readonly [key: string]: Json } {
  const issue: Issue = row(view.state.issues, comment.issueId);
  const repository = row(view.state.repositories, issue.repositoryId);
  const url = `${repositoryUrl(view, repository.id)}/issues/comments/${comment.id}`;
  return {
    id: comment.id,
    node_id: nodeId('IssueComment', comment.id),
    url,
    html_url: `${issuePage(view, issue)}#issuecomment-${comment.id}`,
    issue_url: issueUrl(view, issue),
    user: presentAccountById(view, comment.authorId),
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
    body: comment.body,
    author_association: associationOf(repository, comment.authorId),
    reactions: presentReactionRollup(view, comment.id, url),
    performed_via_github_app: null,
  };
}
