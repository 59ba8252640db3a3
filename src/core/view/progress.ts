import type { Override } from '../gate/override.js';
import { landingReasons } from '../landing/landing-reasons.js';
import { type Choice, type Method, chooseMethod } from '../landing/method.js';
import { isOutdated, needsUpdate } from '../landing/needs-update.js';
import {
  type Last,
  type NextInput,
  type Step,
  isAwaited,
  isStuck,
  lastBecause,
  nextStep,
} from '../landing/next.js';
import { type QueueMoves, leftQueueReasons, placeOf, queueMoves, stepBesideQueue } from '../landing/queue.js';
import { MAX_RACES, lostRaces } from '../landing/races.js';
import { type Slot, slotOf, wasTriedInVain } from '../landing/slot.js';
import { type Member, isOver } from '../membership/member.js';
import { type Readable, valueOr } from '../model/index.js';
import type { GateReasons } from '../reasons/gate-reasons.js';
import { type Phrases, createPhrases } from '../reasons/tree.js';
import type { GateReason, LandingReason, Reason } from '../reasons/reason.js';
import { type State, stateOf } from '../state/state.js';
import { mergeAskedAt } from './merge-asked.js';
import { leftByOverride, overridesOf } from './overrides.js';
import { refusedAttempt, rests } from './retries.js';
import { type UpdateTerms, updateReasons, updateTerms } from './update-terms.js';
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
  /** How often the base moved before it could land, with the same work. */
  readonly lostRaces: number;
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
  /** Who would have the slot, but for the review that is still to come. */
  readonly awaited: Slot | null;
  readonly method: Readable<Choice>;
  readonly step: Step;
  /** Why a member comes after all others; null if it comes in its turn. */
  readonly last: (member: Member) => Last | null;
  /** What the app does with the base's merge queue. */
  readonly queue: QueueMoves;
  /** The gates as they have to be: while something lands, its sharers wait. */
  readonly gateReasons: GateReasons;
  /** What is said of each reason, worked out once. */
  readonly phrases: Phrases;
}

/** How the deployment of a view stands, and what lands next. */
export function progressOf(view: View): Progress {
  const { settings } = view.config;
  const { snapshot, now } = view;
  const base = valueOr(snapshot.base, null)?.sha ?? '';
  const before = view.gateReasons(null);
  const method = methodOf(view);
  const terms = updateTerms(view, chosenOf(method));
  const overrides = overridesOf(view.members, settings);
  const gateWith = (reasons: GateReasons, member: Member) =>
    overrides.has(member) ? leftByOverride(reasons(nodeOfMember(member))) : reasons(nodeOfMember(member));
  const isByQueue = chosenOf(method) === 'queue';
  const judged = new Map(
    view.members.map((member) => {
      const gate = gateWith(before, member);
      const isCleared = gate.length < before(nodeOfMember(member)).length;
      const kept = isCleared ? keepsHead(member, terms) : [];
      const landing = [
        ...landingReasons(member, { snapshot, settings, now }),
        ...updateReasons(member, view),
        ...(isByQueue ? leftQueueReasons(member.pull, mergeAskedAt(member, view.heard)) : []),
        ...kept,
      ];
      return [member, { gate, landing }];
    }),
  );
  const gateOf = (member: Member) => judged.get(member)?.gate ?? [];
  const races = new Map(
    view.members.map((each) => [each, lostRaces(each, needsUpdate(each, { ...terms, gateOf }))]),
  );
  const lookups = {
    ...terms,
    gateOf,
    landingOf: (member: Member) => judged.get(member)?.landing ?? [],
    refused: (member: Member) => refusedAttempt(member, view) !== null,
    rests: (member: Member) => rests(member, view),
    outrun: (member: Member) => (races.get(member) ?? 0) >= MAX_RACES,
    inVain: (member: Member) => wasTriedInVain(member, base, settings, now),
  };
  const outside = view.members.filter(({ pull }) => placeOf(pull) === null);
  const slot = slotOf(outside, settings, now, (member) => isStuck(member, lookups));
  const awaited = slotOf(outside, settings, now, (member) => !isAwaited(member, lookups));
  const step = stepOf(view, method, { ...lookups, slot, awaited });
  const landing = step.kind === 'none' ? (slot?.member ?? null) : step.member;
  const gateReasons = landing === null ? before : view.gateReasons(nodeOfMember(landing));
  // As published: with nothing landing the gate of a sharer would be open that this very plan closes.
  const gates = { ...lookups, gateOf: (member: Member) => gateWith(gateReasons, member) };
  const queue = isByQueue ? movesOf(view, gates) : NO_MOVES;
  const standings = view.members.map((member, index): MemberStanding => {
    const gate = gateWith(gateReasons, member);
    const reasons = lookups.landingOf(member);
    const isLanding = member === landing || placeOf(member.pull) !== null;
    const { state, because } = stateOf({ member, gate, landing: reasons, isLanding, settings, now });
    const override = overrides.get(member) ?? null;
    const shown = { gate, override, landing: reasons, lostRaces: races.get(member) ?? 0, state, because };
    return { member, position: index + 1, ...shown };
  });
  const phase = phaseOf(standings);
  const last = (member: Member) => lastBecause(member, lookups);
  const landings = { slot, awaited, method, step, last, queue };
  return { standings, phase, ...landings, gateReasons, phrases: createPhrases() };
}

/** Nothing lands on a snapshot with a part missing, on a config that is not valid, or by a method that is not known. */
function stepOf(view: View, method: Readable<Choice>, lookups: Omit<NextInput, 'members' | 'method'>): Step {
  if (!isWhole(view.snapshot) || view.config.kind !== 'valid') return { kind: 'none' };
  if (method.kind === 'unreadable') return { kind: 'none' };
  if (method.value.kind !== 'chosen') return { kind: 'none' };
  const input = { ...lookups, members: view.members, method: method.value.method };
  return input.method === 'queue' ? stepBesideQueue(input) : nextStep(input);
}

const NO_MOVES: QueueMoves = { enqueue: [], dequeue: [] };

/** As for the step: nothing goes into a queue on less than the whole. What has to leave it, leaves. */
function movesOf(view: View, lookups: Pick<NextInput, 'gateOf' | 'landingOf'>): QueueMoves {
  const moves = queueMoves({ ...lookups, members: view.members });
  return isWhole(view.snapshot) && view.config.kind === 'valid' ? moves : { ...moves, enqueue: [] };
}

/** A new head would close the gate again, so that one is not brought up to date: it lands as it is or by hand. */
function keepsHead(member: Member, terms: UpdateTerms): readonly LandingReason[] {
  return isOutdated(member, terms) ? [{ kind: 'override would end' }] : [];
}

function chosenOf(method: Readable<Choice>): Method | null {
  return method.kind === 'read' && method.value.kind === 'chosen' ? method.value.method : null;
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
