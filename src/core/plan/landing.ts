import type { Action } from '../actions/action.js';
import type { Step } from '../landing/next.js';
import { titleOf } from '../names/members.js';
import type { Progress } from '../view/progress.js';
import type { View } from '../view/view.js';
import { type Group, group } from './group.js';
import { updateOf } from './update-branch.js';

/**
 * The one step of landing. Its gates go first: that of the head records the landing, those of its sharers wait. If they
 * cannot be written, nothing lands.
 */
export function planLanding(view: View, { step }: Progress, gates: readonly Action[]): readonly Group[] {
  if (step.kind === 'none') return [];
  const move = moveOf(step, view);
  if (move === null) return [];
  return group(`landing of #${step.member.number}`, [...gates, move]);
}

function moveOf(step: Exclude<Step, { kind: 'none' }>, view: View): Action | null {
  const { member, method } = step;
  const { base } = view.snapshot;
  if (member.pull === null || base.kind === 'unreadable') return null;
  if (step.kind === 'update') return updateOf(member.pull, view);
  const pull = { id: member.pull.id, number: member.pull.number };
  const { sha } = member.pull.head;
  if (method === 'fast-forward') {
    return { kind: 'fast-forward', pull, branch: base.value.branch, before: base.value.sha, after: sha };
  }
  const title = titleOf(view.config.settings, member.issue, view.baseBranch);
  return { kind: 'merge', pull, head: sha, method, title: `${title} (#${pull.number})` };
}
