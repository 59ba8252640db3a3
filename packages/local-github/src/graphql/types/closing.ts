import { issueOf } from '../../domain/pulls/find.js';
import { closedNumbers } from '../../domain/refs/keywords.js';
import { fullName } from '../../present/urls.js';
import type { Issue, PullRequest } from '../../state/model.js';
import type { View } from '../../world.js';

/**
 * The issues that a pull request closes when it merges: those that its body names with a keyword, and only where its
 * base is the default branch
 * (https://docs.github.com/en/issues/tracking-your-work-with-issues/using-issues/linking-a-pull-request-to-an-issue).
 */
export function closingReferences(view: View, pull: PullRequest): Issue[] {
  const repository = view.state.repositories[pull.repositoryId];
  if (repository === undefined || pull.baseRef !== repository.defaultBranch) return [];
  const body = issueOf(view, pull).body ?? '';
  return closedNumbers(body, fullName(view, repository.id)).flatMap((number) => {
    const issue = view.state.issues[repository.numbers[number] ?? -1];
    return issue?.pullId === null ? [issue] : [];
  });
}
