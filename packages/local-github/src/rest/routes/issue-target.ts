import { type Context, findRepository, issueByNumber, present } from '../../domain/context.js';
import { notServed } from '../../domain/errors.js';
import type { Issue, Repository } from '../../state/model.js';
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
