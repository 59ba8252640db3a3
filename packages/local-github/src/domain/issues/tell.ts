import type { Id, Issue, Label } from '../../state/model.js';
import type { Write } from '../context.js';
import type { Changes } from '../events.js';

/** The actions that issues and pull requests have in common. */
type Action =
  | 'edited'
  | 'closed'
  | 'reopened'
  | 'labeled'
  | 'unlabeled'
  | 'assigned'
  | 'unassigned'
  | 'locked'
  | 'unlocked';

/** Emits the event of an issue, or of the pull request that the row belongs to. */
export function tell(
  write: Write,
  issue: Pick<Issue, 'id' | 'pullId' | 'repositoryId'>,
  action: Action,
  more: { readonly label?: Label; readonly assigneeId?: Id; readonly changes?: Changes } = {},
): void {
  const { id: issueId, pullId } = issue;
  if (pullId === null) write.emit(issue.repositoryId, { name: 'issues', action, issueId, ...more });
  else write.emit(issue.repositoryId, { name: 'pull_request', action, pullId, ...more });
}
