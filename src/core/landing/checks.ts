import type { Check, Readable, Time } from '../model/index.js';
import type { LandingReason } from '../reasons/reason.js';
import type { Settings } from '../settings/schema.js';

/** After this long without a check that is expected, CI is said to have never started. */
export const OVERDUE = 30 * 60_000;

export interface ChecksInput {
  readonly sha: string;
  readonly checks: Readable<readonly Check[]>;
  /** Checks on the head that the app made this one from. */
  readonly earlierChecks: Readable<readonly Check[]>;
  readonly baseChecks: Readable<readonly Check[]>;
  /** Names that the base requires. */
  readonly required: readonly string[];
  readonly pushedAt: Time | null;
  readonly now: Time;
  readonly settings: Settings;
}

/**
 * Why a head is not green; nothing if it is. The names that count are those that the base or the settings ask for; where
 * nobody asks for any, all that are on the head count, and all that had passed on the head that the app made it from.
 * The gate itself is not among them: its reasons say more.
 */
export function checkReasons(input: ChecksInput): readonly LandingReason[] {
  const { settings, checks, earlierChecks } = input;
  if (checks.kind === 'unreadable') return [{ kind: 'unread', what: 'its checks', why: checks.why }];
  if (earlierChecks.kind === 'unreadable') {
    return [{ kind: 'unread', what: 'the checks before its update', why: earlierChecks.why }];
  }
  const own = settings.gate.name;
  const seen = checks.value.filter((check) => check.name !== own);
  const asked = [...new Set([...input.required, ...settings.merge.checks])].filter((name) => name !== own);
  const counting = asked.length === 0 ? seen : seen.filter((check) => asked.includes(check.name));
  const reasons: LandingReason[] = [];
  const failed = namesOf(counting, 'failed');
  const pending = namesOf(counting, 'pending');
  if (failed.length > 0) reasons.push({ kind: 'failing checks', names: failed });
  if (pending.length > 0) reasons.push({ kind: 'pending checks', names: pending });
  const earlier = earlierChecks.value.filter(({ name, state }) => name !== own && state === 'passed');
  const expected = asked.length === 0 ? earlier.map((check) => check.name) : asked;
  const missing = expected.filter((name) => !seen.some((check) => check.name === name));
  if (missing.length > 0 || (asked.length === 0 && seen.length === 0)) {
    const waiting = notStarted(input, missing);
    if (waiting !== null) reasons.push(waiting);
  }
  return reasons;
}

/** Where checks are asked for, or the base has some, none may be missing; elsewhere a head settles without. */
function notStarted(input: ChecksInput, missing: readonly string[]): LandingReason | null {
  const { sha, pushedAt, now, settings, baseChecks } = input;
  const expected =
    missing.length > 0 ||
    baseChecks.kind === 'unreadable' ||
    baseChecks.value.some((check) => check.name !== settings.gate.name);
  const age = pushedAt === null ? null : now - pushedAt;
  if (!expected && age !== null && age >= settings.merge.settle) return null;
  return { kind: 'checks not started', sha, overdue: expected && age !== null && age >= OVERDUE };
}

/** The failing checks of the base's own head, among the names that count for a pull request. */
export function failingOnBase(
  baseChecks: readonly Check[],
  required: readonly string[],
  settings: Settings,
): readonly string[] {
  const asked = [...required, ...settings.merge.checks];
  return namesOf(
    baseChecks.filter(
      (check) => check.name !== settings.gate.name && (asked.length === 0 || asked.includes(check.name)),
    ),
    'failed',
  );
}

function namesOf(checks: readonly Check[], state: Check['state']): readonly string[] {
  return [...new Set(checks.filter((check) => check.state === state).map((check) => check.name))].sort();
}
