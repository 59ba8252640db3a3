/** Facts and reasons in the words of the tracking issue. People's words are escaped for the place they stand in. */
import type { Fact } from '../facts/fact.js';
import type { Risk } from '../facts/risk.js';
import { formatHours } from '../facts/effort.js';
import { type NodeId, compareNodes } from '../graph/node.js';
import type { Member } from '../membership/member.js';
import type { Reason } from '../reasons/reason.js';
import { shown } from '../reasons/shown.js';
import { causeText, waitsText } from '../reasons/waits-words.js';
import { say } from '../reasons/words.js';
import type { HourRange } from '../settings/duration.js';
import { escapeMarkdown, escapeTableCell } from '../text/escape.js';
import { commentLink, issueLink, pullLink } from './links.js';

/** People's text in a cell of a table is cut here. */
export const MAX_CELL = 60;
/** People's text in the details of one subagent is cut here. */
export const MAX_PROSE = 300;

/** A fact in a cell: as written, with a plain hyphen; what cannot be read says so. */
export function factCell<T>(fact: Fact<T>): string {
  if (fact.kind === 'unknown') return 'unknown';
  const written = escapeTableCell(plainHyphens(fact.written), MAX_CELL);
  return fact.kind === 'known' ? written : `${written} (not readable)`;
}

/** A fact in a list: as written; what cannot be read with the note that says what was expected. */
export function factLine<T>(fact: Fact<T>): string {
  if (fact.kind === 'unknown') return 'unknown';
  const written = escapeMarkdown(plainHyphens(fact.written), MAX_PROSE);
  return fact.kind === 'known' ? written : `${written} (not readable: ${fact.note})`;
}

/** The level of a risk in capitals, and why. */
export function riskCell(fact: Fact<Risk>): string {
  if (fact.kind !== 'known') return factCell(fact);
  const { level, reason } = fact.value;
  return level.toUpperCase() + (reason === null ? '' : ` (${escapeTableCell(reason, MAX_CELL)})`);
}

/** What would go wrong, or the risk as such where nobody said that, with the comment that says why. */
export function threatCell(fact: Fact<Risk>): string {
  const threat = fact.kind === 'known' ? fact.value.threat : null;
  return threat === null ? riskCell(fact) + saidIn(fact) : escapeTableCell(threat, MAX_CELL);
}

/** The level of a risk, why, and the comment that says so. */
export function riskLine(fact: Fact<Risk>): string {
  if (fact.kind !== 'known') return factLine(fact);
  const { level, reason } = fact.value;
  return (
    level.toUpperCase() + (reason === null ? '' : ` (${escapeMarkdown(reason, MAX_PROSE)})`) + saidIn(fact)
  );
}

function saidIn(fact: Fact<Risk>): string {
  const comment = fact.kind === 'known' ? fact.value.comment : undefined;
  return comment === undefined ? '' : ` (${commentLink(comment)})`;
}

function plainHyphens(text: string): string {
  return text.replace(/[‐‑‒–—]/g, '-');
}

/** A reason for a sentence or a cell. Issue numbers are links where all words of the reason are the app's own. */
export function reasonText(reason: Reason, max = Infinity): string {
  if (reason.kind === 'waits')
    return ownText(waitsText(reason), max) + escapeTableCell(causeText(reason), max);
  return reason.kind === 'cycle'
    ? ownText(say(reason), max)
    : shown(reason, (text) => escapeTableCell(text, max));
}

function ownText(text: string, max: number): string {
  const inert = escapeTableCell(text, max);
  return text.length <= max ? inert.replace(OWN_NUMBER, linked) : inert;
}

/** A number as the escaping leaves it; not one behind the name of another repository. */
const OWN_NUMBER = /(pull request )?(?<![\w.-])#\u200b(\d+)/g;

function linked(_: string, pull: string | undefined, number: string): string {
  return pull === undefined ? issueLink(Number(number)) : pull + pullLink(Number(number));
}

/** The same cycle, begun at its lowest issue, so that all on it tell it alike. */
export function fromLowest(path: readonly NodeId[]): readonly NodeId[] {
  const round = path.slice(1);
  const lowest = [...round].sort(compareNodes)[0];
  const at = lowest === undefined ? 0 : round.indexOf(lowest);
  const turned = [...round.slice(at), ...round.slice(0, at)];
  return [...turned, ...turned.slice(0, 1)];
}

/** The efforts of some members together, and how many of them have one that can be read. */
export interface EffortSum extends HourRange {
  readonly known: number;
  readonly of: number;
}

export function sumEfforts(members: readonly Member[]): EffortSum {
  const known = members.flatMap(({ facts }) => (facts.effort.kind === 'known' ? [facts.effort.value] : []));
  return {
    low: known.reduce((sum, { low }) => sum + low, 0),
    high: known.reduce((sum, { high }) => sum + high, 0),
    known: known.length,
    of: members.length,
  };
}

/** `24-30h`, and what is not counted in it. */
export function effortSumText(sum: EffortSum): string {
  const missing = sum.of - sum.known;
  return formatHours(sum) + (missing === 0 ? '' : `, without ${missing} of unknown effort`);
}
