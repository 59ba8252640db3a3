import { createIssue } from '../../domain/issues/create.js';
import { editIssue } from '../../domain/issues/edit.js';
import { lockIssue, unlockIssue } from '../../domain/issues/locks.js';
import { present } from '../../domain/context.js';
import { presentIssue, presentSingleIssue } from '../../present/issues.js';
import { type Route, created, list, noContent, ok, route } from '../route.js';
import { filterIssues } from './issue-filters.js';
import {
  READ,
  WRITE,
  followMoved,
  issueToRead,
  issueToWrite,
  namesIn,
  repositoryToRead,
  repositoryToWrite,
  serveOnly,
} from './issue-target.js';

const CREATE_KEYS = ['title', 'body', 'labels', 'assignee', 'assignees'];
const UPDATE_KEYS = [...CREATE_KEYS, 'state', 'state_reason'];

/** The list, or the one of the older form `assignee`; nobody for null. */
function assigneesIn(body: {
  assignee?: string | null;
  assignees?: readonly unknown[];
}): string[] | undefined {
  if (body.assignees !== undefined) return namesIn(body.assignees, 'login');
  if (body.assignee === undefined) return undefined;
  return body.assignee === null || body.assignee === '' ? [] : [body.assignee];
}

/** A suggestion for people to accept is not the change itself. */
function servePlain(entries: readonly unknown[] | undefined, operation: string): void {
  for (const entry of entries ?? []) {
    if (typeof entry === 'object' && entry !== null) {
      serveOnly(operation, entry, ['id', 'name', 'login', 'description', 'color']);
    }
  }
}

export const plainIssueRoutes: readonly Route[] = [
  route('issues/list-for-repo', READ, async (context, { path, query }) => {
    const { view, repository } = repositoryToRead(context, path);
    return list(filterIssues(view, repository, query), (issue) => presentIssue(view, issue));
  }),
  route('issues/get', READ, async (context, { path }) => {
    followMoved(context, path);
    const { view, issue } = issueToRead(context, path);
    return ok(presentSingleIssue(view, issue));
  }),
  route('issues/create', [{ issues: 'write' }], async (context, { path, body }) => {
    serveOnly('issues/create', body, CREATE_KEYS);
    const issue = createIssue(context, repositoryToWrite(context, path), {
      title: String(body.title),
      body: body.body,
      labels: namesIn(body.labels, 'name'),
      assignees: assigneesIn(body),
    });
    return created(presentSingleIssue(present(context), issue));
  }),
  route('issues/update', WRITE, async (context, { path, body }) => {
    serveOnly('issues/update', body, UPDATE_KEYS);
    servePlain(body.labels, 'issues/update');
    servePlain(body.assignees, 'issues/update');
    followMoved(context, path);
    const reason = body.state_reason;
    const issue = editIssue(context, issueToWrite(context, path), {
      title: body.title === undefined || body.title === null ? undefined : String(body.title),
      body: body.body,
      state: body.state,
      stateReason: reason === null || reason === 'reopened' ? undefined : reason,
      labels: namesIn(body.labels, 'name'),
      assignees: assigneesIn(body),
    });
    return ok(presentSingleIssue(present(context), issue));
  }),
  route('issues/lock', WRITE, async (context, { path, body }) => {
    lockIssue(context, issueToWrite(context, path), body?.lock_reason ?? null);
    return noContent();
  }),
  route('issues/unlock', WRITE, async (context, { path }) => {
    unlockIssue(context, issueToWrite(context, path));
    return noContent();
  }),
];
