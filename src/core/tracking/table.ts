import { SIGNS } from '../state/state.js';
import { plural } from '../text/clean.js';
import { codeCell } from '../text/code.js';
import { escapeTableCell } from '../text/escape.js';
import { formatMinute } from '../text/time.js';
import { type MemberStanding, pushedAt } from '../view/progress.js';
import { issueLink, pullLink } from './links.js';
import { MAX_CELL, factCell, reasonText, riskCell } from './phrases.js';

/** The table of subagents: its head and its rows apart, since rows give way when the body is full. */
export interface Table {
  readonly head: string;
  readonly rows: readonly string[];
}

/** One row of the table, and whether it may give way to a count. */
export interface Row {
  readonly merged: boolean;
  readonly text: string;
}

/** The rows in merge order. */
export function subagentRows(standings: readonly MemberStanding[]): readonly Row[] {
  return standings.map((standing) => ({ merged: isMerged(standing), text: rowText(standing) }));
}

/** The table of these rows; what landed may be left out as a count. */
export function subagentTable(rows: readonly Row[], withMerged: boolean): Table {
  const shown = withMerged ? rows : rows.filter(({ merged }) => !merged);
  const left = rows.length - shown.length;
  const counted =
    left === 0 ? [] : [`${plural(left, 'subagent')} that landed: only counted, for length.`, ''];
  const head = [
    '## Subagents',
    '',
    ...counted,
    '| Order | Issue | State | Pull request | Effort | Risk | Last push (UTC) |',
    '| ---: | --- | --- | --- | --- | --- | --- |',
  ];
  return { head: head.join('\n'), rows: shown.map(({ text }) => text) };
}

/** True for what is merged, whose facts are the first to give way. */
export function isMerged({ state }: MemberStanding): boolean {
  return state === 'merged' || state === 'done elsewhere';
}

function rowText(standing: MemberStanding): string {
  const { member, position } = standing;
  const { pull, facts, number, issue } = member;
  const pushed = pushedAt(member);
  const cells = [
    String(position),
    `${issueLink(number)} ${escapeTableCell(issue.title, MAX_CELL)}`,
    stateText(standing, MAX_CELL) + overriddenBy(standing),
    pull === null ? '' : pullLink(pull.number),
    factCell(facts.effort),
    riskCell(facts.risk),
    pushed === null ? '' : formatMinute(pushed).replace(/ UTC$/, ''),
  ];
  return `| ${cells.join(' | ')} |`;
}

/** Said beside the state, which is that of the work. */
function overriddenBy({ override }: MemberStanding): string {
  return override === null ? '' : `; order overridden by ${codeCell(override.by)}`;
}

/** Sign, word and the first reason, which may begin with the same word. */
export function stateText({ member, state, because }: MemberStanding, max = Infinity): string {
  const { outcome } = member;
  const [first] = because;
  const word = `${SIGNS[state]} ${state}`;
  if (outcome.kind === 'cancelled') return `${word}: ${outcome.how}`;
  if (outcome.kind === 'done elsewhere') return `${word}: ${escapeTableCell(outcome.pull, max)}`;
  if (first === undefined) return word;
  const reason = reasonText(first, max);
  const begins = reason.toLowerCase().startsWith(state) && !/^\p{L}/u.test(reason.slice(state.length));
  return begins ? word + reason.slice(state.length) : `${word}: ${reason}`;
}
