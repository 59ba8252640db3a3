import { present, row } from '../../domain/context.js';
import { addAssignees, removeAssignees } from '../../domain/issues/assignees.js';
import { presentSingleIssue } from '../../present/issues.js';
import { type Route, created, ok, route } from '../route.js';
import { WRITE, issueToWrite, namesIn } from './issue-target.js';

export const assigneeRoutes: readonly Route[] = [
  route('issues/add-assignees', WRITE, async (context, { path, body }) => {
    const issue = issueToWrite(context, path);
    addAssignees(context, issue, namesIn(body.assignees, 'login') ?? []);
    const view = present(context);
    return created(presentSingleIssue(view, row(view.state.issues, issue.id)));
  }),
  route('issues/remove-assignees', WRITE, async (context, { path, body }) => {
    const issue = issueToWrite(context, path);
    removeAssignees(context, issue, namesIn(body.assignees, 'login') ?? []);
    const view = present(context);
    return ok(presentSingleIssue(view, row(view.state.issues, issue.id)));
  }),
];
