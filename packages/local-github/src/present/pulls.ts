import { row } from '../domain/context.js';
import { pullCommits, pullFiles } from '../domain/pulls/changes.js';
import { issueOf } from '../domain/pulls/find.js';
import { mergeState, mergeable } from '../domain/pulls/mergeable.js';
import type { Json } from '../rest/route.js';
import type { Id, PullRequest } from '../state/model.js';
import type { View } from '../world.js';
import { presentAccountById, presentAssignee } from './accounts.js';
import { associationOf } from './association.js';
import { issuePage, issueUrl } from './issue-urls.js';
import { presentLabel } from './labels.js';
import { nodeId } from './node-id.js';
import { presentRepository } from './repositories.js';
import { repositoryUrl } from './urls.js';

type Members = { readonly [key: string]: Json };

/** Address of a pull request in the API. */
export function pullUrl(view: View, pull: PullRequest): string {
  return `${repositoryUrl(view, pull.repositoryId)}/pulls/${issueOf(view, pull).number}`;
}

/** GitHub's `pull-request-simple`: what lists and most webhooks have. */
export function presentPull(view: View, pull: PullRequest): Members {
  const repository = row(view.state.repositories, pull.repositoryId);
  const issue = issueOf(view, pull);
  const addresses = addressesOf(view, pull);
  return {
    id: pull.id,
    node_id: nodeId('PullRequest', pull.id),
    ...addresses,
    number: issue.number,
    state: issue.state,
    locked: issue.locked,
    active_lock_reason: issue.lockReason,
    title: issue.title,
    user: presentAccountById(view, issue.authorId),
    body: issue.body,
    labels: issue.labelIds.map((id) => presentLabel(view, row(view.state.labels, id))),
    milestone: null,
    created_at: issue.createdAt,
    updated_at: issue.updatedAt,
    closed_at: issue.closedAt,
    merged_at: pull.merged?.at ?? null,
    merge_commit_sha: pull.merged?.commit ?? null,
    assignee: presentAccountById(view, issue.assigneeIds[0] ?? null),
    assignees: issue.assigneeIds.map((id) => presentAssignee(view, id)),
    requested_reviewers: pull.requestedReviewerIds.map((id) => presentAccountById(view, id)),
    requested_teams: [],
    head: presentEnd(view, pull.headRepositoryId, pull.headRef, pull.headSha),
    base: presentEnd(view, pull.repositoryId, pull.baseRef, pull.baseSha),
    _links: {
      self: { href: addresses.url },
      html: { href: addresses.html_url },
      issue: { href: addresses.issue_url },
      comments: { href: addresses.comments_url },
      review_comments: { href: addresses.review_comments_url },
      review_comment: { href: addresses.review_comment_url },
      commits: { href: addresses.commits_url },
      statuses: { href: addresses.statuses_url },
    },
    author_association: associationOf(repository, issue.authorId),
    auto_merge: null,
    draft: pull.draft,
  };
}

/** GitHub's `pull-request`: the answer about a single one. The first question about its mergeability answers null. */
export function presentSinglePull(view: View, pull: PullRequest): Promise<Members> {
  const known = mergeable(view, pull);
  const canMerge = known === 'UNKNOWN' ? null : known === 'MERGEABLE';
  return presentWhole(view, pull, canMerge, mergeState(view, pull).toLowerCase());
}

/**
 * The pull request of a webhook, with its sums. Whether it can be merged is not known yet when the event happens, and
 * telling of it is no question that would make GitHub work it out.
 */
export function presentPullOfEvent(view: View, pull: PullRequest): Promise<Members> {
  return presentWhole(view, pull, null, 'unknown');
}

async function presentWhole(
  view: View,
  pull: PullRequest,
  canMerge: boolean | null,
  mergeableState: string,
): Promise<Members> {
  const [files, commits] = await Promise.all([pullFiles(view, pull), pullCommits(view, pull)]);
  return {
    ...presentPull(view, pull),
    merged: pull.merged !== null,
    mergeable: canMerge,
    rebaseable: canMerge,
    mergeable_state: mergeableState,
    merged_by: presentAccountById(view, pull.merged?.byId ?? null),
    comments: issueOf(view, pull).commentIds.length,
    review_comments: 0,
    maintainer_can_modify: pull.maintainerCanModify,
    commits: commits.length,
    additions: files.reduce((sum, file) => sum + file.additions, 0),
    deletions: files.reduce((sum, file) => sum + file.deletions, 0),
    changed_files: files.length,
  };
}

/** GitHub's `pull-request-minimal`: what check runs and suites have of the pull requests of their head. */
export function presentMinimalPull(view: View, pull: PullRequest): Json {
  return {
    id: pull.id,
    number: issueOf(view, pull).number,
    url: pullUrl(view, pull),
    head: { ref: pull.headRef, sha: pull.headSha, repo: minimalRepo(view, pull.headRepositoryId) },
    base: { ref: pull.baseRef, sha: pull.baseSha, repo: minimalRepo(view, pull.repositoryId) },
  };
}

function minimalRepo(view: View, repositoryId: Id): Json {
  const { id, name } = row(view.state.repositories, repositoryId);
  return { id, name, url: repositoryUrl(view, id) };
}

function presentEnd(view: View, repositoryId: Id, ref: string, sha: string): Json {
  const repository = row(view.state.repositories, repositoryId);
  const owner = row(view.state.accounts, repository.ownerId);
  return {
    label: `${owner.login}:${ref}`,
    ref,
    sha,
    user: presentAccountById(view, owner.id),
    repo: presentRepository(view, repository),
  };
}

function addressesOf(view: View, pull: PullRequest) {
  const issue = issueOf(view, pull);
  const url = pullUrl(view, pull);
  const page = issuePage(view, issue);
  const repository = repositoryUrl(view, pull.repositoryId);
  return {
    url,
    html_url: page,
    diff_url: `${page}.diff`,
    patch_url: `${page}.patch`,
    issue_url: issueUrl(view, issue),
    comments_url: `${issueUrl(view, issue)}/comments`,
    commits_url: `${url}/commits`,
    review_comments_url: `${url}/comments`,
    review_comment_url: `${repository}/pulls/comments{/number}`,
    statuses_url: `${repository}/statuses/${pull.headSha}`,
  };
}
