import { greenAt, greenBefore, newest } from '../landing/green-at.js';
import { landedAt } from '../landing/slot.js';
import { type Member, isDropped } from '../membership/member.js';
import { type Pull, type PullDetail, type Time, valueOr } from '../model/index.js';
import type { Until } from '../settings/lists.js';
import type { MemberStanding, Progress } from '../view/progress.js';
import type { View } from '../view/view.js';
import { isSo, isSoFor, isUnderTest } from './automatic.js';
import { countedReviews } from './counted-reviews.js';

/** Whether a phase that ends with this item is over, also where nobody can tell since when. */
export function isMet(until: Until, view: View, progress: Progress): boolean {
  if (isSo({ kind: 'auto', auto: until, text: undefined }, view, progress)) return true;
  return metAt(until, view, progress) !== null;
}

/**
 * When an item came to be so for the last of the issues that are not cancelled or done elsewhere; null while it is not, and
 * where GitHub does not tell it for one of them. That the app brings green work up to date takes nothing back.
 */
export function metAt(until: Until, view: View, { standings }: Progress): Time | null {
  const counted = standings.filter(({ member }) => !isDropped(member));
  return newest(counted.map((standing) => metBy(standing, until, view)));
}

function metBy(standing: MemberStanding, until: Until, view: View): Time | null {
  const { member } = standing;
  const { pull } = member;
  if (!isSoFor(standing, until, view) && !(until === 'checks' && isUnderTest(standing))) return null;
  const landed = landingOf(member, view);
  if (until === 'merged' || pull === null) return landed;
  const detail = valueOr(pull.detail, null);
  const ready = detail === null ? null : readyAt(pull, detail);
  if (detail === null || ready === null || until === 'implemented') return ready;
  const met =
    until === 'approved' ? approvedAt(member, view, landed) : checkedAt(standing, pull, detail, view);
  return met === null ? null : Math.max(ready, met);
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

/** While the task file is still to be removed, so are the checks of that head to run. */
function checkedAt(standing: MemberStanding, pull: Pull, detail: PullDetail, view: View): Time | null {
  const { member, landing } = standing;
  const { settings } = view.config;
  const base = valueOr(view.snapshot.base, null);
  const rules = base === null ? null : valueOr(base.rules, null);
  if (rules === null || landing.some(({ kind }) => kind === 'task file')) return null;
  const before = greenBefore(pull, detail, rules.requiredChecks, settings);
  if (before !== 'not green') return before;
  if (!isSoFor(standing, 'checks', view)) return null;
  return greenAt(detail, rules.requiredChecks, settings, landingOf(member, view));
}

/**
 * When there were as many approvals as the base asks for, and one where it asks for none: those that came later end no
 * review. Of what has landed only those before that count.
 */
function approvedAt(member: Member, view: View, landed: Time | null): Time | null {
  const counted = countedReviews(member, view);
  if (counted === null) return null;
  const times = counted.approvals.map(({ at }) => at).filter((at) => landed === null || at <= landed);
  return times.sort((one, other) => one - other)[Math.max(counted.need, 1) - 1] ?? null;
}
