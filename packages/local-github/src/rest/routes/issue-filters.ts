import { labelNamed } from '../../domain/labels.js';
import type { Id, Issue, Repository } from '../../state/model.js';
import type { View } from '../../world.js';
import { serveOnly } from './issue-target.js';

export interface IssueQuery {
  readonly state?: 'open' | 'closed' | 'all' | undefined;
  /** A login, `none`, or `*` for anybody. */
  readonly assignee?: string | undefined;
  readonly creator?: string | undefined;
  /** Names with commas between; an issue must have all. */
  readonly labels?: string | undefined;
  readonly since?: string | undefined;
  readonly sort?: 'created' | 'updated' | 'comments' | undefined;
  readonly direction?: 'asc' | 'desc' | undefined;
}

const KEYS = ['state', 'assignee', 'creator', 'labels', 'since', 'sort', 'direction', 'per_page', 'page'];

/** The issues and pull requests that `issues/list-for-repo` answers with: open ones, newest first, unless asked otherwise. */
export function filterIssues(view: View, repository: Repository, query: IssueQuery): Issue[] {
  serveOnly('issues/list-for-repo', query, KEYS);
  const { state = 'open', sort = 'created', direction = 'desc' } = query;
  const labelIds = query.labels
    ?.split(',')
    .map((name) => labelNamed(view.state.labels, repository, name.trim())?.id);
  const found = Object.values(repository.numbers)
    .flatMap((id) => view.state.issues[id] ?? [])
    .filter((issue) => state === 'all' || issue.state === state)
    .filter((issue) => isSince(issue.updatedAt, query.since))
    .filter((issue) => query.creator === undefined || isLogin(view, issue.authorId, query.creator))
    .filter((issue) => query.assignee === undefined || isAssigned(view, issue, query.assignee))
    .filter((issue) => labelIds?.every((id) => id !== undefined && issue.labelIds.includes(id)) ?? true)
    .sort((a, b) => compare(a, b, sort) || a.number - b.number);
  return direction === 'asc' ? found : found.reverse();
}

/** True if a time is at or after `since`; always true without one. */
export function isSince(time: string, since: string | undefined): boolean {
  return since === undefined || Date.parse(time) >= Date.parse(since);
}

function isLogin(view: View, id: Id, login: string): boolean {
  return view.state.accounts[id]?.login.toLowerCase() === login.toLowerCase();
}

function isAssigned(view: View, issue: Issue, assignee: string): boolean {
  if (assignee === 'none') return issue.assigneeIds.length === 0;
  if (assignee === '*') return issue.assigneeIds.length > 0;
  return issue.assigneeIds.some((id) => isLogin(view, id, assignee));
}

function compare(a: Issue, b: Issue, sort: 'created' | 'updated' | 'comments'): number {
  switch (sort) {
    case 'created':
      return a.createdAt.localeCompare(b.createdAt);
    case 'updated':
      return a.updatedAt.localeCompare(b.updatedAt);
    case 'comments':
      return a.commentIds.length - b.commentIds.length;
  }
}
