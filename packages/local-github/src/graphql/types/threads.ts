import { row } from '../../domain/context.js';
import { repositoryPage } from '../../present/urls.js';
import type { Comment, Id, Issue, Label } from '../../state/model.js';
import { type Fields, type Request, Typed, repositoryOf } from '../request.js';
import { sortLabels } from './labels.js';
import { type Text, textFields } from './text.js';

/** The issue or pull request that an issue row stands for. */
export function threadById(request: Request, issueId: Id): Typed {
  const issue = row(request.view.state.issues, issueId);
  if (issue.pullId === null) return new Typed('Issue', issue);
  return new Typed('PullRequest', row(request.view.state.pulls, issue.pullId));
}

/** Address of the web page of an issue or pull request. */
export function threadUrl({ view }: Request, issue: Issue): string {
  const kind = issue.pullId === null ? 'issues' : 'pull';
  return `${repositoryPage(view, issue.repositoryId)}/${kind}/${issue.number}`;
}

const LOCK_REASONS: Readonly<Record<string, string>> = {
  'off-topic': 'OFF_TOPIC',
  'too heated': 'TOO_HEATED',
  resolved: 'RESOLVED',
  spam: 'SPAM',
};

/** A lock's reason in GraphQL's words. */
export function lockReason(reason: string | null): string | null {
  return reason === null ? null : (LOCK_REASONS[reason] ?? null);
}

function textOf(request: Request, issue: Issue): Text {
  return { ...issue, url: threadUrl(request, issue) };
}

/** What issues and pull requests share; `of` gives the issue row. */
export function threadFields<Row>(of: (row: Row, request: Request) => Issue): Fields<Row> {
  const comments = (request: Request, issue: Issue): Comment[] =>
    issue.commentIds.map((id) => row(request.view.state.comments, id));
  return {
    ...textFields<Row>((one, request) => textOf(request, of(one, request))),
    number: (one, request) => of(one, request).number,
    title: (one, request) => of(one, request).title,
    closed: (one, request) => of(one, request).state === 'closed',
    closedAt: (one, request) => of(one, request).closedAt,
    locked: (one, request) => of(one, request).locked,
    activeLockReason: (one, request) => lockReason(of(one, request).lockReason),
    repository: (one, request) => repositoryOf(request, of(one, request).repositoryId),
    milestone: () => null,
    assignees: (one, request) =>
      of(one, request).assigneeIds.map((id) => row(request.view.state.accounts, id)),
    labels: (one, request, { orderBy }: { orderBy?: Parameters<typeof sortLabels>[1] }) =>
      sortLabels(
        of(one, request).labelIds.map((id): Label => row(request.view.state.labels, id)),
        orderBy,
      ),
    comments: (one, request, { orderBy }: { orderBy?: { direction: 'ASC' | 'DESC' } | null }) => {
      const sorted = comments(request, of(one, request)).sort((a, b) =>
        a.updatedAt === b.updatedAt ? a.id - b.id : a.updatedAt < b.updatedAt ? -1 : 1,
      );
      if (!orderBy) return comments(request, of(one, request));
      return orderBy.direction === 'DESC' ? sorted.reverse() : sorted;
    },
    participants: (one, request) => {
      const issue = of(one, request);
      const ids = new Set([issue.authorId, ...comments(request, issue).map(({ authorId }) => authorId)]);
      return [...ids].flatMap((id) => {
        const account = request.view.state.accounts[id];
        return account?.type === 'User' ? [account] : [];
      });
    },
  };
}
