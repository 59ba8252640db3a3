import type { Id, Issue, PullRequest } from '../../state/model.js';
import type { View } from '../../world.js';
import { row } from '../context.js';

/** The issue row of a pull request: its title, body, author, state and number. */
export function issueOf(view: View, pull: PullRequest): Issue {
  return row(view.state.issues, pull.issueId);
}

/** True while the pull request is neither merged nor closed. */
export function isOpen(view: View, pull: PullRequest): boolean {
  return issueOf(view, pull).state === 'open';
}

/** All pull requests of a repository, oldest first. */
export function allPulls(view: View, repositoryId: Id): readonly PullRequest[] {
  return Object.values(view.state.pulls).filter((pull) => pull.repositoryId === repositoryId);
}

/** The open pull requests of a repository, oldest first. */
export function openPulls(view: View, repositoryId: Id): readonly PullRequest[] {
  return allPulls(view, repositoryId).filter((pull) => isOpen(view, pull));
}

/** The open pull requests that a move of a repository's refs may touch: those to it and those from it, oldest first. */
export function openPullsAt(view: View, repositoryId: Id): readonly PullRequest[] {
  return Object.values(view.state.pulls).filter(
    (pull) =>
      (pull.repositoryId === repositoryId || pull.headRepositoryId === repositoryId) && isOpen(view, pull),
  );
}

/** Whether the head is in another repository than the base, as a fork's is. */
export function isCrossRepository({ repositoryId, headRepositoryId }: PullRequest): boolean {
  return repositoryId !== headRepositoryId;
}
