import { countedApprovals } from '../landing/approvals.js';
import { approvalRules } from '../landing/landing-reasons.js';
import type { Member } from '../membership/member.js';
import { type Review, valueOr } from '../model/index.js';
import type { View } from '../view/view.js';

/** The approvals of a pull request that count, and how many have to. */
export interface CountedReviews {
  readonly approvals: readonly Review[];
  /** 0 where the command to land suffices. */
  readonly need: number;
}

/** Those of a member; null where they, or the base's rules, cannot be read. */
export function countedReviews(member: Member, { snapshot, config }: View): CountedReviews | null {
  const { pull } = member;
  const base = valueOr(snapshot.base, null);
  const rules = base === null ? null : valueOr(base.rules, null);
  if (pull === null || pull.detail.kind === 'unreadable' || rules === null) return null;
  const terms = approvalRules(member, rules, snapshot, config.settings);
  return { approvals: countedApprovals(pull, pull.detail.value, terms), need: terms.need };
}
