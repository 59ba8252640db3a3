import { holds } from '../authority/standing.js';
import { formatHours } from '../facts/effort.js';
import { placeOf } from '../landing/queue.js';
import { isOver } from '../membership/member.js';
import { say } from '../reasons/words.js';
import { SIGNS, type State } from '../state/state.js';
import type { HourRange } from '../settings/duration.js';
import { plural } from '../text/clean.js';
import { codeSpan } from '../text/code.js';
import { escapeMarkdown } from '../text/escape.js';
import type { Phase, Progress, MemberStanding } from '../view/progress.js';
import type { View } from '../view/view.js';
import { issueLink, issueLinks, pullLink } from './links.js';
import { queueLine } from './merge-queue.js';
import { hoursLeft } from './timeline.js';
import { MAX_PROSE, effortSumText, sumEfforts } from './phrases.js';

export const PHASE_SIGNS = {
  'ready for execution': '🟡',
  'in progress': '🔵',
  landing: '🚚',
  complete: '✅',
  cancelled: '⛔',
} satisfies Record<Phase, string>;

/** How many issues a sentence names before it only counts them. */
const MAX_NAMED = 10;

/** The title of the tracking issue. */
export function trackerTitle({ standings, phase }: Progress): string {
  return `Subagent deployment: ${plural(standings.length, 'issue')} · ${PHASE_SIGNS[phase]} ${phase}`;
}

/** How the deployment stands, in one paragraph: state, counts, what lands next and how, who keeps it back. */
export function renderVerdict(view: View, progress: Progress): string {
  const open = progress.standings.filter(({ member }) => !isOver(member));
  const parts = [standLine(view, progress)];
  if (open.length > 0) {
    parts.push(
      landsNext(open),
      methodLine(view, progress),
      effortLine(view, progress, open),
      ...keptBack(view, open),
    );
  }
  return parts.filter((part) => part !== '').join(' ');
}

/** How many there are and in which states: one sentence. */
export function standLine(view: View, progress: Progress): string {
  const { standings, phase } = progress;
  const counts = stateCounts(standings);
  const word = `${PHASE_SIGNS[phase]} **${phase.slice(0, 1).toUpperCase()}${phase.slice(1)}**`;
  const size = `${plural(standings.length, 'subagent')} on ${codeSpan(view.baseBranch)}`;
  return counts === '' ? `${word}: ${size}.` : `${word}: ${size}: ${counts}.`;
}

/** `✅ 1 merged, 👀 2 in review`, in the order of the states. */
export function stateCounts(standings: readonly MemberStanding[]): string {
  const counts = new Map<State, number>();
  for (const { state } of standings) counts.set(state, (counts.get(state) ?? 0) + 1);
  return Object.entries(SIGNS)
    .flatMap(([state, sign]) => {
      const count = [...counts].find(([each]) => each === state)?.[1];
      return count === undefined ? [] : [`${sign} ${count} ${state}`];
    })
    .join(', ');
}

/** Who is in the merge queue, and who lands next beside it; empty if nobody is left. */
export function landsNext(open: readonly MemberStanding[]): string {
  const outside = open.filter(({ member }) => placeOf(member.pull) === null);
  return [queueLine(open, MAX_NAMED), nextLine(outside)].filter((line) => line !== '').join(' ');
}

function nextLine(open: readonly MemberStanding[]): string {
  const landing = open.find(({ state }) => state === 'landing');
  const next = landing ?? open[0];
  if (next === undefined) return '';
  const { pull, number } = next.member;
  const named = `${issueLink(number)}${pull === null ? '' : ` (pull request ${pullLink(pull.number)})`}`;
  if (landing !== undefined) return `Landing now: ${named}.`;
  return `Next in the merge order: ${named}, ${SIGNS[next.state]} ${next.state}.`;
}

function methodLine(view: View, { method }: Progress): string {
  if (method.kind === 'unreadable') return `How it lands cannot be read: ${escapeMarkdown(method.why)}.`;
  const why = whyText(method.value.why, view.baseBranch);
  return method.value.kind === 'none'
    ? `Nothing can land: ${why}.`
    : `Lands by **${method.value.method}**: ${why}.`;
}

function whyText(why: string, base: string): string {
  if (!why.startsWith(`${base} `)) return escapeMarkdown(why, MAX_PROSE);
  return `${codeSpan(base)} ${escapeMarkdown(why.slice(base.length), MAX_PROSE)}`;
}

function effortLine(view: View, progress: Progress, open: readonly MemberStanding[]): string {
  const path = hoursLeft(view, progress);
  const parts = [...effortParts(progress, open), ...(path.high > 0 ? [pathText(path)] : [])];
  return parts.length === 0 ? '' : `${parts.join('; ')}.`;
}

function effortParts({ standings }: Progress, open: readonly MemberStanding[]): readonly string[] {
  const all = sumEfforts(standings.map(({ member }) => member));
  const left = sumEfforts(open.map(({ member }) => member));
  if (all.known === 0) return [];
  if (left.of === all.of) return [`Effort: ${effortSumText(all)}`];
  if (left.known === 0) return [`Effort: ${effortSumText(all)} in all`];
  return [`Effort left: ${effortSumText(left)}, of ${effortSumText(all)} in all`];
}

function pathText(hours: HourRange): string {
  return `${formatHours(hours)} left on the longest path`;
}

function keptBack(view: View, open: readonly MemberStanding[]): readonly string[] {
  const lines: string[] = [];
  if (holds(view.freeze)) {
    const frozen = say({ kind: 'frozen', because: view.heard.frozen(view.freeze) });
    lines.push(`**${escapeMarkdown(frozen)}**: nothing lands.`);
  }
  const held = new Map<string, number[]>();
  for (const { member } of open) {
    if (!holds(member.hold)) continue;
    const { by } = view.heard.held(member.number, member.hold);
    const who = by === null ? '' : ` by ${codeSpan(by)}`;
    held.set(who, [...(held.get(who) ?? []), member.number]);
  }
  for (const [who, numbers] of [...held].slice(0, MAX_NAMED))
    lines.push(`On hold${who}: ${issueLinks(numbers, MAX_NAMED)}.`);
  return lines;
}
