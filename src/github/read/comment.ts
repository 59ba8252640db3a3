import { type Comment, type Readable, read, unreadable } from '../../core/model/index.js';
import { type RawActor, actorOf, authorOf } from './actor.js';
import { type Connection, timeOf } from './answer.js';

/** The fragment `CommentParts`. */
export interface RawComment {
  readonly id: string;
  /** Another one than that which was asked for, where its issue was transferred. */
  readonly repository: { readonly nameWithOwner: string };
  readonly databaseId: number;
  readonly body: string;
  readonly createdAt: string;
  readonly lastEditedAt: string | null;
  readonly url: string;
  readonly viewerDidAuthor: boolean;
  readonly author: RawActor | null;
  readonly pullRequest: { readonly id: string } | null;
  readonly userContentEdits: Connection<{ readonly editor: RawActor | null }> | null;
  readonly reactionGroups: readonly { readonly content: string; readonly viewerHasReacted: boolean }[] | null;
}

/** A comment; `number` is that of the issue or pull request it stands on. */
export function commentOf(
  raw: RawComment,
  number: number,
  fault: string | null,
  me: number,
): Readable<Comment> {
  if (fault !== null) return unreadable(fault);
  if (raw.reactionGroups === null) return unreadable('GitHub left its reactions out');
  return read({
    id: raw.databaseId,
    nodeId: raw.id,
    number,
    onPull: raw.pullRequest !== null,
    author: authorOf(raw, me),
    body: raw.body,
    createdAt: timeOf(raw.createdAt),
    editedByOthers: editedByOthers(raw, me),
    edited: raw.lastEditedAt !== null,
    answered: answeredBy(raw.reactionGroups),
    url: raw.url,
  });
}

/** An edit whose editor is not told may be anybody's; so may be edits that are not all told. */
function editedByOthers({ author, userContentEdits, lastEditedAt }: RawComment, me: number): boolean {
  if (userContentEdits === null) return lastEditedAt !== null;
  const { totalCount, nodes } = userContentEdits;
  if ((nodes ?? []).length < totalCount) return true;
  const own = actorOf(author, me);
  return (nodes ?? []).some((edit) => {
    const editor = actorOf(edit?.editor ?? null, me);
    return editor === null || own === null || editor.login !== own.login || editor.kind !== own.kind;
  });
}

/** The app's own reaction. Refused is the safe reading of both. */
function answeredBy(groups: NonNullable<RawComment['reactionGroups']>): Comment['answered'] {
  const reacted = (content: string) =>
    groups.some((group) => group.content === content && group.viewerHasReacted);
  if (reacted('CONFUSED')) return 'refused';
  return reacted('THUMBS_UP') ? 'done' : null;
}
