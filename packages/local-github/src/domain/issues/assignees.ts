import { ROLES } from '../../state/model.js';
import type { Account, Id, Issue, Repository } from '../../state/model.js';
import type { View } from '../../world.js';
import { type Context, type Write, actor, demand, effect, present, row } from '../context.js';
import { unprocessable } from '../errors.js';
import { addTimeline, touch } from '../timeline.js';
import { writing } from './access.js';
import { tell } from './tell.js';

/** GitHub's limit (https://docs.github.com/en/rest/issues/assignees). */
const ASSIGNEE_LIMIT = 10;

function accountNamed(view: View, login: string): Account | undefined {
  return Object.values(view.state.accounts).find((one) => one.login.toLowerCase() === login.toLowerCase());
}

/**
 * True for the people who can be assigned: those with a role of their own in the repository, and those who commented on
 * the issue. Reading a public repository is no such role.
 */
function assignable(view: View, repository: Repository, account: Account, issue: Issue | null): boolean {
  if (account.type !== 'User') return false;
  if (ROLES.indexOf(repository.roles[account.id] ?? 'none') > 0) return true;
  return issue?.commentIds.some((id) => view.state.comments[id]?.authorId === account.id) ?? false;
}

/** Ids of people by login, for what is set with an issue's other fields: 422 for one who cannot be assigned. */
export function namedAssignees(
  view: View,
  repository: Repository,
  logins: readonly string[],
  issue: Issue | null = null,
): Id[] {
  const ids = logins.map((login) => {
    const account = accountNamed(view, login);
    if (account !== undefined && assignable(view, repository, account, issue)) return account.id;
    throw unprocessable('Validation Failed', [
      { resource: 'Issue', code: 'invalid', field: 'assignees', value: login },
    ]);
  });
  checkCount(new Set(ids).size);
  return ids;
}

function checkCount(count: number): void {
  if (count <= ASSIGNEE_LIMIT) return;
  const message = `An issue can have at most ${ASSIGNEE_LIMIT} assignees`;
  throw unprocessable('Validation Failed', [
    { resource: 'Issue', code: 'custom', field: 'assignees', message },
  ]);
}

/**
 * Assigns people, from triage up. Logins of nobody, and of people who cannot be assigned, are passed over in silence, as
 * GitHub does here. 422 above ten.
 */
export function addAssignees(context: Context, issue: Issue, logins: readonly string[]): void {
  actor(context);
  const view = present(context);
  const repository = row(view.state.repositories, issue.repositoryId);
  demand(context, repository, writing(issue, 'triage'));
  const ids = logins.flatMap((login) => {
    const account = accountNamed(view, login);
    return account !== undefined && assignable(view, repository, account, issue) ? [account.id] : [];
  });
  checkCount(new Set([...issue.assigneeIds, ...ids]).size);
  effect(context, (write) => assignInside(write, issue.id, ids));
}

/** Takes people off, from triage up; those who are not assigned are passed over. */
export function removeAssignees(context: Context, issue: Issue, logins: readonly string[]): void {
  actor(context);
  const view = present(context);
  demand(context, row(view.state.repositories, issue.repositoryId), writing(issue, 'triage'));
  const ids = logins.map((login) => accountNamed(view, login)?.id);
  effect(context, (write) =>
    unassignInside(
      write,
      issue.id,
      issue.assigneeIds.filter((id) => ids.includes(id)),
    ),
  );
}

/** Assigns inside an effect; whoever is assigned already makes no event. */
export function assignInside(write: Write, issueId: Id, ids: readonly Id[]): void {
  const issue = row(write.state.issues, issueId);
  for (const assigneeId of ids) {
    if (issue.assigneeIds.includes(assigneeId)) continue;
    issue.assigneeIds.push(assigneeId);
    addTimeline(write, issueId, { kind: 'assigned', assigneeId });
    touch(write, issueId);
    tell(write, issue, 'assigned', { assigneeId });
  }
}

/** Takes people off inside an effect. */
export function unassignInside(write: Write, issueId: Id, ids: readonly Id[]): void {
  const issue = row(write.state.issues, issueId);
  for (const assigneeId of ids) {
    issue.assigneeIds = issue.assigneeIds.filter((id) => id !== assigneeId);
    addTimeline(write, issueId, { kind: 'unassigned', assigneeId });
    touch(write, issueId);
    tell(write, issue, 'unassigned', { assigneeId });
  }
}
