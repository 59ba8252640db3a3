import type { Actor, Comment, Time } from '../model/index.js';

/** Who did something, and when. */
interface Deed {
  readonly actor: Actor | null;
  readonly at: Time;
}

/**
 * True if the opposite of what a command asks for was done after it, so that it is done already: by a person, or by the
 * app for a later command. What the app did of itself, or for an older command, is no answer to this one.
 *
 * @param event the newest event of what the command sets; it says the opposite
 * @param undone the newest accepted command that asked for the opposite
 */
export function isOvertaken({ actor, at }: Deed, comment: Comment, undone: Comment | null): boolean {
  if (actor?.kind !== 'me') return at > comment.createdAt;
  return undone !== null && isLater(undone, comment);
}

/**
 * True if what a command asks for was done since: it was cut off before its answer, or a person did the same. GitHub
 * counts whole seconds; of two in the same one only the app's own event can have come of the comment.
 *
 * @param event the newest event of what the command sets; it says what the command asks for
 */
export function isDoneSince({ actor, at }: Deed, comment: Comment): boolean {
  return actor?.kind === 'me' ? at >= comment.createdAt : at > comment.createdAt;
}

/** True if a comment is the newer one. GitHub counts whole seconds; ids of comments only grow. */
export function isLater(one: Comment, other: Comment): boolean {
  return one.createdAt === other.createdAt ? one.id > other.id : one.createdAt > other.createdAt;
}
