import { holds } from '../authority/standing.js';
import type { Member } from '../membership/member.js';
import type { LandingReason } from '../reasons/reason.js';
import type { Method } from './method.js';
import { type UpdateInput, needsUpdate } from './needs-update.js';
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

export interface NextInput extends UpdateInput {
  readonly method: Method;
  /** In merge order. */
  readonly members: readonly Member[];
  readonly landingOf: (member: Member) => readonly LandingReason[];
  /** Who has the slot, and is not stuck. */
  readonly slot: Slot | null;
  /** Whether an approval of one head does not count for the next, also where the app has made that. */
  readonly approvalsEnd: boolean;
  /** Whether its landing has led to nothing for too long: it comes after all others. */
  readonly inVain: (member: Member) => boolean;
  /** Whether GitHub refused to land it, and nothing has changed since: it comes last, too, and keeps nobody back. */
  readonly refused: (member: Member) => boolean;
  /** Whether the base moved too often before it could land: it comes last, too, and keeps nobody back. */
  readonly outrun: (member: Member) => boolean;
}

/** What keeps the one with the slot from going on for longer than a moment: others may go ahead of it. */
const STUCK: readonly LandingReason['kind'][] = [
  'conflict',
  'failing checks',
  'changes requested',
  'draft',
  'other base',
  'update refused',
  'not asked',
  'not started',
  'unread',
  'override would end',
  'left queue',
];

/** The one step that is next. Pure: what it rests on is read again by the write itself, by compare-and-swap. */
export function nextStep(input: NextInput): Step {
  const { members, slot, inVain, refused, outrun } = input;
  const isLast = (member: Member) => inVain(member) || refused(member) || outrun(member);
  const inTurn = [...members.filter((each) => !isLast(each)), ...members.filter(isLast)];
  const candidates = slot === null ? inTurn : [slot.member];
  const member =
    candidates.find((each) => mayGo(each, input)) ??
    candidates.find((each) => lacksOnlyApproval(each, input));
  if (member === undefined) return { kind: 'none' };
  return { kind: needsUpdate(member, input) ? 'update' : 'land', member, method: input.method };
}

/** True if the member's landing cannot go on without somebody's doing. */
export function isStuck(
  member: Member,
  input: Pick<NextInput, 'gateOf' | 'landingOf' | 'refused' | 'outrun'>,
): boolean {
  if (holds(member.hold) || input.refused(member) || input.outrun(member)) return true;
  if (input.gateOf(member).some((reason) => reason.kind !== 'needs update')) return true;
  return input.landingOf(member).some((reason) => STUCK.includes(reason.kind));
}

function mayGo(member: Member, input: NextInput): boolean {
  return isOpen(member, input) && input.landingOf(member).length === 0;
}

/**
 * True for one that only approvals keep back, where it has to be brought up to date and that would end them: it is
 * updated first, so that people review once.
 */
function lacksOnlyApproval(member: Member, input: NextInput): boolean {
  if (!input.approvalsEnd || !isOpen(member, input) || !needsUpdate(member, input)) return false;
  return input.landingOf(member).every(({ kind }) => kind === 'approvals');
}

/** True if it is open, and its gate asks for nothing but what the app does itself. */
function isOpen(member: Member, input: NextInput): boolean {
  if (member.outcome.kind !== 'open' || member.pull?.state !== 'open') return false;
  return input.gateOf(member).every((reason) => reason.kind === 'needs update');
}
