import { type Member, isOver } from '../membership/member.js';
import { type LeftQueue, type Pull, type Queued, type Time, valueOr } from '../model/index.js';
import type { GateReason, LandingReason, Reason } from '../reasons/reason.js';
import { type NextInput, type Step, nextStep } from './next.js';

/** What the app does with a merge queue now. */
export interface QueueMoves {
  /** To be put into it, in merge order. */
  readonly enqueue: readonly Member[];
  /** To be taken out of it, of those that the app put there. */
  readonly dequeue: readonly Member[];
}

/**
 * Which members go into the merge queue, and which leave it. Several may be in it: GitHub tests each together with what is
 * before it. One goes in only with nothing left to wait for: what depends on another once that has merged.
 */
export function queueMoves({
  members,
  gateOf,
  landingOf,
}: Pick<NextInput, 'members' | 'gateOf' | 'landingOf'>): QueueMoves {
  const mayEnter = (member: Member) =>
    member.outcome.kind === 'open' &&
    member.pull?.state === 'open' &&
    member.pull.queued.kind === 'read' &&
    member.pull.queued.value === null &&
    gateOf(member).length === 0 &&
    landingOf(member).length === 0;
  const mustLeave = (member: Member) => {
    const place = placeOf(member.pull);
    if (place?.by?.kind !== 'me') return false;
    return isOver(member) || keepsOut(gateOf(member), landingOf(member)).length > 0;
  };
  return { enqueue: members.filter(mayEnter), dequeue: members.filter(mustLeave) };
}

/**
 * The step of landing where a merge queue merges: what it tests may lack commits of the base, so that only a *shares* edge
 * asks for an update, outside of the queue.
 */
export function stepBesideQueue(input: NextInput): Step {
  const members = input.members.filter(
    (member) =>
      placeOf(member.pull) === null && input.gateOf(member).some(({ kind }) => kind === 'needs update'),
  );
  const step = nextStep({ ...input, members });
  return step.kind === 'update' ? step : { kind: 'none' };
}

/** The place of an open pull request in the merge queue; null for none, and where that cannot be read. */
export function placeOf(pull: Pull | null): Queued | null {
  return pull?.state === 'open' ? valueOr(pull.queued, null) : null;
}

/** What somebody has to settle first, while it is in the queue. The rest passes, or the queue itself sees to it. */
const KEEPS_OUT: readonly LandingReason['kind'][] = [
  'not asked',
  'draft',
  'other base',
  'task file',
  'changes requested',
  'approvals',
  'failing checks',
];

/**
 * The reasons for which one must not stay in a merge queue. What cannot be read takes nothing out: the gate of its merge
 * group waits for that. Sharers in the queue are tested together, so that none waits for another.
 */
export function keepsOut(gate: readonly GateReason[], landing: readonly LandingReason[]): readonly Reason[] {
  return [...gate.filter(isAgainst), ...landing.filter(({ kind }) => KEEPS_OUT.includes(kind))];
}

function isAgainst(reason: GateReason): boolean {
  switch (reason.kind) {
    case 'waits':
    case 'dependency closed':
    case 'dependency unreadable':
    case 'cycle':
    case 'issue gone':
      return true;
    case 'hold':
    case 'frozen':
      return reason.because.unread !== true;
    case 'needs update':
    case 'sharer landing':
    case 'dependencies unread':
    case 'files unread':
    case 'approval unread':
    case 'config invalid':
      return false;
  }
}

/**
 * Why a pull request that was in the merge queue is not put there again. The record is GitHub's own, so that a restart
 * changes nothing.
 *
 * @param askedAt when somebody last asked for it to land; null if nobody did
 */
export function leftQueueReasons(pull: Pull | null, askedAt: Time | null): readonly LandingReason[] {
  if (pull === null || pull.state !== 'open') return [];
  const what = 'its place in the merge queue';
  if (pull.queued.kind === 'unreadable') return [{ kind: 'unread', what, why: pull.queued.why }];
  if (pull.queued.value !== null) return [];
  if (pull.leftQueue.kind === 'unreadable') return [{ kind: 'unread', what, why: pull.leftQueue.why }];
  const left = pull.leftQueue.value;
  if (left === null || isOwn(left) || isNewHead(pull, left)) return [];
  if (askedAt !== null && askedAt > left.at) return [];
  const by = left.by?.kind === 'person' && !isOfQueue(left) ? left.by.login : null;
  return [{ kind: 'left queue', by, reason: left.reason }];
}

/** What the app took out itself goes in again once what was against it is gone. */
function isOwn(left: LeftQueue): boolean {
  return left.by?.kind === 'me' && !isOfQueue(left);
}

/** True where the word says that the queue itself ended it: whoever GitHub then names has not decided that. */
function isOfQueue({ reason }: LeftQueue): boolean {
  return reason !== null && /fail|time|conflict|protect|merged/i.test(reason);
}

/** GitHub does not name the head that left, only a commit that may be that of the merge group: the times tell. */
function isNewHead({ detail }: Pull, left: LeftQueue): boolean {
  const pushedAt = detail.kind === 'read' ? detail.value.pushedAt : null;
  return pushedAt !== null && pushedAt > left.at;
}
