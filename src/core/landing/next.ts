import { holds } from '../authority/standing.js';
import type { Member } from '../membership/member.js';
import { valueOr } from '../model/index.js';
import type { GateReason, LandingReason } from '../reasons/reason.js';
import type { Method } from './method.js';
import type { Slot } from './slot.js';

/**
 * The next step of landing.
 *
 * - `update`: bring the head up to date with the base.
 * - `land`: move the base.
 * - `none`: nothing can land now, or the one that has the slot is being tested.
 *
 * Either is done only once the gate of the head says that it is landing, and those of its sharers wait for it.
 */
export type Step =
  | { readonly kind: 'none' }
  | { readonly kind: 'update' | 'land'; readonly member: Member; readonly method: Method };

export interface NextInput {
  /** In merge order. */
  readonly members: readonly Member[];
  readonly gateOf: (member: Member) => readonly GateReason[];
  readonly landingOf: (member: Member) => readonly LandingReason[];
  /** Who has the slot, and is not stuck. */
  readonly slot: Slot | null;
  readonly method: Method;
  /** Whether its landing has led to nothing for too long: it comes after all others. */
  readonly inVain: (member: Member) => boolean;
  /** Whether GitHub refused to land it, and nothing has changed since: it comes last, too, and keeps nobody back. */
  readonly refused: (member: Member) => boolean;
}

/** What keeps the one with the slot from going on for longer than a moment: others may go ahead of it. */
const STUCK: readonly LandingReason['kind'][] = [
  'conflict',
  'failing checks',
  'changes requested',
  'draft',
  'other base',
  'not asked',
  'not started',
  'unread',
  'override would end',
];

/** The one step that is next. Pure: what it rests on is read again by the write itself, by compare-and-swap. */
export function nextStep(input: NextInput): Step {
  const { members, slot, inVain, refused } = input;
  const isLast = (member: Member) => inVain(member) || refused(member);
  const inTurn = [...members.filter((each) => !isLast(each)), ...members.filter(isLast)];
  const candidates = slot === null ? inTurn : [slot.member];
  const member = candidates.find((each) => mayGo(each, input));
  if (member === undefined) return { kind: 'none' };
  return { kind: needsUpdate(member, input) ? 'update' : 'land', member, method: input.method };
}

/** True if the member's landing cannot go on without somebody's doing. */
export function isStuck(member: Member, input: Pick<NextInput, 'gateOf' | 'landingOf' | 'refused'>): boolean {
  if (holds(member.hold) || input.refused(member)) return true;
  if (input.gateOf(member).some((reason) => reason.kind !== 'needs update')) return true;
  return input.landingOf(member).some((reason) => STUCK.includes(reason.kind));
}

function mayGo(member: Member, input: NextInput): boolean {
  if (member.outcome.kind !== 'open' || member.pull?.state !== 'open') return false;
  if (input.gateOf(member).some((reason) => reason.kind !== 'needs update')) return false;
  return input.landingOf(member).length === 0;
}

/** An update is made only where a *shares* edge or fast-forward asks for it. */
function needsUpdate(member: Member, { gateOf: reasonsOf, method }: NextInput): boolean {
  if (reasonsOf(member).some((reason) => reason.kind === 'needs update')) return true;
  const detail = member.pull === null ? null : valueOr(member.pull.detail, null);
  return method === 'fast-forward' && detail !== null && detail.behindBy > 0;
}
