import { reactionsTo } from '../../domain/issues/reactions.js';
import { editHistory } from '../../domain/issues/texts.js';
import { associationOf } from '../../present/association.js';
import { nodeId } from '../../present/node-id.js';
import type { Edit, Edited, Id, Reaction, ReactionContent } from '../../state/model.js';
import type { View } from '../../world.js';
import { type Fields, type Request, repositoryOf, viewerId } from '../request.js';
import { actorById } from './accounts.js';

/** What everything that people write has: issues, pull requests, comments, reviews. */
export interface Text {
  /** What edits and reactions name as their subject. */
  readonly id: Id;
  readonly repositoryId: Id;
  readonly authorId: Id;
  readonly body: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly edited: Edited | null;
  readonly url: string;
}

/** REST's names of the reactions, and GraphQL's. */
const CONTENTS = {
  '+1': 'THUMBS_UP',
  '-1': 'THUMBS_DOWN',
  laugh: 'LAUGH',
  hooray: 'HOORAY',
  confused: 'CONFUSED',
  heart: 'HEART',
  rocket: 'ROCKET',
  eyes: 'EYES',
} as const satisfies Record<ReactionContent, string>;
type Content = keyof typeof CONTENTS;

interface Group {
  readonly content: Content;
  readonly reactions: readonly Reaction[];
}

/** All eight groups in GitHub's order, also those that nobody used. */
export function reactionGroups(view: View, subjectId: Id): Group[] {
  const all = reactionsTo(view, subjectId);
  return (Object.keys(CONTENTS) as Content[]).map((content) => ({
    content,
    reactions: all.filter((one) => one.content === content),
  }));
}

/** A reaction's content in REST's words. */
export function contentOf(name: string): ReactionContent {
  const found = (Object.keys(CONTENTS) as Content[]).find((content) => CONTENTS[content] === name);
  if (found === undefined) throw new Error(`no reaction ${name}`);
  return found;
}

/** The fields that the `Comment`, `Reactable` and `Updatable` interfaces share. */
export function textFields<Row>(of: (row: Row, request: Request) => Text): Fields<Row> {
  return {
    author: (row, request) => actorById(request, of(row, request).authorId),
    authorAssociation: (row, request) => {
      const { authorId, repositoryId } = of(row, request);
      return associationOf(repositoryOf(request, repositoryId), authorId);
    },
    body: (row, request) => of(row, request).body ?? '',
    bodyText: (row, request) => of(row, request).body ?? '',
    createdAt: (row, request) => of(row, request).createdAt,
    updatedAt: (row, request) => of(row, request).updatedAt,
    publishedAt: (row, request) => of(row, request).createdAt,
    createdViaEmail: () => false,
    editor: (row, request) => actorById(request, of(row, request).edited?.byId ?? null),
    lastEditedAt: (row, request) => of(row, request).edited?.at ?? null,
    includesCreatedEdit: (row, request) => of(row, request).edited !== null,
    userContentEdits: (row, request) => editHistory(request.view, of(row, request).id),
    viewerDidAuthor: (row, request) => of(row, request).authorId === viewerId(request),
    reactionGroups: (row, request) => reactionGroups(request.view, of(row, request).id),
    reactions: (row, request, { content }: { content?: string | null }) =>
      reactionsTo(request.view, of(row, request).id).filter(
        (one) => !content || CONTENTS[one.content] === content,
      ),
    url: (row, request) => of(row, request).url,
    resourcePath: (row, request) => of(row, request).url.slice(request.view.url.length),
  };
}

/** Newest first, down to the original text; none for a text that was never edited. `diff` is the whole text. */
export const UserContentEdit: Fields<Edit> = {
  id: (edit) => nodeId('UserContentEdit', edit.id),
  createdAt: (edit) => edit.at,
  editedAt: (edit) => edit.at,
  updatedAt: (edit) => edit.at,
  deletedAt: () => null,
  deletedBy: () => null,
  diff: (edit) => edit.text,
  editor: (edit, request) => actorById(request, edit.editorId),
};

export const ReactionGroup: Fields<Group> = {
  content: (group) => CONTENTS[group.content],
  createdAt: (group) => group.reactions[0]?.createdAt ?? null,
  reactors: (group, request) => group.reactions.map((one) => actorById(request, one.authorId)),
  viewerHasReacted: (group, request) => group.reactions.some((one) => one.authorId === viewerId(request)),
};

export const ReactionType: Fields<Reaction> = {
  id: (reaction) => nodeId('Reaction', reaction.id),
  databaseId: (reaction) => reaction.id,
  content: (reaction) => CONTENTS[reaction.content],
  createdAt: (reaction) => reaction.createdAt,
  /** Null for an app's reaction: its bot is no User. */
  user: (reaction, { view }) => {
    const account = view.state.accounts[reaction.authorId];
    return account?.type === 'User' ? account : null;
  },
};
