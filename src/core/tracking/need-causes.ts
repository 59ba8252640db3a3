import type { Member } from '../membership/member.js';
import type { Reason } from '../reasons/reason.js';
import { fromLowest } from './phrases.js';

/**
 * The cause of the comment that says a reason on the pull request, once for each; null where no comment does: it is said
 * elsewhere, somebody has just done it on purpose, it is about more than this pull request, or it passes by itself.
 */
export function causeOf(reason: Reason, { pull }: Member): string | null {
  if (pull === null) return null;
  const ofHead = (what: string) => `needs-${what}-${pull.head.sha}`;
  switch (reason.kind) {
    case 'dependency closed':
      return `needs-closed-${reason.node}`;
    case 'dependency unreadable':
      return `needs-unreadable-${reason.node}`;
    case 'cycle':
      return `needs-cycle-${fromLowest(reason.path).slice(0, MAX_NODES).join('-')}`;
    case 'issue gone':
      return `needs-issue-${reason.issue}`;
    case 'other base':
      return `needs-base-${reason.branch}`;
    // A draft does not land yet, and its checks are its subagent's own matter.
    case 'override would end':
      return pull.draft ? null : ofHead('override');
    case 'failing checks':
      return pull.draft ? null : ofHead('checks');
    case 'checks not started':
    case 'checks missing':
      return pull.draft || !reason.overdue ? null : ofHead('ci');
    case 'left queue':
      return ofHead('queue');
    // GitHub itself, or the request to the subagent, says these.
    case 'approvals':
    case 'changes requested':
    case 'conflict':
    case 'update refused':
    // Somebody did these on purpose.
    case 'not asked':
    case 'hold':
    case 'frozen':
    case 'draft':
    case 'not started':
    // A comment on every pull request would be too many: one is made of the base.
    case 'base failing':
    case 'config invalid':
    // What could not be read is read again; the rest passes as well.
    case 'dependencies unread':
    case 'approval unread':
    case 'files unread':
    case 'unread':
    case 'waits':
    case 'needs update':
    case 'sharer landing':
    case 'task file':
    case 'pending checks':
    case 'settling':
    case 'unknown mergeability':
      return null;
  }
}

/** Of a cycle so many issues name it. */
const MAX_NODES = 20;
