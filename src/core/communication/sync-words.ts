import { Temporal } from 'temporal-polyfill';

import { hasWork } from '../landing/landing-reasons.js';
import { type Member, isOver } from '../membership/member.js';
import type { Time } from '../model/index.js';
import { codeSpan } from '../text/code.js';
import { firstBlocks } from '../text/fitting.js';
import { listed } from '../text/listed.js';
import { formatMinute } from '../text/time.js';
import { issueLink, issueLinks, nodeLink, pullLink } from '../tracking/links.js';
import { renderNeedsList } from '../tracking/needs-you.js';
import { needsOf } from '../tracking/needs.js';
import { landsNext, standLine } from '../tracking/verdict.js';
import type { MemberStanding, Progress } from '../view/progress.js';
import { pushedAt } from '../view/progress.js';
import type { View } from '../view/view.js';
import type { SyncSettings } from './sync-times.js';

/** UTF-16 code units of each list: all of a sync stays far below GitHub's limit of 65,536 characters. */
const MAX_LIST = 15_000;
const MAX_NEEDS = 15;
const MAX_NODES = 5;
const MAX_NAMED = 20;

/** How a sync that somebody asked for is headed. */
export const ASKED_FOR = 'Sync';

/** How a sync that was due is headed: `Sync of 2026-01-05, 09:00 (Europe/Berlin)`. */
export function scheduledTitle({ timezone }: Pick<SyncSettings, 'timezone'>, due: Time): string {
  const local = Temporal.Instant.fromEpochMilliseconds(due).toZonedDateTimeISO(timezone);
  const time = local.toPlainTime().toString({ smallestUnit: 'minute' });
  return `Sync of ${local.toPlainDate().toString()}, ${time} (${timezone})`;
}

/** What has moved since the last sync, what is blocked and on whom, and what lands next. */
export function renderSync(view: View, progress: Progress, since: Time, title: string): string {
  const open = progress.standings.filter(({ member }) => !isOver(member));
  const moved = movedLines(progress.standings, since);
  const waiting = open.flatMap(waitingLine);
  const needs = renderNeedsList(needsOf(view, progress), MAX_NEEDS);
  const next = landsNext(open);
  return [
    `**${title}.** ${standLine(view, progress)}`,
    section(`Moved since ${formatMinute(since)}`, moved, 'Nothing.'),
    section('Needs somebody', needs, 'Nothing.'),
    ...(waiting.length === 0 ? [] : [section('Waits for other issues', waiting, '')]),
    ...(next === '' ? [] : [`**Lands next**\n\n${next}`]),
  ].join('\n\n');
}

function section(heading: string, items: readonly string[], none: string): string {
  const { lines, left } = firstBlocks(
    items.map((item) => [item]),
    MAX_LIST,
  );
  const all = [...lines, ...(left === 0 ? [] : [`- And ${left} more.`])];
  return [`**${heading}**`, '', ...(all.length === 0 ? [none] : all)].join('\n');
}

/** What has happened since then to whom: one line for all to whom the same has, oldest first. */
function movedLines(standings: readonly MemberStanding[], since: Time): readonly string[] {
  const numbers = new Map<string, number[]>();
  for (const { member } of standings) {
    const events = eventsOf(member)
      .filter(({ at }) => at > since)
      .sort((a, b) => a.at - b.at);
    const text = events.map((event) => event.text).join(', ');
    if (text !== '') numbers.set(text, [...(numbers.get(text) ?? []), member.number]);
  }
  return [...numbers].map(([text, same]) => `- ${issueLinks(same, MAX_NAMED)}: ${text}`);
}

interface Moved {
  readonly text: string;
  readonly at: Time;
}

function eventsOf(member: Member): readonly Moved[] {
  const { pull, outcome, issue } = member;
  const end = pull?.closedAt ?? issue.closedAt;
  const ended = (text: string): readonly Moved[] => (end === null ? [] : [{ text, at: end }]);
  const by = pull === null ? '' : ` with pull request ${pullLink(pull.number)}`;
  return [
    ...(pull === null ? [] : [{ text: 'deployed', at: pull.createdAt }]),
    ...(outcome.kind === 'open' ? workOf(member) : []),
    ...(outcome.kind === 'merged' ? ended(`landed${by}`) : []),
    ...(outcome.kind === 'done elsewhere' ? ended(`done elsewhere, in ${codeSpan(outcome.pull)}`) : []),
    ...(outcome.kind === 'cancelled' ? ended(`cancelled: ${outcome.how}`) : []),
  ];
}

function workOf(member: Member): readonly Moved[] {
  const detail = member.pull?.detail;
  const ready = detail?.kind === 'read' ? detail.value.readyAt : undefined;
  const pushed = pushedAt(member);
  return [
    ...(pushed === null || !hasWork(member) ? [] : [{ text: 'pushed to', at: pushed }]),
    ...(ready === undefined || member.pull?.draft === true ? [] : [{ text: 'ready for review', at: ready }]),
  ];
}

function waitingLine({ member, gate }: MemberStanding): readonly string[] {
  const nodes = gate.flatMap((reason) => (reason.kind === 'waits' ? [reason.node] : []));
  if (nodes.length === 0) return [];
  return [`- ${issueLink(member.number)} waits for ${listed(nodes, MAX_NODES, nodeLink)}`];
}
