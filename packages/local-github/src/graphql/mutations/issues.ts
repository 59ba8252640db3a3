import { type Context, present, row } from '../../domain/context.js';
import type { CloseReason } from '../../domain/issues/close.js';
import { addComment, editComment } from '../../domain/issues/comments.js';
import { createIssue } from '../../domain/issues/create.js';
import { deleteIssue } from '../../domain/issues/delete.js';
import { addBlockedBy, removeBlockedBy } from '../../domain/issues/dependencies.js';
import { type IssueChange, editIssue } from '../../domain/issues/edit.js';
import { pinIssue, unpinIssue } from '../../domain/issues/pins.js';
import { transferIssue } from '../../domain/issues/transfer.js';
import type { Issue } from '../../state/model.js';
import { Connection, type Edge } from '../connection.js';
import type { Mutation, Values } from '../mutation.js';
import { Typed } from '../request.js';
import {
  commentNamed,
  given,
  issueNamed,
  labelNamesOf,
  loginsOf,
  refuseKeys,
  repositoryNamed,
  threadNamed,
} from './target.js';

const ISSUES = [{ issues: 'write' }] as const;
const EITHER = [{ issues: 'write' }, { pull_requests: 'write' }] as const;

/** The issue as the effect left it. */
function now(context: Context, { id }: Issue): Issue {
  return row(present(context).state.issues, id);
}

interface Furnishing {
  readonly body?: string | null;
  readonly labelIds?: readonly string[] | null;
  readonly assigneeIds?: readonly string[] | null;
}

function furnishing(context: Context, { body, labelIds, assigneeIds }: Furnishing) {
  return {
    body: given(body),
    labels: labelIds ? labelNamesOf(context, labelIds) : undefined,
    assignees: assigneeIds ? loginsOf(context, assigneeIds) : undefined,
  };
}

function edit(
  context: Context,
  id: string,
  change: (issue: Issue) => IssueChange,
): { readonly issue: Issue } {
  const issue = issueNamed(context, id);
  return { issue: editIssue(context, issue, change(issue)) };
}

interface EdgeInput {
  readonly issueId: string;
  readonly blockingIssueId: string;
}

function dependency(
  context: Context,
  { issueId, blockingIssueId }: EdgeInput,
  change: (context: Context, blocked: Issue, blocking: Issue) => void,
): Values {
  const issue = issueNamed(context, issueId);
  const blockingIssue = issueNamed(context, blockingIssueId);
  change(context, issue, blockingIssue);
  return { issue: now(context, issue), blockingIssue: now(context, blockingIssue) };
}

export const issueMutations: Readonly<Record<string, Mutation>> = {
  createIssue: {
    access: ISSUES,
    run(context, input: Furnishing & { repositoryId: string; title: string }) {
      refuseKeys(input, ['issueTemplate', 'milestoneId', 'parentIssueId', 'projectIds']);
      const repository = repositoryNamed(context, input.repositoryId);
      const { title } = input;
      return { issue: createIssue(context, repository, { title, ...furnishing(context, input) }) };
    },
  },
  updateIssue: {
    access: ISSUES,
    run(
      context,
      input: Furnishing & { id: string; title?: string | null; state?: 'OPEN' | 'CLOSED' | null },
    ) {
      refuseKeys(input, ['milestoneId', 'projectIds']);
      const states = { OPEN: 'open', CLOSED: 'closed' } as const;
      return edit(context, input.id, () => ({
        title: given(input.title),
        state: input.state ? states[input.state] : undefined,
        ...furnishing(context, input),
      }));
    },
  },
  closeIssue: {
    access: ISSUES,
    run(context, input: { issueId: string; stateReason?: 'COMPLETED' | 'NOT_PLANNED' | 'DUPLICATE' | null }) {
      refuseKeys(input, ['duplicateIssueId']);
      const reasons = {
        COMPLETED: 'completed',
        NOT_PLANNED: 'not_planned',
        DUPLICATE: 'duplicate',
      } as const satisfies Record<string, CloseReason>;
      const stateReason = input.stateReason ? reasons[input.stateReason] : undefined;
      return edit(context, input.issueId, () => ({ state: 'closed', stateReason }));
    },
  },
  reopenIssue: {
    access: ISSUES,
    run: (context, { issueId }: { issueId: string }) => edit(context, issueId, () => ({ state: 'open' })),
  },
  deleteIssue: {
    access: ISSUES,
    run(context, { issueId }: { issueId: string }) {
      const issue = issueNamed(context, issueId);
      deleteIssue(context, issue);
      return { repository: row(present(context).state.repositories, issue.repositoryId) };
    },
  },
  transferIssue: {
    access: ISSUES,
    run(context, input: { issueId: string; repositoryId: string; createLabelsIfMissing?: boolean | null }) {
      const target = repositoryNamed(context, input.repositoryId);
      const issue = issueNamed(context, input.issueId);
      return { issue: transferIssue(context, issue, target, input.createLabelsIfMissing ?? false) };
    },
  },
  pinIssue: {
    access: ISSUES,
    run(context, { issueId }: { issueId: string }) {
      const issue = issueNamed(context, issueId);
      pinIssue(context, issue);
      return { issue: now(context, issue) };
    },
  },
  unpinIssue: {
    access: ISSUES,
    run(context, { issueId }: { issueId: string }) {
      const issue = issueNamed(context, issueId);
      unpinIssue(context, issue);
      return { id: issueId, issue: now(context, issue) };
    },
  },
  addBlockedBy: {
    access: ISSUES,
    run: (context, input: EdgeInput) => dependency(context, input, addBlockedBy),
  },
  removeBlockedBy: {
    access: ISSUES,
    run: (context, input: EdgeInput) => dependency(context, input, removeBlockedBy),
  },
  addComment: {
    access: EITHER,
    run(context, { subjectId, body }: { subjectId: string; body: string }) {
      const issue = threadNamed(context, subjectId);
      const comment = addComment(context, issue, body);
      const { state } = present(context);
      const { commentIds, pullId } = row(state.issues, issue.id);
      const comments = new Connection(
        commentIds.map((id) => row(state.comments, id)),
        {},
      );
      const commentEdge: Edge = { node: comment, cursor: comments.cursor(commentIds.length - 1) };
      const subject =
        pullId === null
          ? new Typed('Issue', now(context, issue))
          : new Typed('PullRequest', row(state.pulls, pullId));
      return { commentEdge, subject };
    },
  },
  updateIssueComment: {
    access: EITHER,
    run(context, { id, body }: { id: string; body: string }) {
      return { issueComment: editComment(context, commentNamed(context, id), body) };
    },
  },
};
