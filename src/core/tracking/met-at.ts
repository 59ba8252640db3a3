import { greenAt, newest } from '../landing/green-at.js';
import { landedAt } from '../landing/slot.js';
import { type Member, isDropped } from '../membership/member.js';
import { type Pull, type PullDetail, type Time, valueOr } from '../model/index.js';
import type { Until } from '../settings/lists.js';
import type { Progress } from '../view/progress.js';
import type { View } from '../view/view.js';
import { isSo } from './automatic.js';

/**
 * When an item came to be so for the last of the issues that are not cancelled or done elsewhere; null while it is not, and
 * where GitHub does not tell it for one of them.
 */
export function metAt(until: Until, view: View, progress: Progress): Time | null {
  if (!isSo({ kind: 'auto', auto: until, text: undefined }, view, progress)) return null;
  const members = progress.standings.map(({ member }) => member).filter((member) => !isDropped(member));
  return newest(members.map((member) => metBy(member, until, view)));
}

function metBy(member: Member, until: Until, view: View): Time | null {
  const { pull } = member;
  const landed = landingOf(member, view);
  if (until === 'merged' || pull === null) return landed;
  const detail = valueOr(pull.detail, null);
  if (detail === null) return null;
  const ready = readyAt(pull, detail);
  const met = until === 'implemented' ? ready : momentOf(until, detail, view, landed);
  return ready === null || met === null ? null : Math.min(Math.max(ready, met), landed ?? Infinity);
}

/** Of a pull request that GitHub has not marked as merged yet, or never does, by the gate that recorded it. */
function landingOf(member: Member, { config }: View): Time | null {
  if (member.outcome.kind !== 'merged') return null;
  return member.pull?.state === 'merged' ? member.pull.closedAt : landedAt(member, config.settings);
}

/** When the work was ready for review. One that the app had to open as no draft was never said to be. */
function readyAt({ author, createdAt }: Pull, detail: PullDetail): Time | null {
  return detail.readyAt ?? (author?.kind === 'me' ? null : createdAt);
}

function momentOf(
  until: 'checks' | 'approved',
  detail: PullDetail,
  { snapshot, config }: View,
  landed: Time | null,
): Time | null {
  if (until === 'approved') return approvedAt(detail, landed);
  const base = valueOr(snapshot.base, null);
  const rules = base === null ? null : valueOr(base.rules, null);
  return rules === null ? null : greenAt(detail, rules.requiredChecks, config.settings, landed);
}

/** The newest approval; of what has landed, the newest before that. */
function approvedAt({ reviews }: PullDetail, landed: Time | null): Time | null {
  const times = valueOr(reviews, []).flatMap(({ state, at }) =>
    state === 'approved' && (landed === null || at <= landed) ? [at] : [],
  );
  return newest(times);
}
