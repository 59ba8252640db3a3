import type { Comment, Id, Issue, Reaction, ReactionContent } from '../../state/model.js';
import type { View } from '../../world.js';
import { type Context, actor, demand, effect, present, row } from '../context.js';
import { forbidden } from '../errors.js';
import { writing } from './access.js';
import { demandUnlocked } from './comments.js';

/** What can be reacted to: the body of an issue or pull request, or a comment. */
export type Subject =
  { readonly kind: 'issue'; readonly row: Issue } | { readonly kind: 'comment'; readonly row: Comment };

/** The reactions to an issue or comment, oldest first. */
export function reactionsTo(view: View, subjectId: Id): Reaction[] {
  return Object.values(view.state.reactions)
    .filter((reaction) => reaction.subjectId === subjectId)
    .sort((a, b) => a.id - b.id);
}

/** The reaction of one account to a subject, if there is one. */
export function reactionBy(
  view: View,
  subjectId: Id,
  accountId: Id,
  content: ReactionContent,
): Reaction | undefined {
  return reactionsTo(view, subjectId).find((one) => one.authorId === accountId && one.content === content);
}

function demandReaction(context: Context, subject: Subject): Issue {
  const { state } = present(context);
  const issue = subject.kind === 'issue' ? subject.row : row(state.issues, subject.row.issueId);
  demand(context, row(state.repositories, issue.repositoryId), writing(issue, 'read'));
  return issue;
}

/**
 * Reacts to an issue or comment: anybody who sees it may, unless it is locked. The same reaction again is the row that is
 * there, without an effect. GitHub sends no webhook for reactions, and `updated_at` stays.
 */
export function addReaction(
  context: Context,
  subject: Subject,
  content: ReactionContent,
): { reaction: Reaction; created: boolean } {
  const authorId = actor(context);
  demandUnlocked(context, demandReaction(context, subject), 'reaction');
  const before = reactionBy(present(context), subject.row.id, authorId, content);
  if (before !== undefined) return { reaction: before, created: false };
  const reaction = effect(context, (write) => {
    const made: Reaction = {
      id: write.newId(),
      subjectId: subject.row.id,
      authorId,
      content,
      createdAt: write.now,
    };
    write.state.reactions[made.id] = { ...made };
    return made;
  });
  return { reaction, created: true };
}

/** Takes a reaction back: only by the one who gave it. */
export function removeReaction(context: Context, subject: Subject, reaction: Reaction): void {
  const mine = actor(context) === reaction.authorId;
  demandReaction(context, subject);
  if (!mine) throw forbidden('You can only remove your own reactions.');
  effect(context, (write) => {
    delete write.state.reactions[reaction.id];
  });
}
