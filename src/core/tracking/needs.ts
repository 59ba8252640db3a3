import { MAX_RACES } from '../landing/races.js';
import { isOver } from '../membership/member.js';
import { valueOr } from '../model/index.js';
import type { Reason } from '../reasons/reason.js';
import { wayOut } from '../reasons/words.js';
import { codeSpan } from '../text/code.js';
import { commandSpan } from '../text/command.js';
import { neutralise } from '../text/escape.js';
import { lostWork } from '../view/lost-work.js';
import type { Progress, MemberStanding } from '../view/progress.js';
import type { View } from '../view/view.js';
import { noLanding, troubles } from './for-all.js';
import { type Need, issueNeeds } from './issue-needs.js';
import { queueNeeds } from './merge-queue.js';
import { createKeptNeeds } from './kept-needs.js';
import { MAX_PROSE, fromLowest, reasonText } from './phrases.js';

/** A need and the issues that it is about; none if it is about the whole deployment. */
export interface NeedOf extends Need {
  readonly issues: readonly number[];
}

/** Everything that waits for a person: first what is about the whole deployment, then by issue in merge order. */
export function needsOf(view: View, progress: Progress): readonly NeedOf[] {
  const open = progress.standings.filter(({ member }) => !isOver(member));
  const { prefix } = view.config.settings.commands;
  const keptNeeds = createKeptNeeds(view.graph, prefix);
  const known = new Map<string, { what: string; way: string; issues: number[] }>();
  for (const standing of open) {
    const { member } = standing;
    const needs = [
      ...reasonNeeds(standing, prefix),
      ...raceNeeds(standing, view.baseBranch),
      ...issueNeeds(member, view.refs, prefix),
      ...keptNeeds(member),
      ...queueNeeds(standing),
    ];
    for (const need of needs) {
      const key = `${need.what}\n${need.way}`;
      const same = known.get(key);
      if (same === undefined) known.set(key, { ...need, issues: [member.number] });
      else if (!same.issues.includes(member.number)) same.issues.push(member.number);
    }
  }
  return [...deploymentNeeds(view, progress), ...lost(view), ...undecided(view), ...known.values()];
}

function deploymentNeeds(view: View, progress: Progress): readonly NeedOf[] {
  const forAll = (need: Need): NeedOf => ({ ...need, issues: [] });
  const needs = troubles(view).map(forAll);
  if (!progress.standings.some(({ member }) => !isOver(member))) return needs;
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

function reasonNeeds(standing: MemberStanding, prefix: string): readonly Need[] {
  return [...standing.gate, ...standing.landing]
    .filter((reason) => isForPeople(reason, standing))
    .map((reason) => (reason.kind === 'cycle' ? { ...reason, path: fromLowest(reason.path) } : reason))
    .map((reason) => needOf(reason, prefix));
}

/** The base moves too often for one that has to be tested on it. */
function raceNeeds({ lostRaces }: MemberStanding, base: string): readonly Need[] {
  if (lostRaces < MAX_RACES) return [];
  return [
    {
      what: `Brought up to date again and again, and ${codeSpan(base)} moved ${lostRaces} times before it could land.`,
      way: `It is tried after all others now. An admin turns on a merge queue for ${codeSpan(base)}, which tests what waits together; or hold what else goes in there until it has landed.`,
    },
  ];
}

function needOf(reason: Reason, prefix: string): Need {
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
