import { hasWork } from '../landing/landing-reasons.js';
import { conflictOf } from '../landing/conflict.js';
import { type Member, isInReview } from '../membership/member.js';
import { type PullDetail, type Pull, type Time, valueOr } from '../model/index.js';
import type { Settings } from '../settings/schema.js';
import type { MemberStanding } from '../view/progress.js';
import type { View } from '../view/view.js';

/** What stakeholders may be told of. */
export type StakeholderEvent = Settings['stakeholders'][number]['when'][number];

/**
 * What has happened to one subagent, and when. An event lasts as long as what it says is so: what nobody could tell of in
 * time, as work that was in review for a moment only, is not told of any more; nor is what is older than a day, so that the
 * first look after a long outage tells of nothing that everybody knows. Who hears of `ready` does not hear of `deployed`
 * while both last.
 *
 * - `deployed`: its pull request is open, with the task on it; since that was opened.
 * - `ready`: its pull request is open for review, with work on it; since it was marked as ready, or opened so.
 * - `failing`: all checks that count have ended on a head in review, and some have failed; since the last of those.
 * - `conflict`: it conflicts with the base; since the last push to either side, as GitHub does not say it.
 * - `merged`: its work is on the base; since its pull request was closed.
 */
export interface SubagentEvent {
  readonly event: Exclude<StakeholderEvent, 'complete'>;
  readonly at: Time;
  /** For `failing`, the checks. */
  readonly names: readonly string[];
}

/** The events of one subagent that last. */
export function eventsOf({ member, landing }: MemberStanding, view: View): readonly SubagentEvent[] {
  const { pull, outcome, recorded } = member;
  if (pull === null) return [];
  const { createdAt, closedAt } = pull;
  if (outcome.kind === 'merged') return closedAt === null ? [] : [event('merged', closedAt)];
  if (outcome.kind !== 'open' || pull.state !== 'open' || pull.detail.kind === 'unreadable') return [];
  const detail = pull.detail.value;
  const events: SubagentEvent[] = [];
  if (recorded.kind === 'read' && recorded.value !== null) events.push(event('deployed', createdAt));
  if (isInReview(member) && hasWork(member)) events.push(event('ready', readyAt(pull, detail)));
  const failing = landing.find((reason) => reason.kind === 'failing checks');
  const isOver = !landing.some(({ kind }) => kind === 'pending checks');
  if (isInReview(member) && isOver && failing?.kind === 'failing checks') {
    events.push(event('failing', failedAt(detail, failing.names) ?? pushedAt(pull, detail), failing.names));
  }
  if (conflictOf(pull) !== null) {
    events.push(event('conflict', Math.max(pushedAt(pull, detail), baseMovedAt(view))));
  }
  return events;
}

function event(kind: SubagentEvent['event'], at: Time, names: readonly string[] = []): SubagentEvent {
  return { event: kind, at, names };
}

/** Where there are no drafts, the app's own pull request is for review from the first push of work. */
function readyAt(pull: Pull, detail: PullDetail): Time {
  return detail.readyAt ?? (pull.author?.kind === 'me' ? pushedAt(pull, detail) : pull.createdAt);
}

function pushedAt({ createdAt }: Pull, detail: PullDetail): Time {
  return detail.pushedAt ?? createdAt;
}

/** When the last of the checks that have failed ended; null where GitHub does not say. */
function failedAt({ checks }: PullDetail, names: readonly string[]): Time | null {
  const ends = valueOr(checks, []).flatMap(({ name, state, at }) =>
    names.includes(name) && state === 'failed' && at !== undefined ? [at] : [],
  );
  return ends.length === 0 ? null : Math.max(...ends);
}

/** By a push that GitHub saw, or by a landing: a commit that lands by fast-forward was seen before. */
function baseMovedAt({ snapshot, members }: View): Time {
  const seen = valueOr(snapshot.base, null)?.seenAt ?? 0;
  const landings = members.flatMap(({ outcome, pull }: Member) =>
    outcome.kind === 'merged' && pull !== null && pull.closedAt !== null ? [pull.closedAt] : [],
  );
  return Math.max(seen, ...landings);
}
