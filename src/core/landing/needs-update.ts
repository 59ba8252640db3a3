import type { Member } from '../membership/member.js';
import { valueOr } from '../model/index.js';
import type { GateReason } from '../reasons/reason.js';
import type { Method } from './method.js';

/** Who asks for heads that hold all of the base. */
export interface UpToDateTerms {
  /** How pull requests land; null while the app lands none. */
  readonly method: Method | null;
  /** Whether the base's rules ask for it, as far as the app reads them. */
  readonly strict: boolean;
  /** Whether GitHub refused to land it in words that it also has for a head that is behind. */
  readonly refusedAsBehind: (member: Member) => boolean;
}

export interface UpdateInput extends UpToDateTerms {
  readonly gateOf: (member: Member) => readonly GateReason[];
}

/**
 * True if a member has to be brought up to date before it lands: a *shares* edge asks for it, or it lacks commits of the
 * base and fast-forward or the base's rules ask for all of them. Nothing else costs a test run.
 */
export function needsUpdate(member: Member, input: UpdateInput): boolean {
  return input.gateOf(member).some((reason) => reason.kind === 'needs update') || isOutdated(member, input);
}

/**
 * True if a member lacks commits of the base, and cannot land without them. A merge queue tests it together with them,
 * whatever the rules say of heads:
 * https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/configuring-pull-request-merges/managing-a-merge-queue
 */
export function isOutdated(member: Member, terms: UpToDateTerms): boolean {
  const detail = member.pull === null ? null : valueOr(member.pull.detail, null);
  const { method, strict, refusedAsBehind } = terms;
  if (method === 'queue' || detail === null || detail.behindBy === 0) return false;
  return method === 'fast-forward' || strict || detail.mustUpdate || refusedAsBehind(member);
}
