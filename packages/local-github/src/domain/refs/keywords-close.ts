import { holds } from '../../access/access.js';
import type { Closer, Id } from '../../state/model.js';
import { type Write, row } from '../context.js';
import { closeIssueInside } from '../issues/close.js';
import { closedNumbers } from './keywords.js';

/**
 * Closes the open issues of the same repository that a text names with a closing keyword. An app without `issues: write`
 * closes none by merging or pushing, and nothing says so (seen by ebibibi/ebi-agent-chat-relay#743).
 */
export function closeByKeywords(write: Write, repositoryId: Id, text: string, closer: Closer): void {
  const app = Object.values(write.state.apps).find(({ botId }) => botId === write.actorId);
  if (app !== undefined && !holds(app.permissions, { issues: 'write' })) return;
  const repository = row(write.state.repositories, repositoryId);
  const owner = row(write.state.accounts, repository.ownerId);
  for (const number of closedNumbers(text, `${owner.login}/${repository.name}`)) {
    const issue = write.state.issues[repository.numbers[number] ?? -1];
    if (issue !== undefined && issue.pullId === null && issue.state === 'open') {
      closeIssueInside(write, issue.id, { reason: 'completed', closer });
    }
  }
}
