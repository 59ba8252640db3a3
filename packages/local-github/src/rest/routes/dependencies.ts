import { sees } from '../../access/access.js';
import { type Context, present, row } from '../../domain/context.js';
import { addBlockedBy, dependenciesOf, removeBlockedBy } from '../../domain/issues/dependencies.js';
import { presentIssue, presentSingleIssue } from '../../present/issues.js';
import type { Id, Issue } from '../../state/model.js';
import type { View } from '../../world.js';
import { type ListAnswer, type Route, created, list, ok, route } from '../route.js';
import { issueToRead, issueToWrite } from './issue-target.js';

const READ = [{ issues: 'read' }] as const;
const WRITE = [{ issues: 'write' }] as const;

/** Issues of private repositories that the caller does not see are left out. */
function visible(context: Context, view: View, issues: readonly Issue[]): ListAnswer {
  const seen = issues.filter((issue) =>
    sees(context.principal, row(view.state.repositories, issue.repositoryId)),
  );
  return list(seen, (issue) => presentIssue(view, issue));
}

function newest(context: Context, id: Id): Issue {
  return row(present(context).state.issues, id);
}

export const dependencyRoutes: readonly Route[] = [
  route('issues/list-dependencies-blocked-by', READ, async (context, { path }) => {
    const { view, issue } = issueToRead(context, path);
    return visible(context, view, dependenciesOf(view, issue).blockedBy);
  }),
  route('issues/list-dependencies-blocking', READ, async (context, { path }) => {
    const { view, issue } = issueToRead(context, path);
    return visible(context, view, dependenciesOf(view, issue).blocking);
  }),
  /** `issue_id` is the database id of the blocking issue. The answer is the blocked one. */
  route('issues/add-blocked-by-dependency', WRITE, async (context, { path, body }) => {
    const blocked = issueToWrite(context, path);
    addBlockedBy(context, blocked, newest(context, body.issue_id));
    return created(presentSingleIssue(present(context), newest(context, blocked.id)));
  }),
  route('issues/remove-dependency-blocked-by', WRITE, async (context, { path }) => {
    const blocked = issueToWrite(context, path);
    removeBlockedBy(context, blocked, newest(context, path.issue_id));
    return ok(presentSingleIssue(present(context), newest(context, blocked.id)));
  }),
];
