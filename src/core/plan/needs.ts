import type { Action } from '../actions/action.js';
import { holds } from '../authority/standing.js';
import type { Member } from '../membership/member.js';
import type { Reason } from '../reasons/reason.js';
import { escapeMarkdown } from '../text/escape.js';
import type { Need } from '../tracking/issue-needs.js';
import { issueLink } from '../tracking/links.js';
import { createMemberNeeds } from '../tracking/member-needs.js';
import { MAX_PROSE } from '../tracking/phrases.js';
import { needOf } from '../tracking/reason-needs.js';
import type { MemberStanding, Progress } from '../view/progress.js';
import { type View, isWhole } from '../view/view.js';
import { type Remark, sayOnce } from './say.js';

/**
 * Says what needs a person on the pull request that it is about, once for each cause: an edit of the tracking issue notifies
 * nobody, and whoever is assigned hears of a comment. Nothing while the deployment is frozen, of what somebody holds, or on
 * a snapshot of which a part is missing.
 */
export function planNeeds(view: View, { standings }: Progress): readonly Action[] {
  if (!isWhole(view.snapshot) || view.config.kind !== 'valid' || holds(view.freeze)) return [];
  const needsOf = createMemberNeeds(view);
  const first = standings.find(isKeptByBase);
  const remarks = standings.flatMap((standing) => {
    if (!isOpenToWords(standing)) return [];
    const needs = [...needsOf(standing), ...refusedLandings(standing.member, view)];
    const remarks = remarksOf(standing, needs, view);
    return standing === first ? [...remarks, ...baseRemarks(standing, standings, view)] : remarks;
  });
  return sayOnce(remarks, view);
}

function isOpenToWords({ member: { pull, outcome, hold } }: MemberStanding): boolean {
  return outcome.kind === 'open' && pull?.state === 'open' && !holds(hold);
}

function remarksOf(
  { member: { pull }, landing }: MemberStanding,
  needs: readonly Need[],
  view: View,
): readonly Remark[] {
  const isRunning = landing.some(({ kind }) => kind === 'pending checks');
  return needs.flatMap((need): readonly Remark[] => {
    const { cause } = need;
    // Those that fail are said together, once all have ended.
    if (cause === undefined || (isRunning && cause.startsWith('needs-checks-'))) return [];
    if (pull === null) return [];
    return [{ number: pull.number, body: sayNeed(need, view), cause, places: [pull.number] }];
  });
}

/** True for one that would land, were the base's own head not failing. */
function isKeptByBase(standing: MemberStanding): boolean {
  const { gate, landing } = standing;
  return isOpenToWords(standing) && gate.length === 0 && landing.length > 0 && landing.every(isOfBase);
}

function isOfBase({ kind }: Reason): boolean {
  return kind === 'base failing';
}

/**
 * A base that fails keeps all back, and is said on the next that would land: its last landing was nobody's push. It is said
 * once for a head of the base, also where another has become the next.
 */
function baseRemarks(
  standing: MemberStanding,
  standings: Progress['standings'],
  view: View,
): readonly Remark[] {
  const { snapshot, config, said } = view;
  if (snapshot.base.kind === 'unreadable') return [];
  const cause = `needs-red-${snapshot.base.value.sha}`;
  const places = standings.flatMap(({ member: { pull } }) => (pull?.state === 'open' ? [pull.number] : []));
  if (places.some((place) => said.isKnown(place, cause))) return [];
  const { prefix } = config.settings.commands;
  const needs = standing.landing.flatMap((reason) =>
    reason.kind === 'base failing' ? [{ ...needOf(reason, prefix), cause }] : [],
  );
  return remarksOf(standing, needs, view).map((remark) => ({ ...remark, places }));
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
