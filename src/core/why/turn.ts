import { placeOf } from '../landing/queue.js';
import type { Last } from '../landing/next.js';
import { codeSpan } from '../text/code.js';
import { issueLink, issueLinks } from '../tracking/links.js';
import { placeText } from '../tracking/merge-queue.js';
import { MAX_PROSE, reasonText } from '../tracking/phrases.js';
import type { MemberStanding, Progress } from '../view/progress.js';
import { type View, isWhole } from '../view/view.js';

/** So many of those that land before are named. */
const MAX_AHEAD = 10;

/**
 * Says of members whether they land now, next or after others: one sentence of Markdown for those that nothing of their
 * own keeps back, or that are landing; null for all others.
 */
export function createTurns(view: View, progress: Progress): (standing: MemberStanding) => string | null {
  const { step, slot, standings, queue } = progress;
  const landing = step.kind === 'none' ? (slot?.member ?? null) : step.member;
  const current = standings.find(({ member }) => member === landing);
  const free = standings.filter((each) => each !== current && isFree(each));
  const isLast = ({ member }: MemberStanding) => progress.last(member) !== null;
  const inTurn = [...free.filter((each) => !isLast(each)), ...free.filter(isLast)];
  const places = new Map(inTurn.map((each, index) => [each, index]));

  return (standing) => {
    const place = placeOf(standing.member.pull);
    if (place !== null) return `Its pull request is in the merge queue, ${placeText(place)}.`;
    if (queue.enqueue.includes(standing.member)) return 'Its pull request goes into the merge queue now.';
    if (standing === current) return nowText(view, progress);
    const turn = places.get(standing);
    if (turn === undefined) return null;
    const last = progress.last(standing.member);
    if (current === undefined) return last === 'refused' ? REFUSED_NOW : nobodyText(standing, view);
    const ahead = inTurn.slice(0, turn).map(({ member }) => member.number);
    const after = `after ${issueLink(current.member.number)}, ${whatItDoes(current, progress)}`;
    const why = last === null ? '' : LAST[last];
    if (ahead.length === 0)
      return last === 'refused' ? `It is tried ${after}.${why}` : `It lands next, ${after}.`;
    return `It waits for its turn behind ${issueLinks(ahead, MAX_AHEAD)}, ${after}.${why}`;
  };
}

const LAST = {
  refused: ' GitHub has refused to land it, so that the others are tried first.',
  'in vain': ' GitHub has not let it land so far, so that the others are tried first.',
  outrun: ' The base moved too often before it could land, so that the others are tried first.',
} satisfies Record<Last, string>;

const REFUSED_NOW =
  'GitHub has refused to land it. It is tried again every five minutes, and once it changes.';

/**
 * True if nothing but an update, which the app makes itself, is between a member and its landing. What is wrong with the
 * configuration is said of all at once.
 */
function isFree({ member, gate, landing }: MemberStanding): boolean {
  if (member.outcome.kind !== 'open' || member.pull?.state !== 'open' || landing.length > 0) return false;
  return gate.every(({ kind }) => kind === 'needs update' || kind === 'config invalid');
}

function nowText({ baseBranch }: View, { step }: Progress): string {
  const base = codeSpan(baseBranch);
  switch (step.kind) {
    case 'land':
      return `It lands now, by ${step.method}.`;
    case 'update':
      return `It is brought up to date with ${base} now, and lands once its checks have passed on the result.`;
    case 'none':
      return `It is landing: until it has, or is stuck, nothing else lands on ${base}.`;
  }
}

/** A clause about the one that is landing. */
function whatItDoes({ landing }: MemberStanding, { step }: Progress): string {
  if (step.kind === 'land') return 'which lands now';
  if (step.kind === 'update') return 'which is brought up to date now';
  const [first] = landing;
  return first === undefined ? 'which is landing' : `which is landing (${reasonText(first, MAX_PROSE)})`;
}

/** What is said while nothing lands. */
function nobodyText({ gate }: MemberStanding, view: View): string | null {
  if (gate.some(({ kind }) => kind === 'needs update')) return null;
  const own = 'Nothing of its own keeps it back';
  if (!isWhole(view.snapshot)) {
    return `${own}. GitHub has not answered everything just now, so that nothing lands until it does.`;
  }
  return `${own}.`;
}
