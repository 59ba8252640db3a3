import type { Member } from '../membership/member.js';
import { type Pull, type PullDetail, type Readable, valueOr } from '../model/index.js';
import { worktreeOf } from '../names/members.js';
import { plural } from '../text/clean.js';
import { codeSpan } from '../text/code.js';
import { escapeHtml, escapeMarkdown } from '../text/escape.js';
import { listed } from '../text/listed.js';
import { formatMinute } from '../text/time.js';
import type { MemberStanding } from '../view/progress.js';
import type { View } from '../view/view.js';
import { branchLink, commentLink, commitLink, fileLink, issueLink, pullLink } from './links.js';
import { factLine, riskLine } from './phrases.js';
import { isMerged, stateText } from './table.js';

/** Of which subagents the details are shown. */
export type DetailsShown = 'all' | 'not merged' | 'none';

const MAX_NAMED = 5;
const MAX_NAME = 80;

/** Everything about each subagent, folded; null if that is longer than `room`. Of each it is written once at most. */
export function createDetails(
  view: View,
  standings: readonly MemberStanding[],
): (shown: DetailsShown, room: number) => string | null {
  const written = new Map<MemberStanding, string>();
  const textOf = (standing: MemberStanding): string => {
    const text = written.get(standing) ?? detailsOf(view, standing);
    written.set(standing, text);
    return text;
  };
  return (shown, room) => {
    if (standings.length === 0) return '';
    if (shown === 'none')
      return '## Details\n\nThey are left out, for length: each pull request shows its own.';
    const of = shown === 'all' ? standings : standings.filter((standing) => !isMerged(standing));
    const left = standings.length - of.length;
    let text = '## Details';
    if (left > 0) text += `\n\nThose of ${plural(left, 'merged subagent')} are left out, for length.`;
    for (const standing of of) {
      text += `\n\n${textOf(standing)}`;
      if (text.length > room) return null;
    }
    return text;
  };
}

function detailsOf(view: View, standing: MemberStanding): string {
  const { number, issue } = standing.member;
  const facts = factsOf(view, standing).map(([name, value]) => `- **${name}**: ${value}`);
  return [
    '<details>',
    `<summary>Issue ${number}: ${escapeHtml(issue.title, MAX_NAME)}</summary>`,
    '',
    ...facts,
    '',
    '</details>',
  ].join('\n');
}

type NamedValue = readonly [name: string, value: string];

function factsOf(view: View, standing: MemberStanding): readonly NamedValue[] {
  const { member } = standing;
  const { settings } = view.config;
  const { facts, number, branchName, pull } = member;
  const sha = valueOr(member.recorded, null)?.sha ?? null;
  const path = member.taskPath;
  return [
    ['Issue', `${issueLink(number)} ${escapeMarkdown(member.issue.title)}`],
    ['State', stateText(standing)],
    ['Worktree', codeSpan(worktreeOf(settings, number, view.baseBranch))],
    ['Branch', member.branch === null ? codeSpan(branchName) : branchLink(branchName)],
    ['Task file', sha === null ? codeSpan(path) : fileLink(path, sha)],
    ['Scope', factLine(facts.scope)],
    ['Effort', factLine(facts.effort)],
    ['Risk', riskLine(facts.risk)],
    ['Mitigation', factLine(facts.mitigation)],
    ...(facts.priority.kind === 'unknown' ? [] : [['Priority', factLine(facts.priority)] as const]),
    ...approvedBy(member),
    ...overriddenBy(standing),
    ...(pull === null ? [] : pullFacts(member, pull, settings.gate.name)),
  ];
}

function overriddenBy({ override, member }: MemberStanding): readonly NamedValue[] {
  const head = member.pull?.head.sha;
  if (override === null || head === undefined) return [];
  const { by, reason, on, comment, at } = override;
  const when = at === null ? '' : `, ${formatMinute(at)}`;
  const why = `${escapeMarkdown(reason)} (${commentLink({ on, id: comment })})`;
  return [['Order overridden', `by ${codeSpan(by)} for ${commitLink(head)}${when}: ${why}`]];
}

function approvedBy({ approval, recorded }: Member): readonly NamedValue[] {
  const record = valueOr(recorded, null);
  const by = approval.kind === 'given' ? approval.by : record?.approvedBy;
  const at = approval.kind === 'given' ? approval.at : record?.approvedAt;
  if (by === undefined || at === undefined) return [];
  return [['Approved by', `${codeSpan(by)}, ${formatMinute(at)}`]];
}

function pullFacts(member: Member, pull: Pull, gate: string): readonly NamedValue[] {
  const draft = pull.state === 'open' && pull.draft ? ', a draft' : '';
  const landed: readonly NamedValue[] =
    member.outcome.kind === 'merged' ? [['Landed as', commitLink(member.outcome.commit)]] : [];
  const head: NamedValue = ['Pull request', `${pullLink(pull.number)}${draft}`];
  if (pull.detail.kind === 'unreadable') {
    return [head, ...landed, ['Work', `cannot be read: ${escapeMarkdown(pull.detail.why)}`]];
  }
  const detail = pull.detail.value;
  return [
    head,
    ...landed,
    ['Commits', readable(detail.commits, (commits) => commitsText(commits.length, pull.head.sha))],
    ['Files changed', filesText(pull, detail)],
    ['Checks', readable(detail.checks, (checks) => checksText(checks, gate))],
    ['Reviews', readable(detail.reviews, reviewsText)],
  ];
}

function readable<T>(value: Readable<T>, text: (value: T) => string): string {
  return value.kind === 'read' ? text(value.value) : `cannot be read: ${escapeMarkdown(value.why)}`;
}

function commitsText(count: number, head: string): string {
  return count === 0 ? 'none' : `${count}, the last is ${commitLink(head)}`;
}

function filesText({ changedFiles }: Pull, { files }: PullDetail): string {
  if (files.kind === 'unreadable')
    return `${changedFiles} (names cannot be read: ${escapeMarkdown(files.why)})`;
  return changedFiles === 0 ? 'none' : `${changedFiles}: ${named([...files.value].sort(), changedFiles)}`;
}

type Values<T> = T extends { readonly kind: 'read'; readonly value: infer Value } ? Value : never;

function checksText(checks: Values<PullDetail['checks']>, gate: string): string {
  const parts = (['failed', 'pending', 'passed'] as const).flatMap((state) => {
    const own = checks
      .filter((check) => check.state === state && check.name !== gate)
      .map(({ name }) => name);
    const names = [...new Set(own)].sort();
    return names.length === 0 ? [] : [`${names.length} ${state} (${named(names, names.length)})`];
  });
  return parts.length === 0 ? 'none' : parts.join(', ');
}

function reviewsText(reviews: Values<PullDetail['reviews']>): string {
  const parts = (['changes requested', 'approved'] as const).flatMap((state) => {
    const authors = reviews.filter((review) => review.state === state).map(({ author }) => author);
    return authors.length === 0 ? [] : [`${state} by ${named(authors.sort(), authors.length)}`];
  });
  return parts.length === 0 ? 'none' : parts.join(', ');
}

/** The first few names as code, and how many more there are. */
function named(names: readonly string[], count: number): string {
  return listed(names, MAX_NAMED, (name) => codeSpan(name, MAX_NAME), count);
}
