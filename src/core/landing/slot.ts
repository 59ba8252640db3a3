import { newestGate } from '../gate/newest.js';
import type { Member } from '../membership/member.js';
import { type Commit, type OwnCheck, type Pull, type Time, valueOr } from '../model/index.js';
import { landingOf } from '../names/gate-id.js';
import type { Settings } from '../settings/schema.js';

/** The one that the base waits for: while it has the slot, nothing else is updated or landed there. */
export interface Slot {
  readonly member: Member;
  readonly since: Time;
}

/** The newest gate of a member's head, if the app has published one. */
export function gateOf(member: Member, settings: Settings): OwnCheck | null {
  return member.pull === null ? null : newestGate(member.pull.ownChecks, settings);
}

/** The landing of this very member that the newest gate of its head records: on which base commit, and since when. */
export function landingGateOf(
  member: Member,
  settings: Settings,
): { readonly on: string; readonly since: Time } | null {
  const gate = gateOf(member, settings);
  if (gate === null || member.pull === null) return null;
  const on = landingOf(gate.externalId, member.pull.number);
  return on === null ? null : { on, since: gate.startedAt };
}

/**
 * Who has the slot: the one whose gate records a landing, or whose head the app itself has just made by an update to
 * land it and that is being tested again. An older one than the settings allow has lost it, and so has one that is
 * stuck: then it is with the one that went ahead, and stays there when the other can go on, or a test run would be wasted.
 */
export function slotOf(
  members: readonly Member[],
  settings: Settings,
  now: Time,
  isStuck: (member: Member) => boolean,
): Slot | null {
  return (
    members
      .flatMap((member) => slotOfMember(member, settings) ?? [])
      .filter(({ member, since }) => now - since < settings.merge.slot && !isStuck(member))
      .sort((a, b) => b.since - a.since || a.member.number - b.member.number)[0] ?? null
  );
}

/**
 * True if the landing of this very head on this very base was begun, and its slot is over: GitHub may have given no
 * answer, or have refused it to a process that is no more. Others are tried first.
 */
export function wasTriedInVain(member: Member, base: string, settings: Settings, now: Time): boolean {
  const gate = landingGateOf(member, settings);
  return gate?.on === base && now - gate.since >= settings.merge.slot;
}

/** When the landing of a member began that is under way, or whose slot is over; null if none was begun. */
export function slotBeganAt(member: Member, settings: Settings): Time | null {
  return slotOfMember(member, settings)?.since ?? null;
}

function slotOfMember(member: Member, settings: Settings): Slot | null {
  if (member.outcome.kind !== 'open' || member.pull?.state !== 'open') return null;
  const gate = landingGateOf(member, settings);
  if (gate !== null) return { member, since: gate.since };
  const since = wasForLanding(member.pull, settings) ? updatedAt(member.pull) : null;
  return since === null ? null : { member, since };
}

/**
 * Whether an update was made to land: the gate of the head before it records that, and none does for an update that
 * somebody asked for. One whose earlier checks cannot be read is stuck, and has no slot either way.
 */
function wasForLanding({ number, detail }: Pull, { gate }: Settings): boolean {
  const earlier = detail.kind === 'read' ? valueOr(detail.value.earlierChecks, []) : [];
  return earlier.some(
    ({ name, externalId = '' }) => name === gate.name && landingOf(externalId, number) !== null,
  );
}

/** When the app landed a member by fast-forward, by the gate that recorded it; null if it did not. */
export function landedAt(member: Member, settings: Settings): Time | null {
  if (member.outcome.kind !== 'merged') return null;
  return landingGateOf(member, settings)?.since ?? null;
}

/** When the app's own update made the present head, to land it or for a command; null if it did not. */
export function updatedAt(pull: Pull): Time | null {
  if (pull.detail.kind === 'unreadable') return null;
  const last = pull.detail.value.forcePushes.at(-1);
  if (last?.after === pull.head.sha && last.actor?.kind === 'me') return last.at;
  const commit = valueOr(pull.detail.value.commits, []).at(-1);
  return commit !== undefined && isOwnMerge(commit) ? pull.detail.value.pushedAt : null;
}

/** True for a merge of the base by which the app brought a branch up to date. */
export function isOwnMerge({
  author,
  madeOnGitHub,
  message,
}: Pick<Commit, 'author' | 'madeOnGitHub' | 'message'>): boolean {
  return author?.kind === 'me' && madeOnGitHub && message.startsWith('Merge ');
}
