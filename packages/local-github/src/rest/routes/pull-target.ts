import { type Context, present, pullByNumber } from '../../domain/context.js';
import type { PullRequest, Repository } from '../../state/model.js';
import type { View } from '../../world.js';
import { repositoryToRead, repositoryToWrite } from './issue-target.js';

/** What an app needs to read and write pull requests. */
export const READ = [{ pull_requests: 'read' }] as const;
export const WRITE = [{ pull_requests: 'write' }] as const;

interface PullPath {
  readonly owner: string;
  readonly repo: string;
  readonly pull_number: number;
}

/** The pull request of a path as a read sees it, with the view that it was read from. */
export function pullToRead(
  context: Context,
  path: PullPath,
): { view: View; repository: Repository; pull: PullRequest } {
  const { view, repository } = repositoryToRead(context, path);
  return { view, repository, pull: pullByNumber(view, repository, path.pull_number) };
}

/** The pull request of a path for a write: always the newest row. */
export function pullToWrite(context: Context, path: PullPath): PullRequest {
  return pullByNumber(present(context), repositoryToWrite(context, path), path.pull_number);
}
