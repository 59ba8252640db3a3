import { slotBeganAt } from '../landing/slot.js';
import { MAX_RACES } from '../landing/races.js';
import type { LandingReason } from '../reasons/reason.js';
import { codeSpan } from '../text/code.js';
import type { MemberStanding } from '../view/progress.js';
import type { View } from '../view/view.js';
import { type Need, issueNeeds } from './issue-needs.js';
import { createKeptNeeds } from './kept-needs.js';
import { queueNeeds } from './merge-queue.js';
import { MAX_PROSE, reasonText } from './phrases.js';
import { reasonNeeds } from './reason-needs.js';

/** Everything about one open member that waits for a person. */
export function createMemberNeeds(view: View): (standing: MemberStanding) => readonly Need[] {
  const { prefix } = view.config.settings.commands;
  const keptNeeds = createKeptNeeds(view.graph, prefix);
  return (standing) => [
    ...reasonNeeds(standing, prefix),
    ...raceNeeds(standing, view.baseBranch),
    ...slotNeeds(standing, view),
    ...issueNeeds(standing.member, view.refs, prefix),
    ...keptNeeds(standing.member),
    ...queueNeeds(standing),
  ];
}

/** The base moves too often for one that has to be tested on it. */
function raceNeeds({ lostRaces }: MemberStanding, base: string): readonly Need[] {
  if (lostRaces < MAX_RACES) return [];
  return [
    {
      what: `Brought up to date again and again, and ${codeSpan(base)} moved ${lostRaces} times before it could land.`,
      way: `It is tried after all others now. An admin turns on a merge queue for ${codeSpan(base)}, which tests what waits together; or hold what else goes in there until it has landed.`,
      cause: 'needs-races',
    },
  ];
}

/** What keeps a landing under way from ending, where nobody was asked to do anything about it. */
const UNENDED: readonly LandingReason['kind'][] = ['pending checks', 'checks missing', 'checks not started'];

/** Its checks have not ended in the time that a landing has: others go ahead. */
function slotNeeds({ member, landing, gate }: MemberStanding, { config, now }: View): readonly Need[] {
  const { settings } = config;
  const began = slotBeganAt(member, settings);
  const [reason] = landing;
  if (began === null || now - began < settings.merge.slot || gate.length > 0 || reason === undefined)
    return [];
  if (!landing.every(({ kind }) => UNENDED.includes(kind)) || isOverdue(reason)) return [];
  return [
    {
      what: `It did not land in the time that ${codeSpan('merge.slot')} gives it: ${reasonText(reason, MAX_PROSE)}.`,
      way: 'Others go ahead of it. Somebody sees why its checks do not end; it goes on by itself once they have.',
      cause: `needs-slot-${member.pull?.head.sha}`,
    },
  ];
}

/** Said already as a reason of its own. */
function isOverdue(reason: LandingReason): boolean {
  return 'overdue' in reason && reason.overdue;
}
