import { holds } from '../authority/standing.js';
import type { Member } from '../membership/member.js';
import type { Comment, Time } from '../model/index.js';
import { type Heard, isAbout } from './heard.js';

/** When somebody last asked for a member to land, by a command or by its label; null if nobody did. */
export function mergeAskedAt(member: Member, heard: Heard): Time | null {
  const { merge } = member;
  const label = merge.kind === 'on' ? (merge.event?.at ?? null) : null;
  const command = lastCommand(member, heard)?.createdAt ?? null;
  return label === null || command === null ? (label ?? command) : Math.max(label, command);
}

/** Login of who asked for a member to land, by the label or by the command that put it; null if nobody did, or GitHub does not say. */
export function mergeAsker(member: Member, heard: Heard): string | null {
  const { merge } = member;
  if (!holds(merge)) return null;
  const actor = merge.kind === 'on' ? (merge.event?.actor ?? null) : null;
  if (actor !== null && actor.kind !== 'me') return actor.login;
  return lastCommand(member, heard)?.author?.login ?? null;
}

function lastCommand({ number }: Member, { accepted }: Heard): Comment | null {
  return accepted.findLast((each) => isAbout(each, 'merge', number))?.comment ?? null;
}
