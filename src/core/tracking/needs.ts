import { isOver } from '../membership/member.js';
import { valueOr } from '../model/index.js';
import { codeSpan } from '../text/code.js';
import { commandSpan } from '../text/command.js';
import { lostWork } from '../view/lost-work.js';
import type { Progress } from '../view/progress.js';
import type { View } from '../view/view.js';
import { noLanding, troubles, untoldNeeds } from './for-all.js';
import type { Need } from './issue-needs.js';
import { createMemberNeeds } from './member-needs.js';
import { MAX_PROSE, reasonText } from './phrases.js';
import { needOf } from './reason-needs.js';

/** A need and the issues that it is about; none if it is about the whole deployment. */
export interface NeedOf extends Omit<Need, 'cause'> {
  readonly issues: readonly number[];
}

/** Everything that waits for a person: first what is about the whole deployment, then by issue in merge order. */
export function needsOf(view: View, progress: Progress): readonly NeedOf[] {
  const open = progress.standings.filter(({ member }) => !isOver(member));
  const needsOfMember = createMemberNeeds(view);
  const known = new Map<string, { what: string; way: string; issues: number[] }>();
  for (const standing of open) {
    const { member } = standing;
    for (const { what, way } of needsOfMember(standing)) {
      const key = `${what}\n${way}`;
      const same = known.get(key);
      if (same === undefined) known.set(key, { what, way, issues: [member.number] });
      else if (same.issues.at(-1) !== member.number) same.issues.push(member.number);
    }
  }
  return [...deploymentNeeds(view, progress), ...lost(view), ...undecided(view), ...known.values()];
}

function deploymentNeeds(view: View, progress: Progress): readonly NeedOf[] {
  const forAll = (need: Need): NeedOf => ({ ...need, issues: [] });
  const needs = troubles(view).map(forAll);
  if (!progress.standings.some(({ member }) => !isOver(member))) {
    return [...needs, ...untoldNeeds(view).map(forAll)];
  }
  needs.push(...noLanding(progress).map(forAll));
  const base = valueOr(view.snapshot.base, null);
  const rules = base === null ? null : valueOr(base.rules, null);
  const gate = view.config.settings.gate.name;
  if (rules !== null && !rules.requiredChecks.includes(gate)) {
    needs.push({
      what: `The check ${codeSpan(gate)} is not required on ${codeSpan(view.baseBranch)}, so people can merge out of order.`,
      way: `An admin requires it in the [rules of the repository](../settings/rules): *Require status checks to pass*, ${codeSpan(gate)}, with this app as its source.`,
      issues: [],
    });
  }
  return needs;
}

/** Work of the deployment that is left without its issue. */
function lost(view: View): readonly NeedOf[] {
  const { prefix } = view.config.settings.commands;
  return lostWork(view).map((reason) => ({ ...needOf(reason, prefix), issues: [] }));
}

/** Labelled issues of which nobody can tell now whether they are to be deployed. */
function undecided(view: View): readonly NeedOf[] {
  const way = `It is read again at the next change, or after ${commandSpan(view.config.settings.commands.prefix, 'refresh')}.`;
  return view.judged
    .filter((member) => !isOver(member) && member.approval.kind === 'unread')
    .sort((a, b) => a.number - b.number)
    .flatMap(({ approval, number }) => {
      if (approval.kind !== 'unread') return [];
      const what = reasonText({ kind: 'approval unread', why: approval.why }, MAX_PROSE);
      return [{ what: `${what}.`, way, issues: [number] }];
    });
}
