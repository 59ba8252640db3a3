import { present, row } from '../../domain/context.js';
import type { Context } from '../../domain/context.js';
import { notFound } from '../../domain/errors.js';
import { findComment } from '../../domain/issues/comments.js';
import { type Subject, addReaction, reactionsTo, removeReaction } from '../../domain/issues/reactions.js';
import { presentReaction } from '../../present/reactions.js';
import type { Id, ReactionContent } from '../../state/model.js';
import type { View } from '../../world.js';
import { type Answer, type ListAnswer, type Route, list, noContent, route } from '../route.js';
import {
  READ,
  WRITE,
  issueToRead,
  issueToWrite,
  repositoryToRead,
  repositoryToWrite,
} from './issue-target.js';

interface CommentPath {
  readonly owner: string;
  readonly repo: string;
  readonly comment_id: number | bigint;
}

function commentSubject(context: Context, path: CommentPath): Subject {
  const repository = repositoryToWrite(context, path);
  return { kind: 'comment', row: findComment(present(context), repository, Number(path.comment_id)) };
}

/** 201 with a new reaction, 200 with the one that the caller gave before. */
function react(context: Context, subject: Subject, content: ReactionContent): Answer {
  const { reaction, created } = addReaction(context, subject, content);
  return { status: created ? 201 : 200, body: presentReaction(present(context), reaction) };
}

function reactions(view: View, subjectId: Id, content: ReactionContent | undefined): ListAnswer {
  const items = reactionsTo(view, subjectId).filter(
    (one) => content === undefined || one.content === content,
  );
  return list(items, (reaction) => presentReaction(view, reaction));
}

function remove(context: Context, subject: Subject, reactionId: Id): Answer {
  const reaction = row(present(context).state.reactions, reactionId);
  if (reaction.subjectId !== subject.row.id) throw notFound();
  removeReaction(context, subject, reaction);
  return noContent();
}

export const reactionRoutes: readonly Route[] = [
  route('reactions/create-for-issue', WRITE, async (context, { path, body }) =>
    react(context, { kind: 'issue', row: issueToWrite(context, path) }, body.content),
  ),
  route('reactions/list-for-issue', READ, async (context, { path, query }) => {
    const { view, issue } = issueToRead(context, path);
    return reactions(view, issue.id, query.content);
  }),
  route('reactions/delete-for-issue', WRITE, async (context, { path }) =>
    remove(context, { kind: 'issue', row: issueToWrite(context, path) }, path.reaction_id),
  ),
  route('reactions/create-for-issue-comment', WRITE, async (context, { path, body }) =>
    react(context, commentSubject(context, path), body.content),
  ),
  route('reactions/list-for-issue-comment', READ, async (context, { path, query }) => {
    const { view, repository } = repositoryToRead(context, path);
    return reactions(view, findComment(view, repository, Number(path.comment_id)).id, query.content);
  }),
  route('reactions/delete-for-issue-comment', WRITE, async (context, { path }) =>
    remove(context, commentSubject(context, path), path.reaction_id),
  ),
];
