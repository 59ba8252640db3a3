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
  /** Who would have it, but for the review that is still to come: no other is updated to be reviewed. */
  readonly awaited: Slot | null;
  /** Whether an approval of one head does not count for the next, also where the app has made that. */
  readonly approvalsEnd: boolean;
  /** Whether its landing has led to nothing for too long: it comes after all others. */
  readonly inVain: (member: Member) => boolean;
  /** Whether GitHub refused to land it, and nothing has changed since: it comes last, too, and keeps nobody back. */
  readonly refused: (member: Member) => boolean;
  /** Whether GitHub did so for this very head a short while ago: it is not tried again yet. */
  readonly rests: (member: Member) => boolean;
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

/** Why a member comes after all others: GitHub refused to land it, gave no answer, or the base moved too often. */
export type Last = 'refused' | 'in vain' | 'outrun';

/** Why a member comes last; null if it comes in its turn. */
export function lastBecause(
  member: Member,
  { inVain, refused, outrun }: Pick<NextInput, 'inVain' | 'refused' | 'outrun'>,
): Last | null {
  if (refused(member)) return 'refused';
  if (inVain(member)) return 'in vain';
  return outrun(member) ? 'outrun' : null;
}

/** The one step that is next. Pure: what it rests on is read again by the write itself, by compare-and-swap. */
export function nextStep(input: NextInput): Step {
  const { members, slot, awaited } = input;
  const isLast = (member: Member) => lastBecause(member, input) !== null;
  const inTurn = [...members.filter((each) => !isLast(each)), ...members.filter(isLast)];
  const candidates = slot === null ? inTurn : [slot.member];
  const member =
    candidates.find((each) => mayGo(each, input)) ??
    candidates.find(
      (each) => (awaited === null || awaited.member === each) && lacksOnlyApproval(each, input),
    );
  if (member === undefined) return { kind: 'none' };
  return { kind: needsUpdate(member, input) ? 'update' : 'land', member, method: input.method };
}

type StuckInput = Pick<NextInput, 'gateOf' | 'landingOf' | 'refused' | 'outrun'>;

/** True if the member's landing cannot go on without somebody's doing. */
export function isStuck(member: Member, input: StuckInput): boolean {
  return waitsForReview(member, input) || isBlocked(member, input);
}

/** True if nothing but a review is left to wait for, on a head that could land once it has come. */
export function isAwaited(member: Member, input: StuckInput): boolean {
  return waitsForReview(member, input) && !isBlocked(member, input);
}

/** Whether it conflicts GitHub works out anew after every push to the base. */
function waitsForReview(member: Member, { landingOf }: StuckInput): boolean {
  const left = landingOf(member).filter(({ kind }) => kind !== 'unknown mergeability');
  return left.length > 0 && left.every(({ kind }) => kind === 'approvals');
}

function isBlocked(member: Member, input: StuckInput): boolean {
  if (holds(member.hold) || input.refused(member) || input.outrun(member)) return true;
  if (input.gateOf(member).some((reason) => reason.kind !== 'needs update')) return true;
  return input.landingOf(member).some((reason) => STUCK.includes(reason.kind));
}

function mayGo(member: Member, input: NextInput): boolean {
  if (input.rests(member) && !needsUpdate(member, input)) return false;
  return isOpen(member, input) && input.landingOf(member).length === 0;
}

/**
 * True for one that only approvals keep back, where it has to be brought up to date and that would end them: it is
 * updated first, so that people review once. One that the base has outrun waits for its review first: each further
 * update would cost a test run, and may be as much in vain.
 */
function lacksOnlyApproval(member: Member, input: NextInput): boolean {
  if (!input.approvalsEnd || !isOpen(member, input) || !needsUpdate(member, input)) return false;
  if (input.outrun(member)) return false;
  return input.landingOf(member).every(({ kind }) => kind === 'approvals');
}

/** True if it is open, and its gate asks for nothing but what the app does itself. */
function isOpen(member: Member, input: NextInput): boolean {
  if (member.outcome.kind !== 'open' || member.pull?.state !== 'open') return false;
  return input.gateOf(member).every((reason) => reason.kind === 'needs update');
}
