import { row } from '../../domain/context.js';
import { dependenciesOf } from '../../domain/issues/dependencies.js';
import { allPulls } from '../../domain/pulls/find.js';
import { nodeId } from '../../present/node-id.js';
import type { Comment, Issue as IssueRow, Pin } from '../../state/model.js';
import { type Fields, type Request, repositoryOf, requireRead, seesRepository } from '../request.js';
import { actorById } from './accounts.js';
import { closingReferences } from './closing.js';
import { type PullFilter, stateOf } from './pull-list.js';
import { textFields } from './text.js';
import { type ThreadOrder, inOrder } from './thread-list.js';
import { threadFields, threadUrl } from './threads.js';
import { type TimelineArguments, threadEntries, timeline } from './timeline.js';

interface DependencyOrder {
  readonly field: 'CREATED_AT' | 'DEPENDENCY_ADDED_AT';
  readonly direction: ThreadOrder['direction'];
}

/** Dependencies in the order asked for; those in repositories that the caller does not see are left out. */
function visible(request: Request, issues: readonly IssueRow[], order?: DependencyOrder | null): IssueRow[] {
  const seen = issues.filter(({ repositoryId }) => seesRepository(request, repositoryId));
  if (order?.field === 'CREATED_AT') {
    return inOrder(seen, { field: 'CREATED_AT', direction: order.direction }, (issue) => issue);
  }
  return order?.direction === 'ASC' ? seen : seen.reverse();
}

export const Issue: Fields<IssueRow> = {
  ...threadFields<IssueRow>((issue) => issue),
  id: (issue) => nodeId('Issue', issue.id),
  databaseId: (issue) => issue.id,
  fullDatabaseId: (issue) => String(issue.id),
  state: (issue) => issue.state.toUpperCase(),
  stateReason: ({ stateReason }, _request, { enableDuplicate }: { enableDuplicate?: boolean | null }) =>
    stateReason === 'duplicate' && !enableDuplicate ? 'NOT_PLANNED' : (stateReason?.toUpperCase() ?? null),
  isPinned: (issue, request) =>
    repositoryOf(request, issue.repositoryId).pinned.some((pin) => pin.issueId === issue.id),
  timelineItems: (issue, request, args: TimelineArguments) => timeline(threadEntries(request, issue), args),
  blockedBy: (issue, request, { orderBy }: { orderBy?: DependencyOrder | null }) =>
    visible(request, dependenciesOf(request.view, issue).blockedBy, orderBy),
  blocking: (issue, request, { orderBy }: { orderBy?: DependencyOrder | null }) =>
    visible(request, dependenciesOf(request.view, issue).blocking, orderBy),
  issueDependenciesSummary: (issue, request) => dependenciesOf(request.view, issue),
  closedByPullRequestsReferences: (
    issue,
    request,
    { includeClosedPrs }: PullFilter & { includeClosedPrs?: boolean | null },
  ) => {
    requireRead(request, issue.repositoryId, 'pull_requests');
    return allPulls(request.view, issue.repositoryId).filter(
      (pull) =>
        (includeClosedPrs || stateOf(request.view, pull) === 'OPEN') &&
        closingReferences(request.view, pull).some(({ id }) => id === issue.id),
    );
  },
};

/** `total…` counts open and closed ones, the others the open. */
export const IssueDependenciesSummary: Fields<{ blockedBy: IssueRow[]; blocking: IssueRow[] }> = {
  blockedBy: ({ blockedBy }) => blockedBy.filter(({ state }) => state === 'open').length,
  blocking: ({ blocking }) => blocking.filter(({ state }) => state === 'open').length,
  totalBlockedBy: ({ blockedBy }) => blockedBy.length,
  totalBlocking: ({ blocking }) => blocking.length,
};

export const PinnedIssue: Fields<Pin> = {
  issue: (pin, { view }) => row(view.state.issues, pin.issueId),
  pinnedBy: (pin, request) => actorById(request, pin.byId),
  repository: (pin, request) =>
    repositoryOf(request, row(request.view.state.issues, pin.issueId).repositoryId),
};

function issueOf(comment: Comment, { view }: Request): IssueRow {
  return row(view.state.issues, comment.issueId);
}

export const IssueComment: Fields<Comment> = {
  ...textFields<Comment>((comment, request) => ({
    ...comment,
    repositoryId: issueOf(comment, request).repositoryId,
    url: `${threadUrl(request, issueOf(comment, request))}#issuecomment-${comment.id}`,
  })),
  id: (comment) => nodeId('IssueComment', comment.id),
  databaseId: (comment) => comment.id,
  fullDatabaseId: (comment) => String(comment.id),
  isMinimized: () => false,
  minimizedReason: () => null,
  /** The row that a pull request shares with issues stands for it here, as on GitHub. */
  issue: issueOf,
  pullRequest: (comment, request) => {
    const { pullId } = issueOf(comment, request);
    return pullId === null ? null : row(request.view.state.pulls, pullId);
  },
  repository: (comment, request) => repositoryOf(request, issueOf(comment, request).repositoryId),
};
