import { allows, atLeast, roleOf, type Access } from '../../access/access.js';
import { demand, row } from '../../domain/context.js';
import { notFound, notServed } from '../../domain/errors.js';
import { forksOf } from '../../domain/forks/network.js';
import { labelNamed } from '../../domain/labels.js';
import { allPulls } from '../../domain/pulls/find.js';
import { PUSH } from '../../domain/refs/access.js';
import { branchRef } from '../../domain/refs/names.js';
import { nodeId } from '../../present/node-id.js';
import { fullName, repositoryPage } from '../../present/urls.js';
import type { Issue, PullRequest, Repository as RepositoryRow, Role } from '../../state/model.js';
import { type Fields, type Request, Typed, requireRead } from '../request.js';
import { actorById } from './accounts.js';
import { objectAt } from './expression.js';
import { sortLabels } from './labels.js';
import { queueAt } from './merge-queue.js';
import { type PullFilter, filterPulls } from './pull-list.js';
import { type Protected, type RefRow, findRef, refNamed } from './refs.js';
import { type IssueFilter, filterIssues } from './thread-list.js';

const LABELS: Access = { role: 'read', app: [{ issues: 'read' }, { pull_requests: 'read' }] };

function labelsOf(repository: RepositoryRow, request: Request) {
  demand(request.context, repository, LABELS);
  return repository.labelIds.map((id) => row(request.view.state.labels, id));
}

function issuesOf(repository: RepositoryRow, { view }: Request): Issue[] {
  return Object.values(view.state.issues).filter((issue) => issue.repositoryId === repository.id);
}

/** The issue or pull request with this number, if there is one. */
function numbered(repository: RepositoryRow, { view }: Request, number: number): Issue | undefined {
  return view.state.issues[repository.numbers[number] ?? -1];
}

function pullNumbered(repository: RepositoryRow, request: Request, number: number): PullRequest | undefined {
  return request.view.state.pulls[numbered(repository, request, number)?.pullId ?? -1];
}

/** A person's role; of an app, whether it may write contents. Null for people who only read what is public to all. */
function viewerRole(repository: RepositoryRow, { context: { principal } }: Request): Role {
  if (principal.kind === 'user') return roleOf(repository, principal.accountId);
  return allows(principal, repository, PUSH) ? 'write' : 'read';
}

export const Repository: Fields<RepositoryRow> = {
  id: (repository) => nodeId('Repository', repository.id),
  databaseId: (repository) => repository.id,
  name: (repository) => repository.name,
  nameWithOwner: (repository, { view }) => fullName(view, repository.id),
  owner: (repository, request) => actorById(request, repository.ownerId),
  description: (repository) => repository.description,
  url: (repository, { view }) => repositoryPage(view, repository.id),
  resourcePath: (repository, { view }) => `/${fullName(view, repository.id)}`,
  createdAt: (repository) => repository.createdAt,
  updatedAt: (repository) => repository.updatedAt,
  pushedAt: (repository) => repository.pushedAt,
  isPrivate: (repository) => repository.private,
  visibility: (repository) => (repository.private ? 'PRIVATE' : 'PUBLIC'),
  isFork: (repository) => repository.parentId !== null,
  parent: ({ parentId }, { view }) => (parentId === null ? null : row(view.state.repositories, parentId)),
  forkCount: (repository, { view }) => forksOf(view.state, repository).length,
  isArchived: () => false,
  isDisabled: () => false,
  isEmpty: (repository) => Object.keys(repository.refs).length === 0,
  hasIssuesEnabled: (repository) => repository.parentId === null,
  deleteBranchOnMerge: (repository) => repository.deleteBranchOnMerge,
  mergeCommitAllowed: (repository) => repository.mergeMethods.includes('merge'),
  squashMergeAllowed: (repository) => repository.mergeMethods.includes('squash'),
  rebaseMergeAllowed: (repository) => repository.mergeMethods.includes('rebase'),
  autoMergeAllowed: () => false,
  viewerPermission: (repository, request) => {
    const role = viewerRole(repository, request);
    return role === 'none' ? null : role.toUpperCase();
  },
  viewerCanAdminister: (repository, request) => atLeast(viewerRole(repository, request), 'admin'),
  defaultBranchRef: (repository, request) => {
    requireRead(request, repository.id, 'contents');
    return refNamed(repository, branchRef(repository.defaultBranch));
  },
  ref: (repository, request, { qualifiedName }: { qualifiedName: string }) => {
    requireRead(request, repository.id, 'contents');
    return findRef(repository, qualifiedName);
  },
  refs: (repository, request, args: RefArguments) => {
    requireRead(request, repository.id, 'contents');
    return refsOf(repository, args);
  },
  object: (repository, request, args: { expression?: string | null; oid?: string | null }) => {
    requireRead(request, repository.id, 'contents');
    return objectAt(request, repository, args);
  },
  issue: (repository, request, { number }: { number: number }) => {
    requireRead(request, repository.id, 'issues');
    const issue = numbered(repository, request, number);
    if (issue?.pullId === null) return issue;
    throw notFound(`Could not resolve to an Issue with the number of ${number}.`);
  },
  issues: (repository, request, filter: IssueFilter) => {
    requireRead(request, repository.id, 'issues');
    return filterIssues(request, issuesOf(repository, request), filter);
  },
  pullRequest: (repository, request, { number }: { number: number }) => {
    requireRead(request, repository.id, 'pull_requests');
    const pull = pullNumbered(repository, request, number);
    if (pull) return pull;
    throw notFound(`Could not resolve to a PullRequest with the number of ${number}.`);
  },
  pullRequests: (repository, request, filter: PullFilter) => {
    requireRead(request, repository.id, 'pull_requests');
    return filterPulls(request, allPulls(request.view, repository.id), filter);
  },
  issueOrPullRequest: (repository, request, { number }: { number: number }) => {
    const issue = numbered(repository, request, number);
    if (issue === undefined) {
      throw notFound(`Could not resolve to an issue or pull request with the number of ${number}.`);
    }
    requireRead(request, repository.id, issue.pullId === null ? 'issues' : 'pull_requests');
    const pull = pullNumbered(repository, request, number);
    return pull ? new Typed('PullRequest', pull) : new Typed('Issue', issue);
  },
  label: (repository, request, { name }: { name: string }) => {
    demand(request.context, repository, LABELS);
    return labelNamed(request.view.state.labels, repository, name) ?? null;
  },
  labels: (
    repository,
    request,
    { orderBy, query }: { orderBy?: Parameters<typeof sortLabels>[1]; query?: string | null },
  ) => {
    if (query) throw notServed('the argument query of Repository.labels');
    return sortLabels(labelsOf(repository, request), orderBy);
  },
  pinnedIssues: (repository, request) => {
    requireRead(request, repository.id, 'issues');
    return repository.pinned;
  },
  branchProtectionRules: (repository, request): Protected[] => {
    requireRead(request, repository.id, 'administration');
    return Object.entries(repository.protection).map(([branch, protection]) => ({
      repositoryId: repository.id,
      branch,
      protection,
    }));
  },
  mergeQueue: (repository, request, { branch }: { branch?: string | null }) =>
    queueAt(request, repository.id, branch ?? repository.defaultBranch),
};

interface RefArguments {
  readonly refPrefix: string;
  readonly query?: string | null;
  readonly direction?: 'ASC' | 'DESC' | null;
  readonly orderBy?: { readonly field: string; readonly direction: 'ASC' | 'DESC' } | null;
}

/** Refs by name; their `name` leaves out `refs/heads/` or `refs/tags/`, whatever the prefix asked for. */
function refsOf(repository: RepositoryRow, { refPrefix, query, direction, orderBy }: RefArguments): RefRow[] {
  if (orderBy?.field === 'TAG_COMMIT_DATE') throw notServed('refs ordered by TAG_COMMIT_DATE');
  const refs = Object.entries(repository.refs)
    .filter(
      ([name]) => name.startsWith(refPrefix) && (!query || name.slice(refPrefix.length).includes(query)),
    )
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, oid]): RefRow => ({ repositoryId: repository.id, name, oid }));
  return (orderBy?.direction ?? direction) === 'DESC' ? refs.reverse() : refs;
}
