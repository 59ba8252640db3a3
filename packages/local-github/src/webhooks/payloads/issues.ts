import { row } from '../../domain/context.js';
import { presentAccountById } from '../../present/accounts.js';
import { presentComment } from '../../present/comments.js';
import { presentIssue } from '../../present/issues.js';
import { presentLabel } from '../../present/labels.js';
import { presentRepository } from '../../present/repositories.js';
import type { Json } from '../../rest/route.js';
import type { Issue } from '../../state/model.js';
import type { View } from '../../world.js';
import type { EventOf, Payload } from './event.js';

/** `issues`: https://docs.github.com/en/webhooks/webhook-events-and-payloads#issues */
export function issuePayload(event: EventOf<'issues'>, view: View): Payload {
  if (event.action === 'deleted') return { issue: presentIssue(view, event.issue) };
  if (event.action === 'transferred') {
    const issue = row(view.state.issues, event.toId);
    return {
      issue: presentIssue(view, event.issue),
      changes: { new_issue: presentIssue(view, issue), new_repository: repositoryOf(view, issue) },
    };
  }
  return {
    issue: presentIssue(view, row(view.state.issues, event.issueId)),
    ...(event.label && { label: presentLabel(view, event.label) }),
    ...(event.assigneeId !== undefined && { assignee: presentAccountById(view, event.assigneeId) }),
    ...(event.changes && { changes: event.changes }),
    ...(event.from && {
      changes: { old_issue: presentIssue(view, event.from), old_repository: repositoryOf(view, event.from) },
    }),
  };
}

function repositoryOf(view: View, { repositoryId }: Issue): Json {
  return presentRepository(view, row(view.state.repositories, repositoryId));
}

/** `issue_comment`, on issues and pull requests. */
export function commentPayload(event: EventOf<'issue_comment'>, view: View): Payload {
  return {
    issue: presentIssue(view, row(view.state.issues, event.issueId)),
    comment: presentComment(view, event.comment),
    ...(event.changes && { changes: event.changes }),
  };
}

/** `label`: of the repository, not of an issue. */
export function labelPayload(event: EventOf<'label'>, view: View): Payload {
  return {
    label: presentLabel(view, event.label),
    ...(event.changes && { changes: event.changes }),
  };
}

/** `issue_dependencies`: each side of an edge is told, with the repository of the other. */
export function dependencyPayload(event: EventOf<'issue_dependencies'>, view: View): Payload {
  const { state } = view;
  const blocked = row(state.issues, event.blockedId);
  const blocking = row(state.issues, event.blockingId);
  const ofBlocked = event.action === 'blocked_by_added' || event.action === 'blocked_by_removed';
  const other = row(state.repositories, (ofBlocked ? blocking : blocked).repositoryId);
  return {
    blocked_issue_id: blocked.id,
    blocked_issue: presentIssue(view, blocked),
    blocking_issue_id: blocking.id,
    blocking_issue: presentIssue(view, blocking),
    [ofBlocked ? 'blocking_issue_repo' : 'blocked_issue_repo']: presentRepository(view, other),
  };
}
