import type { Action } from '../actions/action.js';
import { holds } from '../authority/standing.js';
import type { Member } from '../membership/member.js';
import { valueOr } from '../model/index.js';
import { escapeMarkdown } from '../text/escape.js';
import type { Need } from '../tracking/issue-needs.js';
import { issueLink } from '../tracking/links.js';
import { createMemberNeeds } from '../tracking/member-needs.js';
import { MAX_PROSE } from '../tracking/phrases.js';
import type { MemberStanding, Progress } from '../view/progress.js';
import { type View, isWhole } from '../view/view.js';

/**
 * Says what needs a person on the pull request that it is about, once for each cause: an edit of the tracking issue notifies
 * nobody, and whoever is assigned hears of a comment. Nothing while the deployment is frozen, of what somebody holds, on a
 * snapshot of which a part is missing, or while it cannot be read what was said.
 */
export function planNeeds(view: View, { standings }: Progress): readonly Action[] {
  if (!isWhole(view.snapshot) || view.config.kind !== 'valid' || holds(view.freeze)) return [];
  const needsOf = createMemberNeeds(view);
  return standings.flatMap((standing) => sayNeeds(standing, needsOf, view));
}

function sayNeeds(
  standing: MemberStanding,
  needsOf: (standing: MemberStanding) => readonly Need[],
  view: View,
): readonly Action[] {
  const { member } = standing;
  const { pull, outcome } = member;
  if (outcome.kind !== 'open' || pull?.state !== 'open' || holds(member.hold)) return [];
  const isRunning = standing.landing.some(({ kind }) => kind === 'pending checks');
  return [...needsOf(standing), ...refusedLandings(member, view)].flatMap((need): readonly Action[] => {
    const { cause } = need;
    // Those that fail are said together, once all have ended.
    if (cause === undefined || (isRunning && cause.startsWith('needs-checks-'))) return [];
    if (valueOr(view.said.has(pull.number, cause), true)) return [];
    return [{ kind: 'comment', number: pull.number, body: sayNeed(need, view), cause }];
  });
}

/** What GitHub said when it refused to land it: the tracking issue tells that of all at its top. */
function refusedLandings({ pull }: Member, { refusals, digest }: View): readonly Need[] {
  return refusals.flatMap(({ deed, sentence, of }) =>
    of?.kind === 'landing' && of.attempt.pull === pull?.number
      ? [
          {
            what: `GitHub did not let me ${deed}: "${escapeMarkdown(sentence, MAX_PROSE)}".`,
            way: 'Mend what it says; it is tried again by itself.',
            cause: `needs-landing-${digest(`${of.attempt.head} ${sentence}`).slice(0, 16)}`,
          },
        ]
      : [],
  );
}

function sayNeed({ what, way }: Need, { tracker }: View): string {
  const where = tracker === null ? '' : `\n\nAll that needs somebody: ${issueLink(tracker.number)}.`;
  return `**Needs somebody:** ${what} ${way}${where}`;
}
