import { sees } from '../../access/access.js';
import { type Context, findRepository, issueByNumber, present, row } from '../../domain/context.js';
import { MovedError, notServed } from '../../domain/errors.js';
import { issueUrl } from '../../present/issue-urls.js';
import type { Id, Issue, Repository } from '../../state/model.js';
import type { View } from '../../world.js';

/** What an app needs to read and write issues, labels and comments: of issues or of pull requests. */
export const READ = [{ issues: 'read' }, { pull_requests: 'read' }] as const;
export const WRITE = [{ issues: 'write' }, { pull_requests: 'write' }] as const;

interface RepositoryPath {
  readonly owner: string;
  readonly repo: string;
}
interface IssuePath extends RepositoryPath {
  readonly issue_number: number;
}

/** The repository of a path as a read sees it, with the view that it was read from. */
export function repositoryToRead(
  context: Context,
  path: RepositoryPath,
): { view: View; repository: Repository } {
  const { view } = context;
  return { view, repository: findRepository(context, view, path.owner, path.repo) };
}

/** The repository of a path for a write: always the newest row. */
export function repositoryToWrite(context: Context, path: RepositoryPath): Repository {
  return findRepository(context, present(context), path.owner, path.repo);
}

/** The issue or pull request of a path as a read sees it, with the view that it was read from. */
export function issueToRead(context: Context, path: IssuePath): { view: View; issue: Issue } {
  const { view, repository } = repositoryToRead(context, path);
  return { view, issue: issueByNumber(view, repository, path.issue_number) };
}

/** The issue or pull request of a path for a write: always the newest row. */
export function issueToWrite(context: Context, path: IssuePath): Issue {
  return issueByNumber(present(context), repositoryToWrite(context, path), path.issue_number);
}

/**
 * Throws 301 for the address of an issue that was transferred, where GitHub redirects it. What is below it is just 404
 * (https://docs.github.com/en/rest/issues/issues#get-an-issue; third parties have seen that of its comments and events).
 */
export function followMoved(context: Context, path: IssuePath): void {
  const view = present(context);
  const repository = findRepository(context, view, path.owner, path.repo);
  const id = view.state.moved[repository.numbers[path.issue_number] ?? -1];
  if (id === undefined) return;
  const issue = lastOf(view, id);
  if (issue && sees(context.principal, row(view.state.repositories, issue.repositoryId))) {
    throw new MovedError(issueUrl(view, issue));
  }
}

/** An issue may be transferred again and again. */
function lastOf(view: View, id: Id): Issue | undefined {
  const next = view.state.moved[id];
  return next === undefined ? view.state.issues[id] : lastOf(view, next);
}

/** Names from the forms that GitHub takes: texts, or objects with the name under `key`. */
export function namesIn(
  entries: readonly unknown[] | undefined,
  key: 'name' | 'login',
): string[] | undefined {
  return entries?.map((entry) => String(typeof entry === 'string' ? entry : Object(entry)[key]));
}

/** Throws 501 if the input has a key outside `known`: what is not served is not passed over in silence. */
export function serveOnly(operation: string, input: object, known: readonly string[]): void {
  for (const [key, value] of Object.entries(input)) {
    if (value !== undefined && !known.includes(key)) throw notServed(`${key} of ${operation}`);
  }
}
