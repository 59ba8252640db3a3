import { type Actor, type Commit, type Readable, read, unreadable } from '../../core/model/index.js';
import { type Connection, timeOf, whole } from './answer.js';

/** The fragment `CommitParts`. */
export interface RawCommit {
  readonly oid: string;
  readonly message: string;
  readonly committedDate: string;
  readonly author: {
    readonly email: string | null;
    readonly user: { readonly databaseId: number | null; readonly login: string } | null;
  } | null;
  readonly authors: Connection<{ readonly user: { readonly login: string } | null }>;
  readonly committer: { readonly user: { readonly login: string } | null } | null;
  readonly signature: { readonly isValid: boolean; readonly wasSignedByGitHub: boolean } | null;
}

/** Commits in the order in which they are given. */
export function commitsOf(raws: Readable<readonly RawCommit[]>, me: number): Readable<readonly Commit[]> {
  if (raws.kind === 'unreadable') return raws;
  if (raws.value.some(({ authors }) => whole(authors, null).kind === 'unreadable')) {
    return unreadable('a commit has more authors than GitHub lists');
  }
  return read(raws.value.map((raw) => commitOf(raw, me)));
}

function commitOf(raw: RawCommit, me: number): Commit {
  const { oid, message, author, authors, committer } = raw;
  const writers = [...(authors.nodes ?? []), committer].flatMap((each) => each?.user?.login ?? []);
  const others = [...new Set(writers)].filter((login) => login !== author?.user?.login);
  return { sha: oid, message, others, committedAt: timeOf(raw.committedDate), ...originOf(raw, me) };
}

/** Whose commit it is, and whether GitHub made it. */
export function originOf(
  { author, signature }: Pick<RawCommit, 'author' | 'signature'>,
  me: number,
): Pick<Commit, 'author' | 'madeOnGitHub'> {
  const madeOnGitHub = signature?.isValid === true && signature.wasSignedByGitHub;
  return { author: authorOf(author, madeOnGitHub, me), madeOnGitHub };
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
