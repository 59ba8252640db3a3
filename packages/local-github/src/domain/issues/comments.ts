import { atLeast, roleOf } from '../../access/access.js';
import type { Comment, Id, Issue, Repository } from '../../state/model.js';
import type { View } from '../../world.js';
import { type Context, actor, demand, effect, present, row } from '../context.js';
import { forbidden, notFound, unprocessable } from '../errors.js';
import { touch } from '../timeline.js';
import { writing } from './access.js';
import { checkBody, recordEdit } from './texts.js';

function checkComment(body: string): void {
  if (body.trim() === '') {
    throw unprocessable('Validation Failed', [
      { resource: 'IssueComment', code: 'missing_field', field: 'body' },
    ]);
  }
  checkBody('IssueComment', body);
}

/** The comment with this id in the repository, or 404. */
export function findComment(view: View, repository: Repository, id: Id): Comment {
  const comment = row(view.state.comments, id);
  if (row(view.state.issues, comment.issueId).repositoryId !== repository.id) throw notFound();
  return comment;
}

/**
 * Throws 403 on a locked conversation, for people below write and for every app: locking shuts apps out whatever their
 * permissions (seen by probot/stale#25 and renovate#6215).
 */
export function demandUnlocked(context: Context, issue: Issue, what: 'comment' | 'reaction'): void {
  if (!issue.locked) return;
  const { principal } = context;
  const repository = row(present(context).state.repositories, issue.repositoryId);
  if (principal.kind === 'user' && atLeast(roleOf(repository, principal.accountId), 'write')) return;
  throw forbidden(`Unable to create ${what} because issue is locked.`);
}

/** Comments on an issue or pull request: anybody who sees it may, unless it is locked. 422 above 65,536 characters. */
export function addComment(context: Context, issue: Issue, body: string): Comment {
  actor(context);
  demand(context, row(present(context).state.repositories, issue.repositoryId), writing(issue, 'read'));
  demandUnlocked(context, issue, 'comment');
  checkComment(body);
  return effect(context, (write) => {
    const comment: Comment = {
      id: write.newId(),
      issueId: issue.id,
      authorId: write.actorId,
      body,
      createdAt: write.now,
      updatedAt: write.now,
      edited: null,
    };
    write.state.comments[comment.id] = { ...comment };
    row(write.state.issues, issue.id).commentIds.push(comment.id);
    touch(write, issue.id);
    write.emit(issue.repositoryId, {
      name: 'issue_comment',
      action: 'created',
      issueId: issue.id,
      comment,
    });
    return comment;
  });
}

/** Rewrites a comment: its author and people from write. */
export function editComment(context: Context, comment: Comment, body: string): Comment {
  const issue = demandComment(context, comment);
  checkComment(body);
  if (body === comment.body) return comment;
  return effect(context, (write) => {
    const edited = recordEdit(write, comment, body);
    const next: Comment = { ...comment, body, edited, updatedAt: write.now };
    write.state.comments[comment.id] = { ...next, edited: { ...edited } };
    write.emit(issue.repositoryId, {
      name: 'issue_comment',
      action: 'edited',
      issueId: issue.id,
      comment: next,
      changes: { body: { from: comment.body } },
    });
    return next;
  });
}

/** Deletes a comment with its reactions and history: its author and people from write. */
export function deleteComment(context: Context, comment: Comment): void {
  const issue = demandComment(context, comment);
  effect(context, (write) => {
    const { state } = write;
    delete state.comments[comment.id];
    for (const { id, subjectId } of Object.values(state.reactions)) {
      if (subjectId === comment.id) delete state.reactions[id];
    }
    for (const { id, subjectId } of Object.values(state.edits)) {
      if (subjectId === comment.id) delete state.edits[id];
    }
    const parent = row(state.issues, issue.id);
    parent.commentIds = parent.commentIds.filter((id) => id !== comment.id);
    touch(write, issue.id);
    write.emit(issue.repositoryId, {
      name: 'issue_comment',
      action: 'deleted',
      issueId: issue.id,
      comment,
    });
  });
}

function demandComment(context: Context, comment: Comment): Issue {
  const own = actor(context) === comment.authorId;
  const { state } = present(context);
  const issue = row(state.issues, comment.issueId);
  demand(context, row(state.repositories, issue.repositoryId), writing(issue, 'write', own));
  return issue;
}
