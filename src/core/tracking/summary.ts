import { formatHours } from '../facts/effort.js';
import { type Time, valueOr } from '../model/index.js';
import { codeCell, codeSpan } from '../text/code.js';
import { escapeTableCell } from '../text/escape.js';
import { listed } from '../text/listed.js';
import { formatMinute } from '../text/time.js';
import type { Progress, MemberStanding } from '../view/progress.js';
import type { View } from '../view/view.js';
import { commitLink, issueLink, pullLink } from './links.js';
import { MAX_CELL, effortSumText, factCell, sumEfforts } from './phrases.js';
import { stateText } from './table.js';
import { PHASE_SIGNS, stateCounts } from './verdict.js';

/** UTF-16 code units; GitHub's limit for a comment is 65,536 characters. The marker of its cause comes on top. */
const MAX_COMMENT = 58_000;
const MAX_REVIEWERS = 5;
const HOUR = 3_600_000;

/** The comment that closes a deployment: what landed, in which order, as which commit, approved by whom, in which time. */
export function renderSummary(view: View, progress: Progress): string {
  const { standings, phase } = progress;
  const ended = [...standings].sort((a, b) => endOf(a) - endOf(b) || a.position - b.position);
  const effort = sumEfforts(standings.map(({ member }) => member));
  const head = [
    `${PHASE_SIGNS[phase]} **The deployment on** ${codeSpan(view.baseBranch)} **is ${phase}**: ${stateCounts(standings)}.`,
    ...(effort.known === 0 ? [] : ['', `Effort as estimated: ${effortSumText(effort)}.`]),
    '',
    '| Ended | Issue | State | Pull request | Commit | Reviewed by | Effort | From approval to end |',
    '| --- | --- | --- | --- | --- | --- | --- | ---: |',
  ].join('\n');
  return withRows(head, ended.map(row));
}

function withRows(head: string, rows: readonly string[]): string {
  let text = head;
  for (const [index, each] of rows.entries()) {
    if (text.length + each.length > MAX_COMMENT) return `${text}\n\nAnd ${rows.length - index} more.`;
    text += `\n${each}`;
  }
  return text;
}

function row(standing: MemberStanding): string {
  const { issue, number, pull, facts, outcome } = standing.member;
  const end = endOf(standing);
  const cells = [
    end === Infinity ? '' : formatMinute(end),
    `${issueLink(number)} ${escapeTableCell(issue.title, MAX_CELL)}`,
    stateText(standing, MAX_CELL),
    pull === null ? '' : pullLink(pull.number),
    outcome.kind === 'merged' ? commitLink(outcome.commit) : '',
    reviewers(standing),
    factCell(facts.effort),
    took(standing, end),
  ];
  return `| ${cells.join(' | ')} |`;
}

function endOf({ member }: MemberStanding): Time {
  return member.pull?.closedAt ?? member.issue.closedAt ?? Infinity;
}

function reviewers({ member }: MemberStanding): string {
  const detail = member.pull === null ? null : valueOr(member.pull.detail, null);
  const authors = valueOr(detail?.reviews ?? { kind: 'read', value: [] }, [])
    .filter(({ state }) => state === 'approved')
    .map(({ author }) => author)
    .sort();
  return listed(authors, MAX_REVIEWERS, codeCell);
}

/** Hours on the clock, not of work. */
function took({ member }: MemberStanding, end: Time): string {
  const { approval, recorded } = member;
  const start = approval.kind === 'given' ? approval.since : valueOr(recorded, null)?.approvedAt;
  if (start === undefined || end === Infinity || end < start) return '';
  const hours = Math.round(((end - start) / HOUR) * 10) / 10;
  return formatHours({ low: hours, high: hours });
}
