import type { Reason } from '../reasons/reason.js';
import { wayOut } from '../reasons/words.js';
import { neutralise } from '../text/escape.js';
import type { MemberStanding } from '../view/progress.js';
import type { Need } from './issue-needs.js';
import { causeOf } from './need-causes.js';
import { MAX_PROSE, fromLowest, reasonText } from './phrases.js';

/** The reasons for which a member may not go on and about which somebody has to do something. */
export function reasonNeeds(standing: MemberStanding, prefix: string): readonly Need[] {
  return [...standing.gate, ...standing.landing]
    .filter((reason) => isForPeople(reason, standing))
    .map((reason) => (reason.kind === 'cycle' ? { ...reason, path: fromLowest(reason.path) } : reason))
    .map((reason) => {
      const cause = causeOf(reason, standing.member);
      return { ...needOf(reason, prefix), ...(cause !== null && { cause }) };
    });
}

/** What is so, and what unblocks it. */
export function needOf(reason: Reason, prefix: string): Need {
  return {
    what: `${reasonText(reason, MAX_PROSE)}.`,
    way: wayOut(reason, prefix).map(neutralise).join(' '),
  };
}

/** Whether somebody has to do something about a reason now. The others pass by themselves, or come later. */
function isForPeople(reason: Reason, { member, state }: MemberStanding): boolean {
  switch (reason.kind) {
    case 'issue gone':
    case 'dependency closed':
    case 'dependency unreadable':
    case 'dependencies unread':
    case 'cycle':
    case 'hold':
    case 'frozen':
    case 'approval unread':
    case 'other base':
    case 'files unread':
    case 'conflict':
    case 'failing checks':
    case 'base failing':
    case 'override would end':
    case 'update refused':
    case 'unread':
      return true;
    case 'approvals':
    case 'changes requested':
      return member.pull?.draft === false;
    case 'checks not started':
    case 'checks missing':
      return reason.overdue && state !== 'ready to start' && state !== 'not started';
    case 'left queue':
      return reason.reason !== 'merged';
    case 'not asked':
      return state === 'approved';
    case 'config invalid':
    case 'waits':
    case 'needs update':
    case 'sharer landing':
    case 'not started':
    case 'draft':
    case 'task file':
    case 'pending checks':
    case 'settling':
    case 'unknown mergeability':
      return false;
  }
}
