import { row } from '../../domain/context.js';
import { notServed } from '../../domain/errors.js';
import type { Id, Issue } from '../../state/model.js';
import type { View } from '../../world.js';
import type { Request } from '../request.js';
import { isSince } from '../time.js';

export interface ThreadOrder {
  readonly field: 'CREATED_AT' | 'UPDATED_AT' | 'COMMENTS';
  readonly direction: 'ASC' | 'DESC';
}

export interface IssueFilter {
  readonly states?: readonly ('OPEN' | 'CLOSED')[] | null;
  readonly labels?: readonly string[] | null;
  readonly orderBy?: ThreadOrder | null;
  readonly filterBy?: {
    readonly assignee?: string | null;
    readonly createdBy?: string | null;
    readonly labels?: readonly string[] | null;
    readonly since?: string | null;
    readonly states?: readonly ('OPEN' | 'CLOSED')[] | null;
    readonly mentioned?: unknown;
    readonly milestone?: unknown;
    readonly milestoneNumber?: unknown;
    readonly viewerSubscribed?: unknown;
  } | null;
}

const UNSERVED = ['mentioned', 'milestone', 'milestoneNumber', 'viewerSubscribed'] as const;

/** True if the issue has at least one of the labels, whatever the case. */
export function carriesOneOf(view: View, issue: Issue, names: readonly string[]): boolean {
  const wanted = names.map((name) => name.toLowerCase());
  return issue.labelIds.some((id) => wanted.includes(row(view.state.labels, id).name.toLowerCase()));
}

/** Sorted as asked; rows of one moment in the order in which they were made. Without an order, oldest first. */
export function inOrder<Row extends { readonly id: Id }>(
  rows: readonly Row[],
  order: ThreadOrder | null | undefined,
  issueOf: (row: Row) => Issue,
): Row[] {
  const { field, direction } = order ?? { field: 'CREATED_AT', direction: 'ASC' };
  const key = (one: Row): string | number => {
    const issue = issueOf(one);
    if (field === 'COMMENTS') return issue.commentIds.length;
    return field === 'CREATED_AT' ? issue.createdAt : issue.updatedAt;
  };
  const sorted = [...rows].sort((a, b) => {
    const [one, other] = [key(a), key(b)];
    return one === other ? a.id - b.id : one < other ? -1 : 1;
  });
  return direction === 'DESC' ? sorted.reverse() : sorted;
}

/** The issues that a connection's arguments ask for. Pull requests are none. */
export function filterIssues(
  { view }: Request,
  issues: readonly Issue[],
  { states, labels, orderBy, filterBy }: IssueFilter,
): Issue[] {
  for (const key of UNSERVED) if (filterBy?.[key]) throw notServed(`the filter ${key} of issues`);
  const matches = (issue: Issue): boolean => {
    const state = issue.state === 'open' ? 'OPEN' : 'CLOSED';
    const login = (id: Id): string => row(view.state.accounts, id).login;
    return (
      issue.pullId === null &&
      (!states || states.includes(state)) &&
      (!filterBy?.states || filterBy.states.includes(state)) &&
      (!labels || carriesOneOf(view, issue, labels)) &&
      (!filterBy?.labels || carriesOneOf(view, issue, filterBy.labels)) &&
      (!filterBy?.since || isSince(issue.updatedAt, filterBy.since)) &&
      (!filterBy?.createdBy || login(issue.authorId) === filterBy.createdBy) &&
      (!filterBy?.assignee || issue.assigneeIds.some((id) => login(id) === filterBy.assignee))
    );
  };
  return inOrder(issues.filter(matches), orderBy, (issue) => issue);
}
