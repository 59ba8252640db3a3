import type { Closer, Id } from '../../state/model.js';
import { type Write, row } from '../context.js';
import { closeIssueInside } from '../issues/close.js';
import { closedNumbers } from './keywords.js';

/** Closes the open issues of the same repository that a text names with a closing keyword. */
export function closeByKeywords(write: Write, repositoryId: Id, text: string, closer: Closer): void {
  const repository = row(write.state.repositories, repositoryId);
  const owner = row(write.state.accounts, repository.ownerId);
  for (const number of closedNumbers(text, `${owner.login}/${repository.name}`)) {
    const issue = write.state.issues[repository.numbers[number] ?? -1];
    if (issue !== undefined && issue.pullId === null && issue.state === 'open') {
      closeIssueInside(write, issue.id, { reason: 'completed', closer });
    }
  }
}
