import { keepsOut, placeOf } from '../landing/queue.js';
import { isOver } from '../membership/member.js';
import type { Actor, Queued } from '../model/index.js';
import { codeSpan } from '../text/code.js';
import { listed } from '../text/listed.js';
import type { MemberStanding } from '../view/progress.js';
import type { Need } from './issue-needs.js';
import { issueLink, pullLink } from './links.js';
import { MAX_PROSE, reasonText } from './phrases.js';

/** Who is in the merge queue and where, the next to merge first; empty if nobody is. */
export function queueLine(open: readonly MemberStanding[], max: number): string {
  const places = open.flatMap(({ member }) => {
    const place = placeOf(member.pull);
    return place === null ? [] : [{ number: member.number, place }];
  });
  if (places.length === 0) return '';
  const inOrder = places.sort((a, b) => a.place.position - b.place.position);
  const text = ({ number, place: { position, by } }: (typeof places)[number]) =>
    `${issueLink(number)} (place ${position}${by?.kind === 'me' ? '' : `, put there by ${whoText(by)}`})`;
  return `In the merge queue: ${listed(inOrder, max, text)}.`;
}

/** A clause that says which place it is and, of one that the app did not take, who put it there. */
export function placeText({ position, by }: Queued): string {
  return `at place ${position}${by?.kind === 'me' ? '' : `, where ${whoText(by)} put it`}`;
}

function whoText(by: Actor | null): string {
  return by === null ? 'somebody' : codeSpan(by.login);
}

/** What a person has put into the queue is theirs to take out. */
export function queueNeeds({ member, gate, landing }: MemberStanding): readonly Need[] {
  const place = placeOf(member.pull);
  const [reason] = keepsOut(gate, landing);
  if (member.pull === null || place === null || place.by?.kind === 'me') return [];
  if (reason === undefined || isOver(member)) return [];
  const { number } = member.pull;
  return [
    {
      what: `Pull request ${pullLink(number)} is in the merge queue ${placeText(place)}, and may not land: ${reasonText(reason, MAX_PROSE)}.`,
      way: 'Somebody with write takes it out, on its page: the app takes out only what it put there itself.',
      cause: `needs-out-${member.pull.head.sha}`,
    },
  ];
}
