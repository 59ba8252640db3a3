import type { Override } from '../gate/override.js';
import { landingReasons } from '../landing/landing-reasons.js';
import { type Choice, chooseMethod } from '../landing/method.js';
import { type NextInput, type Step, isStuck, nextStep } from '../landing/next.js';
import { type Slot, slotOf, wasTriedInVain } from '../landing/slot.js';
import { type Member, isOver } from '../membership/member.js';
import { type Readable, valueOr } from '../model/index.js';
import type { GateReasons } from '../reasons/gate-reasons.js';
import { type Phrases, createPhrases } from '../reasons/tree.js';
import type { GateReason, LandingReason, Reason } from '../reasons/reason.js';
import { type State, stateOf } from '../state/state.js';
import { leftByOverride, overridesOf } from './overrides.js';
import { type View, isWhole, nodeOfMember } from './view.js';

/** How one member stands. */
export interface MemberStanding {
  readonly member: Member;
  /** Its place in the merge order, from 1. */
  readonly position: number;
  /** What keeps it from landing in order; of an overridden head only what an override leaves. */
  readonly gate: readonly GateReason[];
  readonly override: Override | null;
  readonly landing: readonly LandingReason[];
  readonly state: State;
  /** What explains the state. */
  readonly because: readonly Reason[];
}

export type Phase = 'ready for execution' | 'in progress' | 'landing' | 'complete' | 'cancelled';

/** How a whole deployment stands. */
export interface Progress {
  /** In merge order. */
  readonly standings: readonly MemberStanding[];
  readonly phase: Phase;
  /** Who is being updated, tested or merged now. */
  readonly slot: Slot | null;
  readonly method: Readable<Choice>;
  readonly step: Step;
  /** The gates as they have to be: while something lands, its sharers wait. */
  readonly gateReasons: GateReasons;
  /** What is said of each reason, worked out once. */
  readonly phrases: Phrases;
}

/** How the deployment of a view stands, and what lands next. */
export function progressOf(view: View): Progress {
  const { settings } = view.config;
  const { snapshot, now } = view;
  const before = view.gateReasons(null);
  const method = methodOf(view);
  const overrides = overridesOf(view.members, settings);
  const gateWith = (reasons: GateReasons, member: Member) =>
    overrides.has(member) ? leftByOverride(reasons(nodeOfMember(member))) : reasons(nodeOfMember(member));
  const judged = new Map(
    view.members.map((member) => {
      const gate = gateWith(before, member);
      const isCleared = gate.length < before(nodeOfMember(member)).length;
      const landing = landingReasons(member, { snapshot, settings, now });
      return [member, { gate, landing: isCleared ? [...landing, ...keepsHead(member, method)] : landing }];
    }),
  );
  const lookups = {
    gateOf: (member: Member) => judged.get(member)?.gate ?? [],
    landingOf: (member: Member) => judged.get(member)?.landing ?? [],
    refused: (member: Member) =>
      view.refusals.some(({ of }) => of?.kind === 'landing' && of.attempt.pull === member.pull?.number),
  };
  const slot = slotOf(view.members, settings, now, (member) => isStuck(member, lookups));
  const step = stepOf(view, slot, method, lookups);
  const landing = step.kind === 'none' ? (slot?.member ?? null) : step.member;
  const gateReasons = landing === null ? before : view.gateReasons(nodeOfMember(landing));
  const standings = view.members.map((member, index): MemberStanding => {
    const gate = gateWith(gateReasons, member);
    const reasons = lookups.landingOf(member);
    const isLanding = member === landing;
    const { state, because } = stateOf({ member, gate, landing: reasons, isLanding, settings, now });
    const override = overrides.get(member) ?? null;
    return { member, position: index + 1, gate, override, landing: reasons, state, because };
  });
  return { standings, phase: phaseOf(standings), slot, method, step, gateReasons, phrases: createPhrases() };
}

/** Nothing lands on a snapshot with a part missing, on a config that is not valid, or by a method that is not known. */
function stepOf(
  view: View,
  slot: Slot | null,
  method: Readable<Choice>,
  lookups: Pick<NextInput, 'gateOf' | 'landingOf' | 'refused'>,
): Step {
  if (!isWhole(view.snapshot) || view.config.kind !== 'valid') return { kind: 'none' };
  if (method.kind === 'unreadable') return { kind: 'none' };
  if (method.value.kind !== 'chosen') return { kind: 'none' };
  const { snapshot, config, now } = view;
  const base = valueOr(snapshot.base, null)?.sha ?? '';
  const inVain = (member: Member) => wasTriedInVain(member, base, config.settings, now);
  return nextStep({ members: view.members, slot, method: method.value.method, inVain, ...lookups });
}

/** A new head would close the gate again, so that one is not brought up to date: it lands as it is or by hand. */
function keepsHead({ pull }: Member, method: Readable<Choice>): readonly LandingReason[] {
  const isFastForward =
    method.kind === 'read' && method.value.kind === 'chosen' && method.value.method === 'fast-forward';
  const detail = pull === null ? null : valueOr(pull.detail, null);
  return isFastForward && detail !== null && detail.behindBy > 0 ? [{ kind: 'override would end' }] : [];
}

function methodOf(view: View): Readable<Choice> {
  const { base, repository } = view.snapshot;
  const { baseBranch, noFastForward, config } = view;
  if (base.kind === 'unreadable') return base;
  if (base.value.rules.kind === 'unreadable') return base.value.rules;
  const rules = base.value.rules.value;
  const choice = chooseMethod(config.settings, rules, repository, baseBranch, noFastForward);
  return { kind: 'read', value: choice };
}

function phaseOf(standings: readonly MemberStanding[]): Phase {
  const members = standings.map((standing) => standing.member);
  if (members.length > 0 && members.every(isOver)) {
    return members.every((member) => member.outcome.kind === 'cancelled') ? 'cancelled' : 'complete';
  }
  if (standings.some(({ state }) => state === 'landing' || state === 'merged')) return 'landing';
  const idle = ['provisioning', 'ready to start', 'not started', 'cancelled', 'done elsewhere'];
  return standings.every(({ state }) => idle.includes(state)) ? 'ready for execution' : 'in progress';
}

/** The last push of a member, as far as GitHub says. */
export function pushedAt(member: Member): number | null {
  return member.pull === null ? null : (valueOr(member.pull.detail, null)?.pushedAt ?? null);
}
