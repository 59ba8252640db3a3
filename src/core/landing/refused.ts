import { type Standing, holds } from '../authority/standing.js';
import type { Member } from '../membership/member.js';
import type { Check, PullDetail, Repository, Rules, Time } from '../model/index.js';
import { isOwnCheck } from '../settings/config-check.js';
import type { Settings } from '../settings/schema.js';
import { sameWork } from './approvals.js';

/** A landing that is tried, with all that GitHub's answer to it may rest on, as far as the app reads it. */
export interface Attempt {
  /** Number of the pull request. */
  readonly pull: number;
  readonly head: string;
  /** The checks on that head, but for the gate, which the attempt itself changes. */
  readonly checks: string;
  /** Everything else: what the base asks, the reviews, what people have said of it. */
  readonly terms: string;
  /** When it was planned. */
  readonly at: Time;
}

export interface AttemptContext {
  readonly settings: Settings;
  readonly repository: Repository;
  readonly rules: Rules;
  /** Whether GitHub has refused to move the base by fast-forward. */
  readonly noFastForward: boolean;
}

/** The attempt that landing a member now would be; null while some of it cannot be read. */
export function attemptOf(member: Member, context: AttemptContext, at: Time): Attempt | null {
  const detail = detailOf(member);
  const { pull } = member;
  if (pull === null || detail === null) return null;
  const { checks, reviews } = detail;
  if (checks.kind === 'unreadable' || reviews.kind === 'unreadable') return null;
  const { settings, repository, rules, noFastForward } = context;
  const said = [member.merge, member.hold].map((standing: Standing) => holds(standing));
  const base = [rules, repository.mergeMethods, settings.merge.method, noFastForward, pull.base];
  const reviewed = reviews.value.map((review) => JSON.stringify(review)).sort();
  return {
    pull: pull.number,
    head: pull.head.sha,
    checks: textOf(checks.value.filter((check) => !isOwnCheck(check.name, settings))),
    terms: JSON.stringify([base, reviewed, pull.draft, said]),
    at,
  };
}

/**
 * True if GitHub would say the same again, as far as the app can see: the same work, and nothing else has changed. The
 * app's own update makes a new head of the same work, or each landing of another would bring the refused one back to the
 * front. What cannot be read has not changed.
 */
export function wouldRefuseAgain(
  refused: Attempt,
  members: readonly Member[],
  context: AttemptContext,
): boolean {
  const member = members.find(({ pull }) => pull?.number === refused.pull);
  if (member === undefined || member.outcome.kind !== 'open' || member.pull?.state !== 'open') return false;
  const attempt = attemptOf(member, context, refused.at);
  const detail = detailOf(member);
  if (attempt === null || detail === null) return true;
  if (attempt.terms !== refused.terms) return false;
  if (attempt.head === refused.head) return attempt.checks === refused.checks;
  return sameWork(attempt.head, detail).has(refused.head);
}

function detailOf({ pull }: Member): PullDetail | null {
  return pull?.detail.kind === 'read' ? pull.detail.value : null;
}

function textOf(checks: readonly Check[]): string {
  return JSON.stringify(checks.map(({ name, app, state }) => JSON.stringify([name, app, state])).sort());
}
