import type { ChecklistItem } from '../settings/lists.js';
import type { LandingReason } from '../reasons/reason.js';
import { isDropped, isInReview } from '../membership/member.js';
import { valueOr } from '../model/index.js';
import type { MemberStanding, Progress } from '../view/progress.js';
import type { View } from '../view/view.js';
import { countedReviews } from './counted-reviews.js';

/** An item that the app can tell by itself. */
export type Automatic = Exclude<ChecklistItem, { readonly kind: 'manual' }>;

/** What an item says where the settings give it no words of their own. */
const WORDS = {
  branches: 'Branches created for all issues',
  'task-files': 'Task files written for all issues',
  configuration: 'Configuration valid',
  dependencies: 'Dependencies documented',
  reviewers: 'Reviewers assigned',
  implemented: 'All issues implemented and ready for review',
  checks: 'All checks green',
  approved: 'All pull requests approved',
  merged: 'All pull requests merged',
  'cleaned-up': 'All branches cleaned up',
} satisfies Record<Extract<Automatic, { kind: 'auto' }>['auto'], string>;

/** What keeps the checks of a head from being green. */
const NOT_GREEN: readonly LandingReason['kind'][] = [
  'not started',
  'failing checks',
  'pending checks',
  'checks not started',
  'checks missing',
  'settling',
  'unread',
];

const NOT_APPROVED: readonly LandingReason['kind'][] = [
  'not started',
  'approvals',
  'changes requested',
  'unread',
];

/** The words of an item, not escaped. */
export function wordsOf(item: Automatic): string {
  if (item.text !== undefined) return item.text;
  return item.kind === 'check' ? `Check ${item.check} green` : WORDS[item.auto];
}

/**
 * Whether an item is so for every issue of the deployment that is not cancelled or done elsewhere. What cannot be read is
 * not so, and neither is anything where no such issue is left.
 */
export function isSo(item: Automatic, view: View, { standings }: Progress): boolean {
  const counted = standings.filter(({ member }) => !isDropped(member));
  if (counted.length === 0) return false;
  if (item.kind === 'check') return counted.every((each) => hasPassed(each, item.check));
  const { auto } = item;
  if (auto === 'configuration') return view.config.kind === 'valid';
  if (auto === 'dependencies' && view.graph.unread.size > 0) return false;
  return counted.every((each) => isSoFor(each, auto, view));
}

/** Whether an item is so for one issue. */
export function isSoFor(
  { member, landing }: MemberStanding,
  auto: Exclude<Extract<Automatic, { kind: 'auto' }>['auto'], 'configuration'>,
  view: View,
): boolean {
  const { outcome, pull, branch, recorded, facts } = member;
  const isMerged = outcome.kind === 'merged';
  const isReady = isMerged || isInReview(member);
  const none = (kinds: readonly LandingReason['kind'][]) => !landing.some(({ kind }) => kinds.includes(kind));
  switch (auto) {
    case 'branches':
      return isMerged || branch !== null;
    case 'task-files':
      return isMerged || valueOr(recorded, null) !== null;
    case 'dependencies':
      return facts.dependencies.unreadable.length === 0;
    case 'reviewers':
      return (pull?.assignees.length ?? 0) > 0;
    case 'implemented':
      return isReady;
    case 'checks':
      return isMerged || (isReady && none(NOT_GREEN));
    case 'approved':
      return isMerged || (isReady && none(NOT_APPROVED) && isReviewed(member, view));
    case 'merged':
      return isMerged;
    case 'cleaned-up':
      return isMerged && branch === null;
  }
}

/** True while nothing more is known against the checks of a head than that not all of them have come to an end. */
export function isUnderTest({ member, landing }: MemberStanding): boolean {
  const against: readonly LandingReason['kind'][] = ['not started', 'failing checks', 'unread'];
  return isInReview(member) && !landing.some(({ kind }) => against.includes(kind));
}

/** Where the base asks for no approval, somebody's is still what the word says. */
function isReviewed(member: MemberStanding['member'], view: View): boolean {
  return (countedReviews(member, view)?.approvals ?? []).length > 0;
}

function hasPassed({ member: { pull } }: MemberStanding, name: string): boolean {
  const detail = pull === null ? null : valueOr(pull.detail, null);
  const named = (detail === null ? [] : valueOr(detail.checks, [])).filter((check) => check.name === name);
  return named.length > 0 && named.every(({ state }) => state === 'passed');
}
