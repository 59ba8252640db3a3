import type { Check, Readable, Time } from '../model/index.js';
import type { LandingReason } from '../reasons/reason.js';
import { isOwnCheck } from '../settings/config-check.js';
import type { Settings } from '../settings/schema.js';

/** After this long without a check that is expected, CI is said to have never started, or that check never reported. */
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
 * nobody asks for any, all that are on the head count, and all that had passed on the head that the app made it from, and
 * nothing is green before it has settled: a slow check may be made after a fast one has passed. The app's own checks are not
 * among them: the reasons of the gate say more, and an error in the configuration keeps nothing from landing.
 */
export function checkReasons(input: ChecksInput): readonly LandingReason[] {
  const { settings, checks, earlierChecks } = input;
  if (checks.kind === 'unreadable') return [{ kind: 'unread', what: 'its checks', why: checks.why }];
  if (earlierChecks.kind === 'unreadable') {
    return [{ kind: 'unread', what: 'the checks before its update', why: earlierChecks.why }];
  }
  const isOther = (name: string) => !isOwnCheck(name, settings);
  const seen = checks.value.filter(({ name }) => isOther(name));
  const asked = [...new Set([...input.required, ...settings.merge.checks])].filter(isOther);
  const counting = asked.length === 0 ? seen : seen.filter((check) => asked.includes(check.name));
  const reasons: LandingReason[] = [];
  const failed = namesOf(counting, 'failed');
  const pending = namesOf(counting, 'pending');
  if (failed.length > 0) reasons.push({ kind: 'failing checks', names: failed });
  if (pending.length > 0) reasons.push({ kind: 'pending checks', names: pending });
  const earlier = earlierChecks.value.filter(({ name, state }) => isOther(name) && state === 'passed');
  const expected = asked.length === 0 ? earlier.map((check) => check.name) : asked;
  const missing = expected.filter((name) => !seen.some((check) => check.name === name));
  if (seen.length === 0) return [...reasons, ...notStarted(input, expected.length > 0)];
  if (missing.length > 0) {
    reasons.push({
      kind: 'checks missing',
      names: missing.toSorted(),
      asked: asked.length > 0,
      overdue: isOverdue(input),
    });
  }
  const isGreen = reasons.length === 0;
  return isGreen && asked.length === 0 && !hasSettled(input)
    ? [{ kind: 'settling', sha: input.sha }]
    : reasons;
}

/** Where checks are asked for, or the base has some, there has to be one; elsewhere a head settles without. */
function notStarted(input: ChecksInput, named: boolean): readonly LandingReason[] {
  const { sha, settings, baseChecks } = input;
  const expected =
    named ||
    baseChecks.kind === 'unreadable' ||
    baseChecks.value.some((check) => !isOwnCheck(check.name, settings));
  if (!expected && hasSettled(input)) return [];
  return [{ kind: 'checks not started', sha, overdue: expected && isOverdue(input) }];
}

/** Whether checks had the time to be made. Not so while nobody knows when the head came. */
function hasSettled({ pushedAt, now, settings }: ChecksInput): boolean {
  return pushedAt !== null && now - pushedAt >= settings.merge.settle;
}

function isOverdue({ pushedAt, now }: ChecksInput): boolean {
  return pushedAt !== null && now - pushedAt >= OVERDUE;
}

/** The failing checks of a head, or of the base's own, among the names that count for a pull request. */
export function failingNames(
  checks: readonly Check[],
  required: readonly string[],
  settings: Settings,
): readonly string[] {
  return namesOf(thatCount(checks, required, settings), 'failed');
}

/** Those that have not come to an end yet, among the same names. */
export function pendingNames(
  checks: readonly Check[],
  required: readonly string[],
  settings: Settings,
): readonly string[] {
  return namesOf(thatCount(checks, required, settings), 'pending');
}

/** The checks that count for a pull request, among all on its head. */
export function thatCount(
  checks: readonly Check[],
  required: readonly string[],
  settings: Settings,
): readonly Check[] {
  const asked = [...required, ...settings.merge.checks];
  return checks.filter(
    ({ name }) => !isOwnCheck(name, settings) && (asked.length === 0 || asked.includes(name)),
  );
}

function namesOf(checks: readonly Check[], state: Check['state']): readonly string[] {
  return [...new Set(checks.filter((check) => check.state === state).map((check) => check.name))].sort();
}
