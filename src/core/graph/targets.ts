import { isMet, type Member } from '../membership/member.js';
import { mergedIn } from '../membership/merged-in.js';
import type { Actor, BlockedBy, Closing, Issue, Readable, Time } from '../model/index.js';
import { type NodeId, nodeOf } from './node.js';

/** Whether somebody may free others: may remove a dependency, or close an issue that something waits for. */
export type MayFree = (actor: Actor, at: Time) => Readable<boolean>;

/** Whether an issue that something depends on is merged. Only `met` frees. */
export type TargetStatus =
  | { readonly kind: 'met' }
  | { readonly kind: 'open'; readonly pull: number | null }
  | { readonly kind: 'closed'; readonly how: string }
  | { readonly kind: 'unreadable'; readonly why: string };

/**
 * The status of every node that a member may depend on: the members themselves, the far ends of native edges, and of
 * those that somebody has removed.
 */
export function targetStatuses(
  members: readonly Member[],
  home: string,
  mayFree: MayFree,
): ReadonlyMap<NodeId, TargetStatus> {
  const statuses = new Map<NodeId, TargetStatus>();
  for (const { issue } of members) {
    for (const { blocking } of issue.history.kind === 'read' ? issue.history.value.dependencies : []) {
      const closed = { kind: 'unreadable', why: 'it is not known who closed it' } as const;
      statuses.set(
        nodeOf(blocking.number, blocking.repository, home),
        ordinaryStatus({ ...blocking, closed }, home, mayFree),
      );
    }
  }
  for (const member of members) {
    if (member.issue.blockedBy.kind === 'unreadable') continue;
    for (const blocker of member.issue.blockedBy.value) {
      statuses.set(nodeOf(blocker.number, blocker.repository, home), ordinaryStatus(blocker, home, mayFree));
    }
  }
  for (const member of members) statuses.set(nodeOf(member.number, home, home), memberStatus(member));
  return statuses;
}

function memberStatus(member: Member): TargetStatus {
  if (isMet(member)) return { kind: 'met' };
  switch (member.outcome.kind) {
    case 'cancelled':
      return { kind: 'closed', how: member.outcome.how };
    case 'unread':
      return { kind: 'unreadable', why: member.outcome.why };
    default:
      return { kind: 'open', pull: member.pull?.number ?? null };
  }
}

/**
 * An issue outside of the deployment is met when closed as completed: by a merged pull request of this repository or of
 * the issue's own, or by someone who may.
 */
function ordinaryStatus(blocker: BlockedBy, home: string, mayFree: MayFree): TargetStatus {
  if (blocker.state === 'open') return { kind: 'open', pull: null };
  if (blocker.stateReason !== 'completed') return { kind: 'closed', how: howClosed(blocker.stateReason) };
  if (blocker.closed.kind === 'unreadable') return { kind: 'unreadable', why: blocker.closed.why };
  return closedAsCompleted(blocker.closed.value, [home, blocker.repository], mayFree);
}

function howClosed(reason: Exclude<Issue['stateReason'], 'completed'>): string {
  switch (reason) {
    case 'not_planned':
      return 'it was closed as not planned';
    case 'duplicate':
      return 'it was closed as a duplicate';
    default:
      return 'it was closed without saying why';
  }
}

function closedAsCompleted(closing: Closing | null, own: readonly string[], mayFree: MayFree): TargetStatus {
  if (closing !== null && mergedIn(closing, own)) return { kind: 'met' };
  const actor = closing?.actor;
  if (closing === null || actor === null || actor === undefined) {
    return { kind: 'unreadable', why: 'GitHub does not say who closed it' };
  }
  if (actor.kind === 'me') return { kind: 'met' };
  const may = mayFree(actor, closing.at);
  if (may.kind === 'unreadable') return { kind: 'unreadable', why: may.why };
  return may.value
    ? { kind: 'met' }
    : { kind: 'closed', how: `it was closed by ${actor.login}, who may not free others` };
}
