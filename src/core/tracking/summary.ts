import { formatHours } from '../facts/effort.js';
import { landedAt } from '../landing/slot.js';
import type { Member } from '../membership/member.js';
import { type Time, valueOr } from '../model/index.js';
import { codeCell, codeSpan } from '../text/code.js';
import { escapeTableCell } from '../text/escape.js';
import { listed } from '../text/listed.js';
import { formatMinute } from '../text/time.js';
import { mergeAsker } from '../view/merge-asked.js';
import type { MemberStanding, Progress } from '../view/progress.js';
import type { View } from '../view/view.js';
import { countedReviews } from './counted-reviews.js';
import { commitLink, issueLink, pullLink } from './links.js';
import { MAX_CELL, effortSumText, factCell, sumEfforts } from './phrases.js';
import { stateText } from './table.js';
import { PHASE_SIGNS, stateCounts } from './verdict.js';

/** UTF-16 code units; GitHub's limit for a comment is 65,536 characters. The marker of its cause comes on top. */
const MAX_COMMENT = 58_000;
const MAX_REVIEWERS = 5;
const HOUR = 3_600_000;

const HEADINGS = [
  'Landed',
  'Issue',
  'State',
  'Pull request',
  'Commit',
  'Deployed by',
  'Reviewed by',
  'Asked to land by',
  'Effort',
  'Ended',
  'From approval to end',
];

/** The comment that closes a deployment: what landed, in which order, as which commit, approved by whom, in which time. */
export function renderSummary(view: View, progress: Progress): string {
  const { standings, phase } = progress;
  const ended = inOrderOfEnd(standings, view);
  const landed = ended.filter(({ member }) => member.outcome.kind === 'merged');
  const places = new Map(landed.map((standing, index) => [standing, index + 1]));
  const head = [
    `${PHASE_SIGNS[phase]} **The deployment on** ${codeSpan(view.baseBranch)} **is ${phase}**: ${stateCounts(standings)}.`,
    ...hoursText(ended, view),
    '',
    `| ${HEADINGS.join(' | ')} |`,
    `| ---: |${' --- |'.repeat(HEADINGS.length - 2)} ---: |`,
  ].join('\n');
  return withRows(
    head,
    ended.map((standing) => row(standing, places.get(standing), view)),
  );
}

/** What landed in the same second stands as its commits stand on the base. */
function inOrderOfEnd(standings: readonly MemberStanding[], view: View): readonly MemberStanding[] {
  const recent = valueOr(view.snapshot.base, null)?.recent ?? [];
  const depths = new Map(recent.map((sha, index) => [sha, index]));
  const depthOf = ({ member: { outcome } }: MemberStanding) =>
    outcome.kind === 'merged' ? (depths.get(outcome.commit) ?? 0) : 0;
  const endIn = ({ member }: MemberStanding) => endOf(member, view);
  return [...standings].sort(
    (a, b) => compare(endIn(a), endIn(b)) || depthOf(b) - depthOf(a) || a.position - b.position,
  );
}

function compare(a: Time, b: Time): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

/** The hours on the clock, of all together, beside those that were estimated. */
function hoursText(ended: readonly MemberStanding[], view: View): readonly string[] {
  const members = ended.map(({ member }) => member);
  const starts = members.flatMap((member) => startOf(member) ?? []);
  const ends = members.map((member) => endOf(member, view)).filter((end) => end !== Infinity);
  const effort = sumEfforts(members);
  const sentences = [
    ...(starts.length === 0 || ends.length === 0
      ? []
      : [`From the first approval to the last end: ${hours(Math.min(...starts), Math.max(...ends))}.`]),
    ...(effort.known === 0 ? [] : [`Effort as estimated: ${effortSumText(effort)}.`]),
  ];
  return sentences.length === 0 ? [] : ['', sentences.join(' ')];
}

function withRows(head: string, rows: readonly string[]): string {
  let text = head;
  for (const [index, each] of rows.entries()) {
    if (text.length + each.length > MAX_COMMENT) return `${text}\n\nAnd ${rows.length - index} more.`;
    text += `\n${each}`;
  }
  return text;
}

function row(standing: MemberStanding, place: number | undefined, view: View): string {
  const { member } = standing;
  const { issue, number, pull, facts, outcome } = member;
  const start = startOf(member);
  const end = endOf(member, view);
  const asker = mergeAsker(member, view.heard);
  const cells = [
    place === undefined ? '' : String(place),
    `${issueLink(number)} ${escapeTableCell(issue.title, MAX_CELL)}`,
    stateText(standing, MAX_CELL),
    pull === null ? '' : pullLink(pull.number),
    outcome.kind === 'merged' ? commitLink(outcome.commit) : '',
    approverOf(member),
    reviewers(member, view),
    asker === null ? '' : codeCell(asker),
    factCell(facts.effort),
    end === Infinity ? '' : formatMinute(end),
    start === undefined || end === Infinity || end < start ? '' : hours(start, end),
  ];
  return `| ${cells.join(' | ')} |`;
}

/** When the work ended. A pull request that GitHub did not mark as merged was closed some minutes after its landing. */
function endOf(member: Member, { config }: View): Time {
  const { pull, issue } = member;
  const unmarked = pull?.state === 'closed' ? landedAt(member, config.settings) : null;
  return unmarked ?? pull?.closedAt ?? issue.closedAt ?? Infinity;
}

function startOf({ approval, recorded }: Member): Time | undefined {
  return approval.kind === 'given' ? approval.since : valueOr(recorded, null)?.approvedAt;
}

function approverOf({ approval, recorded }: Member): string {
  const by = approval.kind === 'given' ? approval.by : valueOr(recorded, null)?.approvedBy;
  return by === undefined ? '' : codeCell(by);
}

/** Those whose approvals counted. Where the base's rules cannot be read nobody can tell. */
function reviewers(member: Member, view: View): string {
  const approvals = countedReviews(member, view)?.approvals ?? [];
  return listed(approvals.map(({ author }) => author).sort(), MAX_REVIEWERS, codeCell);
}

/** Hours on the clock, not of work. */
function hours(from: Time, to: Time): string {
  const count = Math.round(((to - from) / HOUR) * 10) / 10;
  return formatHours({ low: count, high: count });
}
