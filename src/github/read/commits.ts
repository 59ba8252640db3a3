import type { Actor, Commit, Readable } from '../../core/model/index.js';
import { type Connection, mapReadable, whole } from './answer.js';

/** The fragment `CommitParts`. */
export interface RawCommit {
  readonly oid: string;
  readonly message: string;
  readonly author: {
    readonly email: string | null;
    readonly user: { readonly databaseId: number | null; readonly login: string } | null;
  } | null;
  readonly signature: { readonly isValid: boolean; readonly wasSignedByGitHub: boolean } | null;
}

/** Commits, oldest first. `fault` is the first error below them. */
export function commitsOf<Raw>(
  connection: Connection<Raw> | null | undefined,
  fault: string | null,
  me: number,
  commitIn: (raw: Raw) => RawCommit,
): Readable<readonly Commit[]> {
  return mapReadable(whole(connection, fault), (nodes) => nodes.map((raw) => commitOf(commitIn(raw), me)));
}

function commitOf({ oid, message, author, signature }: RawCommit, me: number): Commit {
  const madeOnGitHub = signature?.isValid === true && signature.wasSignedByGitHub;
  return { sha: oid, message, author: authorOf(author, madeOnGitHub, me), madeOnGitHub };
}

/** The address that GitHub gives to the author of an app's commits: the bot's database id and login. */
const BOT = /^(\d+)\+([^@+]+\[bot\])@users\.noreply\.github\.com$/;

/**
 * GraphQL names the person behind an author's address, and no app. An address can be made up, so a commit is the app's
 * own only if GitHub signed it.
 */
function authorOf(author: RawCommit['author'], madeOnGitHub: boolean, me: number): Actor | null {
  if (author?.user) return { login: author.user.login, kind: 'person' };
  const [, id, login] = BOT.exec(author?.email ?? '') ?? [];
  if (id === undefined || login === undefined) return null;
  if (Number(id) !== me) return { login, kind: 'bot' };
  return madeOnGitHub ? { login, kind: 'me' } : null;
}
