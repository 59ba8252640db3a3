import type { Action } from '../actions/action.js';
import { fallsBack } from '../landing/method.js';
import type { Step } from '../landing/next.js';
import { type Attempt, attemptOf } from '../landing/refused.js';
import { valueOr } from '../model/index.js';
import { titleOf } from '../names/members.js';
import type { Progress } from '../view/progress.js';
import type { View } from '../view/view.js';
import { type Group, group } from './group.js';
import { updateOf } from './update-branch.js';

/** The landing of a plan, for whoever has to remember that GitHub refused it. */
export interface PlannedLanding {
  /** What its group is for. */
  readonly about: string;
  readonly attempt: Attempt;
  /** The commit of the base that it rests on. */
  readonly base: string;
  /** True if another method takes over where GitHub refuses the fast-forward. */
  readonly fallsBack: boolean;
}

/**
 * The one step of landing. Its gates go first: that of the head records the landing, those of its sharers wait. If they
 * cannot be written, nothing lands.
 */
export function planLanding(view: View, { step }: Progress, gates: readonly Action[]): readonly Group[] {
  if (step.kind === 'none') return [];
  const move = moveOf(step, view);
  if (move === null) return [];
  return group(aboutOf(step, move), [...gates, move]);
}

/** What the one step of landing rests on; null if nothing lands. */
export function plannedLanding(view: View, { step }: Progress): PlannedLanding | null {
  const { repository } = view.snapshot;
  const base = valueOr(view.snapshot.base, null);
  const rules = base === null ? null : valueOr(base.rules, null);
  if (step.kind === 'none' || base === null || rules === null) return null;
  const { settings } = view.config;
  const noFastForward = view.noFastForward !== null;
  const attempt = attemptOf(step.member, { settings, repository, rules, noFastForward }, view.now);
  if (attempt === null) return null;
  const move = moveOf(step, view);
  const falls = fallsBack(settings, rules, repository);
  return { about: aboutOf(step, move), attempt, base: base.sha, fallsBack: falls };
}

/** What is refused by one method is tried by another in the same run, so its name says by which. */
function aboutOf({ member, method }: Exclude<Step, { kind: 'none' }>, move: Action | null): string {
  if (move?.kind === 'update branch') return `update of #${member.number} to land, by ${move.method}`;
  return `landing of #${member.number} by ${method}`;
}

function moveOf(step: Exclude<Step, { kind: 'none' }>, view: View): Action | null {
  const { member, method } = step;
  const { base } = view.snapshot;
  if (member.pull === null || base.kind === 'unreadable') return null;
  if (step.kind === 'update') return updateOf(member.pull, view);
  const pull = { id: member.pull.id, number: member.pull.number };
  const { sha } = member.pull.head;
  // What goes through a merge queue is not merged by the app.
  if (method === 'queue') return null;
  if (method === 'fast-forward') {
    return { kind: 'fast-forward', pull, branch: base.value.branch, before: base.value.sha, after: sha };
  }
  const title = titleOf(view.config.settings, member.issue, view.baseBranch);
  return {
    kind: 'merge',
    pull,
    head: sha,
    base: member.pull.base,
    method,
    title: `${title} (#${pull.number})`,
  };
}
