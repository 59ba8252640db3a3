import type { Attempt } from '../landing/refused.js';
import type { Member } from '../membership/member.js';
import type { Time } from '../model/index.js';
import type { RefusedWords } from './refusal.js';
import type { View } from './view.js';

/**
 * How long a landing that GitHub refused rests (ms), as long as nothing that the app sees has changed: what it does not
 * see may have, such as a conversation that was resolved. Each attempt closes the gates of its sharers for a moment.
 */
const RETRY_AFTER = 5 * 60_000;

/**
 * How long a comment rests that GitHub did not take (ms): that a conversation is unlocked is not seen, and each attempt takes
 * seconds in which nothing lands.
 */
const SAY_AGAIN_AFTER = 24 * 3_600_000;

/** The attempt to land a member that GitHub refused, as far as that still holds; null if there is none. */
export function refusedAttempt({ pull }: Member, { refusals }: View): Attempt | null {
  return attemptsOf(refusals).find((attempt) => attempt.pull === pull?.number) ?? null;
}

/**
 * True if GitHub refused to land this very head a short while ago. A head that the app has made since is tried at once,
 * and so is all that was refused once somebody has asked for a `refresh`.
 */
export function rests(member: Member, view: View): boolean {
  const attempt = refusedAttempt(member, view);
  if (attempt === null || attempt.head !== member.pull?.head.sha) return false;
  return view.now - attempt.at < RETRY_AFTER && !isRefreshed(attempt, view);
}

/** True if GitHub refused this very comment, and nobody has asked for a `refresh` since. */
export function wordsRest(comment: Pick<RefusedWords, 'number' | 'cause'>, view: View): boolean {
  return view.refusals.some(
    ({ of }) =>
      of?.kind === 'words' &&
      of.number === comment.number &&
      of.cause === comment.cause &&
      view.now - of.at < SAY_AGAIN_AFTER &&
      !isRefreshed(of, view),
  );
}

/** When the landings that GitHub refused have rested. */
export function retriesAt({ refusals }: View): readonly Time[] {
  return attemptsOf(refusals).map(({ at }) => at + RETRY_AFTER);
}

function attemptsOf(refusals: View['refusals']): readonly Attempt[] {
  return refusals.flatMap(({ of }) => (of?.kind === 'landing' ? [of.attempt] : []));
}

function isRefreshed({ at }: Pick<Attempt, 'at'>, { heard }: View): boolean {
  return heard.accepted.some(({ command, comment }) => command.verb === 'refresh' && comment.createdAt > at);
}
