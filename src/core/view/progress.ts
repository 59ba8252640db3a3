import { nodeOf } from '../graph/node.js';
import { landingReasons } from '../landing/landing-reasons.js';
import { type Choice, chooseMethod } from '../landing/method.js';
import { isStuck } from '../landing/next.js';
import { type Slot, slotOf } from '../landing/slot.js';
import { type Member, isOver } from '../membership/member.js';
import { type Readable, valueOr } from '../model/index.js';
import type { GateReason, LandingReason, Reason } from '../reasons/reason.js';
import { type State, stateOf } from '../state/state.js';
import type { View } from './view.js';

/** How one member stands. */
export interface Standing {
  readonly member: Member;
  /** Its place in the merge order, from 1. */
  readonly position: number;
  readonly gate: readonly GateReason[];
  readonly landing: readonly LandingReason[];
  readonly state: State;
  /** What explains the state. */
  readonly because: readonly Reason[];
}

export type Phase = 'ready for execution' | 'in progress' | 'landing' | 'complete' | 'cancelled';

/** How a whole deployment stands. */
export interface Progress {
  /** In merge order. */
  readonly standings: readonly Standing[];
  readonly phase: Phase;
  readonly slot: Slot | null;
  readonly method: Readable<Choice>;
}

/** How the deployment of a view stands. */
export function progressOf(view: View): Progress {
  const { settings } = view.config;
  const { snapshot, now } = view;
  const home = snapshot.repository.name;
  const judged = view.members.map((member) => ({
    member,
    gate: view.gateReasons(nodeOf(member.number, home, home)),
    landing: landingReasons(member, { snapshot, settings, now }),
  }));
  const slot = slotOf(view.members, settings, now);
  const holder = judged.find(({ member }) => member === slot?.member);
  const landing =
    holder !== undefined &&
    !isStuck(holder.member, { gateOf: () => holder.gate, landingOf: () => holder.landing })
      ? holder.member
      : null;
  const standings = judged.map((each, index) => ({
    ...each,
    position: index + 1,
    ...stateOf({ ...each, isLanding: each.member === landing, settings, now }),
  }));
  return {
    standings,
    phase: phaseOf(standings),
    slot: landing === null ? null : slot,
    method: methodOf(view),
  };
}

function methodOf(view: View): Readable<Choice> {
  const { base, repository } = view.snapshot;
  if (base.kind === 'unreadable') return base;
  if (base.value.rules.kind === 'unreadable') return base.value.rules;
  const choice = chooseMethod(view.config.settings, base.value.rules.value, repository, view.baseBranch);
  return { kind: 'read', value: choice };
}

function phaseOf(standings: readonly Standing[]): Phase {
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
