import type { Action } from '../actions/action.js';
import { type Member, isOver } from '../membership/member.js';
import type { View } from '../view/view.js';

/** GitHub allows so many pinned issues in a repository. */
const PINS = 3;

/** Small things that nothing rests on and that GitHub may leave undone: approvers assigned, the tracking issue pinned. */
export function planErrands(view: View): readonly Action[] {
  return [...assign(view), ...pin(view)];
}

function assign({ members }: View): readonly Action[] {
  const pulls = members
    .filter(isToBeAssigned)
    .flatMap(({ pull, approval }) =>
      pull !== null && approval.kind === 'given'
        ? [{ id: pull.id, number: pull.number, login: approval.by }]
        : [],
    );
  return pulls.length === 0 ? [] : [{ kind: 'assign', pulls }];
}

function pin({ tracker, members, snapshot }: View): readonly Action[] {
  const isLive = members.some((member) => !isOver(member));
  if (tracker === null || !isLive || tracker.pinned || snapshot.repository.pinned >= PINS) return [];
  return [{ kind: 'pin', issue: tracker.id, number: tracker.number }];
}

/** The approver is assigned once; who was taken off is not put on again. */
function isToBeAssigned({ pull, approval, outcome }: Member): boolean {
  if (outcome.kind !== 'open' || approval.kind !== 'given' || pull?.state !== 'open') return false;
  if (pull.author?.kind !== 'me' || approval.by.endsWith('[bot]')) return false;
  return pull.detail.kind === 'read' && !pull.detail.value.everAssigned && pull.assignees.length === 0;
}
