import { addComment, deleteComment, editComment, findComment } from '../../domain/issues/comments.js';
import { present, row } from '../../domain/context.js';
import { presentComment } from '../../present/comments.js';
import { type Route, created, list, noContent, ok, route } from '../route.js';
import { isSince } from './issue-filters.js';
import {
  READ,
  WRITE,
  issueToRead,
  issueToWrite,
  repositoryToRead,
  repositoryToWrite,
} from './issue-target.js';

export const commentRoutes: readonly Route[] = [
  route('issues/list-comments', READ, async (context, { path, query }) => {
    const { view, issue } = issueToRead(context, path);
    const comments = issue.commentIds
      .map((id) => row(view.state.comments, id))
      .filter((comment) => isSince(comment.updatedAt, query.since));
    return list(comments, (comment) => presentComment(view, comment));
  }),
  /** By id unless `sort` asks otherwise; `direction` counts only with `sort`. */
  route('issues/list-comments-for-repo', READ, async (context, { path, query }) => {
    const { view, repository } = repositoryToRead(context, path);
    const comments = Object.values(view.state.comments)
      .filter((comment) => view.state.issues[comment.issueId]?.repositoryId === repository.id)
      .filter((comment) => isSince(comment.updatedAt, query.since))
      .sort((a, b) => a.id - b.id);
    if (query.sort === 'updated') comments.sort((a, b) => a.updatedAt.localeCompare(b.updatedAt));
    const newestFirst = query.sort !== undefined && query.direction === 'desc';
    return list(newestFirst ? comments.reverse() : comments, (comment) => presentComment(view, comment));
  }),
  route('issues/get-comment', READ, async (context, { path }) => {
    const { view, repository } = repositoryToRead(context, path);
    return ok(presentComment(view, findComment(view, repository, Number(path.comment_id))));
  }),
  route('issues/create-comment', WRITE, async (context, { path, body }) => {
    const comment = addComment(context, issueToWrite(context, path), body.body);
    return created(presentComment(present(context), comment));
  }),
  route('issues/update-comment', WRITE, async (context, { path, body }) => {
    const repository = repositoryToWrite(context, path);
    const comment = findComment(present(context), repository, Number(path.comment_id));
    const edited = editComment(context, comment, body.body);
    return ok(presentComment(present(context), edited));
  }),
  route('issues/delete-comment', WRITE, async (context, { path }) => {
    const repository = repositoryToWrite(context, path);
    deleteComment(context, findComment(present(context), repository, Number(path.comment_id)));
    return noContent();
  }),
];
