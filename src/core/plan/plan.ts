import type { Click, Snapshot, Time } from '../model/index.js';
import type { Digest } from '../names/labels.js';
import { isOver } from '../membership/member.js';
import { type Progress, progressOf } from '../view/progress.js';
import { configInForce } from '../view/config-in-force.js';
import { type Refusal, type View, isWhole, viewOf } from '../view/view.js';
import { planClicks } from './clicks.js';
import { planCommands } from './commands.js';
import { nextCrossing } from './crossings.js';
import { planConfigChecks } from './config-checks.js';
import { planConflicts } from './conflicts.js';
import { planEnds } from './ends.js';
import { planErrands } from './errands.js';
import { planGates } from './gates.js';
import { type Group, allowed, together } from './group.js';
import { planInstall } from './install.js';
import { planLabels } from './labels.js';
import { type PlannedLanding, planLanding, plannedLanding } from './landing.js';
import { planMergeGroups } from './merge-groups.js';
import { planNeeds } from './needs.js';
import { planProvisioning } from './provisioning.js';
import { planEntering, planLeaving } from './queue.js';
import { planSync } from './syncs.js';
import { planTold } from './told.js';
import { planTracker } from './tracker.js';
import { stillWanted, withoutResting } from './words.js';

/** What would make GitHub agree with what should be. */
export interface Plan {
  /** Changes of homes: commands, clicks, and labels that are put back. The snapshot is read again after them. */
  readonly homes: readonly Group[];
  /** Everything else, in order; empty while `homes` is not. */
  readonly rest: readonly Group[];
  /** The landing among the rest; null if there is none. */
  readonly landing: PlannedLanding | null;
  /** What of the refusals still holds, for people, and is still asked for. */
  readonly refusals: readonly Refusal[];
  /** Clicks that could not be judged yet. */
  readonly clicksLeft: readonly Click[];
  /** Logins whose roles GitHub has to be asked for before this plan is complete. */
  readonly askRoles: readonly string[];
  /** Issue numbers that have to be looked up before this plan is complete. */
  readonly askNumbers: readonly number[];
  /** Issues and pull requests whose own comments have to be looked through before this plan is complete. */
  readonly askSaid: readonly number[];
  /** Whether there is work that a sweep must not lose sight of. */
  readonly openWork: boolean;
  /** When something changes by the passing of time alone; null if nothing will. */
  readonly lookAt: Time | null;
}

export interface PlanInput {
  readonly snapshot: Snapshot;
  readonly now: Time;
  readonly digest: Digest;
  readonly appVersion: string;
  /** What GitHub refused: in the last run, and of landings and comments since it began to refuse them. */
  readonly refusals: readonly Refusal[];
  /** Groups that GitHub has refused in this run: not tried again, and no reason for the rest to wait. */
  readonly refused: ReadonlySet<string>;
  /** Clicks on the app's check runs that were not dealt with yet. */
  readonly clicks?: readonly Click[];
}

const NOTHING = {
  homes: [],
  rest: [],
  landing: null,
  askRoles: [],
  askNumbers: [],
  askSaid: [],
  openWork: true,
  lookAt: null,
} satisfies Omit<Plan, 'clicksLeft' | 'refusals'>;

/**
 * The plan for one snapshot. Pure: equal input, equal plan. A config that cannot be read plans nothing: everything stays
 * as it is until it can.
 */
export function plan(input: PlanInput): Plan {
  const { snapshot, now, digest, appVersion, refusals, refused, clicks = [] } = input;
  const config = configInForce(snapshot);
  if (config === null) return { ...NOTHING, refusals, clicksLeft: clicks };
  const view = viewOf(snapshot, config, now, digest, refusals);
  const progress = progressOf(view);
  const whole = isWhole(snapshot);
  const commands = planCommands(view, progress);
  const open = (groups: readonly Group[]) =>
    allowed(groups, whole).filter(({ about }) => !refused.has(about));
  // What commands do may change what a click means: it is judged on the snapshot after them. One that GitHub refuses, as
  // in a locked conversation, is planned in every run: a click that waited for it would never be judged.
  const isCommanded = open(commands.groups).length > 0;
  const clicked = isCommanded ? { groups: [], left: clicks } : planClicks(view, progress, clicks);
  const commanded = commands.groups.flatMap(({ actions }) => actions);
  const homes = open([...commands.groups, ...clicked.groups, ...planLabels(view, commanded)]);
  const wanted =
    homes.length > 0
      ? []
      : [...planInstall(view), ...planConfigChecks(view), ...planActive(view, progress, appVersion)];
  const isWanted = homes.length === 0 && whole;
  return {
    homes,
    rest: open(withoutResting(wanted, view)),
    landing: homes.length > 0 ? null : plannedLanding(view, progress),
    refusals: isWanted ? stillWanted(view.refusals, wanted) : view.refusals,
    clicksLeft: clicked.left,
    askRoles: view.book.missing(),
    askNumbers: [...new Set([...commands.askNumbers, ...numbersToWrite(view)])],
    askSaid: view.said.missing(),
    openWork: view.tracker !== null || view.members.some((member) => !isOver(member)) || homes.length > 0,
    lookAt: nextCrossing(view, progress),
  };
}

/** What comes first is what the rest refers to: the tracking issue, then the work, its gates, what lands, the picture. */
function planActive(view: View, progress: Progress, appVersion: string): readonly Group[] {
  if (!isActive(view)) return [];
  const tracker = planTracker(view, progress, appVersion);
  const gates = planGates(view, progress);
  return [
    ...tracker.before,
    ...planProvisioning(view),
    ...planLeaving(progress),
    ...together('gates', [...gates.others, ...planMergeGroups(view, progress), ...planErrands(view)]),
    ...together('conflicts', planConflicts(view)),
    ...planLanding(view, progress, gates.ofLanding),
    ...planEntering(view, progress),
    ...planEnds(view),
    ...tracker.after,
    ...together('needs', planNeeds(view, progress)),
    ...together('stakeholders', planTold(view, progress)),
    ...planSync(view, progress),
  ];
}

/**
 * While a repository shows no sign of wanting the app, nothing is written there: no deploy-labelled issue, no tracking
 * issue, no config file of its own, no rule that asks for the gate.
 */
function isActive(view: View): boolean {
  const { snapshot, config } = view;
  const rules = snapshot.base.kind === 'read' ? snapshot.base.value.rules : null;
  return (
    view.judged.length > 0 ||
    view.tracker !== null ||
    (snapshot.config.kind === 'read' && snapshot.config.value !== null && snapshot.configFrom === null) ||
    (rules?.kind === 'read' && rules.value.requiredChecks.includes(config.settings.gate.name))
  );
}

function numbersToWrite(view: View): readonly number[] {
  const known = new Set(view.judged.map((member) => member.number));
  return view.graph.toWrite
    .map(({ ref }) => ref.number)
    .filter((number) => !known.has(number) && view.snapshot.named[number] === undefined);
}
