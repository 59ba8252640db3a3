import { mayRun } from '../commands/meaning.js';
import type { Comment, Time } from '../model/index.js';
import type { Heeded } from '../view/heard.js';
import type { View } from '../view/view.js';
import { isLater } from './run-overtaken.js';

/**
 * The newest command that counts as carried out: one that the app accepted, or one that it may have run by `at` without
 * being able to say so. On a locked issue GitHub takes neither a reply nor a reaction of an app, so a command there stays
 * open, and two that ask for the opposite would undo each other for ever.
 *
 * @param at when the app did the last of what the command asks for
 * @param asks whether a command asks for it
 */
export function newestCarriedOut(view: View, at: Time, asks: (each: Heeded) => boolean): Comment | null {
  const { accepted, unanswered } = view.heard;
  const done = accepted.findLast(asks)?.comment ?? null;
  const open = unanswered.findLast(
    (each) => each.comment.createdAt <= at && asks(each) && mayBeRun(each, view),
  );
  if (open === undefined) return done;
  return done !== null && isLater(done, open.comment) ? done : open.comment;
}

function mayBeRun({ comment, command }: Heeded, { book }: View): boolean {
  if (comment.author === null || comment.editedByOthers) return false;
  const role = book.of(comment.author, comment.createdAt);
  return role.kind === 'read' && mayRun(role.value, command.verb);
}
