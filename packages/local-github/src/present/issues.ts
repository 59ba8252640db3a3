import { row } from '../domain/context.js';
import { dependenciesOf } from '../domain/issues/dependencies.js';
import type { Json } from '../rest/route.js';
import type { Id, Issue } from '../state/model.js';
import type { View } from '../world.js';
import { presentAccountById, presentAssignee } from './accounts.js';
import { associationOf } from './association.js';
import { issuePage, issueUrl } from './issue-urls.js';
import { presentLabel } from './labels.js';
import { nodeId } from './node-id.js';
import { presentReactionRollup } from './reactions.js';
import { repositoryUrl } from './urls.js';

/**
 * GitHub's `issue` as lists and webhooks have it; of a pull request's row, with the `pull_request` member. That an app
 * wrote it, its author says: `performed_via_github_app` is always null.
 */
export function presentIssue(view: View, issue: Issue): { readonly [key: string]: Json } {
  const repository = row(view.state.repositories, issue.repositoryId);
  const url = issueUrl(view, issue);
  const assignees = issue.assigneeIds.map((id) => presentAssignee(view, id));
  return {
    url,
    repository_url: repositoryUrl(view, repository.id),
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    html_url: issuePage(view, issue),
    id: issue.id,
    node_id: issue.pullId === null ? nodeId('Issue', issue.id) : nodeId('PullRequest', issue.pullId),
    number: issue.number,
    title: issue.title,
    user: presentAccountById(view, issue.authorId),
    labels: issue.labelIds.map((id) => presentLabel(view, row(view.state.labels, id))),
    state: issue.state,
    locked: issue.locked,
    assignee: assignees[0] ?? null,
    assignees,
    milestone: null,
    comments: issue.commentIds.length,
    created_at: issue.createdAt,
    updated_at: issue.updatedAt,
    closed_at: issue.closedAt,
    author_association: associationOf(repository, issue.authorId),
    active_lock_reason: issue.lockReason,
    body: issue.body,
    reactions: presentReactionRollup(view, issue.id, url),
    timeline_url: `${url}/timeline`,
    performed_via_github_app: null,
    state_reason: issue.stateReason,
    sub_issues_summary: { total: 0, completed: 0, percent_completed: 0 },
    issue_dependencies_summary: summarizeDependencies(view, issue),
    ...(issue.pullId !== null && presentPullMember(view, issue, issue.pullId)),
  };
}

/** GitHub's `issue` as the answer about a single one has it: also who closed it. */
export function presentSingleIssue(view: View, issue: Issue): Json {
  return { ...presentIssue(view, issue), closed_by: presentAccountById(view, issue.closedById) };
}

/** `blocked_by` and `blocking` count open issues only, the totals all. */
function summarizeDependencies(view: View, issue: Issue): Json {
  const { blockedBy, blocking } = dependenciesOf(view, issue);
  const open = (issues: readonly Issue[]) => issues.filter((one) => one.state === 'open').length;
  return {
    blocked_by: open(blockedBy),
    blocking: open(blocking),
    total_blocked_by: blockedBy.length,
    total_blocking: blocking.length,
  };
}

function presentPullMember(view: View, issue: Issue, pullId: Id): { readonly [key: string]: Json } {
  const pull = row(view.state.pulls, pullId);
  const page = issuePage(view, issue);
  return {
    draft: pull.draft,
    pull_request: {
      url: `${repositoryUrl(view, issue.repositoryId)}/pulls/${issue.number}`,
      html_url: page,
      diff_url: `${page}.diff`,
      patch_url: `${page}.patch`,
      merged_at: pull.merged?.at ?? null,
    },
  };
}
