import type { Access } from '../../access/access.js';
import type { Issue, Role } from '../../state/model.js';

/**
 * What writing on an issue or pull request needs: the role for people, and for an app the write permission of the kind.
 * An app with `issues: write` alone is refused on a pull request, as GitHub was seen to do for comments.
 */
export function writing(issue: Pick<Issue, 'pullId'>, role: Role, own = false): Access {
  return { role, own, app: [issue.pullId === null ? { issues: 'write' } : { pull_requests: 'write' }] };
}
