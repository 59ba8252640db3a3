import type { Member } from '../membership/member.js';
import type { Time } from '../model/index.js';
import { type Heard, isAbout } from './heard.js';

/** When somebody last asked for a member to land, by a command or by its label; null if nobody did. */
export function mergeAskedAt({ number, merge }: Member, { accepted }: Heard): Time | null {
  const label = merge.kind === 'on' ? (merge.event?.at ?? null) : null;
  const command = accepted.findLast((each) => isAbout(each, 'merge', number))?.comment.createdAt ?? null;
  return label === null || command === null ? (label ?? command) : Math.max(label, command);
}
