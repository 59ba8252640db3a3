import { holds } from '../authority/standing.js';
import type { Member } from '../membership/member.js';
import { type Heard, isAbout } from './heard.js';

/** Login of who asked for a member to land, by the label or by the command that put it; null if nobody did, or GitHub does not say. */
export function mergeAsker({ number, merge }: Member, { accepted }: Heard): string | null {
  if (!holds(merge)) return null;
  const actor = merge.kind === 'on' ? (merge.event?.actor ?? null) : null;
  if (actor !== null && actor.kind !== 'me') return actor.login;
  return accepted.findLast((each) => isAbout(each, 'merge', number))?.comment.author?.login ?? null;
}
