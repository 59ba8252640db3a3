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
