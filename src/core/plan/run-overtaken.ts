import type { Actor, Comment, Time } from '../model/index.js';

/**
 * True if the opposite of what a command asks for was done after it, so that it is done already: by a person, or by the
 * app for a later command. What the app did of itself, or for an older command, is no answer to this one.
 *
 * @param event the newest event of what the command sets; it says the opposite
 * @param undone the newest accepted command that asked for the opposite
 */
export function isOvertaken(
  { actor, at }: { readonly actor: Actor | null; readonly at: Time },
  comment: Comment,
  undone: Comment | null,
): boolean {
  if (actor?.kind !== 'me') return at > comment.createdAt;
  return undone !== null && isLater(undone, comment);
}

/** GitHub counts whole seconds; ids of comments only grow. */
function isLater(one: Comment, other: Comment): boolean {
  return one.createdAt === other.createdAt ? one.id > other.id : one.createdAt > other.createdAt;
}
