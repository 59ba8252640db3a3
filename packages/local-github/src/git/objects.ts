import type { CatFile, ObjectType } from './cat-file.js';
import { isOid } from './oid.js';
import { GitError, type GitDirectory } from './run.js';
import type { Starter } from './starter.js';

/** A repository as the functions of this folder see it: where it is, its open reader of objects, what starts git. */
export interface Git extends GitDirectory {
  readonly objects: CatFile;
  readonly starter: Starter;
}

/** Who wrote or committed something, and when. */
export interface Signature {
  readonly name: string;
  readonly email: string;
  /** ISO 8601 in UTC with whole seconds, as GitHub's REST API shows it; written from any ISO 8601 text. */
  readonly date: string;
  /** The time zone that stands in the commit, as `+0200`; UTC if left out. */
  readonly offset?: string;
}

export interface Commit {
  readonly oid: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: Signature;
  readonly committer: Signature;
  readonly message: string;
}

export interface TreeEntry {
  /** From the root of the repository, with `/`, without one at either end; empty for the root itself. */
  readonly path: string;
  readonly mode: string;
  /** `commit` is a submodule. */
  readonly type: 'blob' | 'tree' | 'commit';
  readonly oid: string;
  /** In bytes; blobs only. */
  readonly size?: number;
}

const TREE_MODE = '040000';

/** The kind of an object; undefined if it does not exist or the name is no whole SHA-1. */
export async function objectType(git: Git, oid: string): Promise<ObjectType | undefined> {
  return isOid(oid) ? (await git.objects.info(oid))?.type : undefined;
}

/** The bytes of a file; undefined if there is no such blob. */
export async function readBlob(git: Git, oid: string): Promise<Buffer | undefined> {
  return readTyped(git, oid, 'blob');
}

/** A commit; undefined if there is no such commit. */
export async function readCommit(git: Git, oid: string): Promise<Commit | undefined> {
  const content = await readTyped(git, oid, 'commit');
  return content && parseCommit(oid, content.toString());
}

/**
 * A commit that is known to exist.
 * @throws GitError if it does not
 */
export async function requireCommit(git: Git, oid: string): Promise<Commit> {
  const commit = await readCommit(git, oid);
  if (commit === undefined) throw new GitError(`git cat-file commit ${oid}`, 'there is no such commit');
  return commit;
}

/** What is at a path in a commit or tree; undefined if nothing is. The empty path is the root. */
export async function entryAt(git: Git, treeish: string, path: string): Promise<TreeEntry | undefined> {
  const root = (await readCommit(git, treeish))?.tree ?? treeish;
  let entry: TreeEntry = { path: '', mode: TREE_MODE, type: 'tree', oid: root };
  for (const name of path === '' ? [] : path.split('/')) {
    const wanted = entry.path === '' ? name : `${entry.path}/${name}`;
    const next = (await readTree(git, entry))?.find((child) => child.path === wanted);
    if (next === undefined) return undefined;
    entry = next;
  }
  if (entry.type === 'tree' && (await objectType(git, entry.oid)) !== 'tree') return undefined;
  return withSize(git, entry);
}

/** The entries directly in a directory, in git's order; undefined if the path is no directory. */
export async function listTree(
  git: Git,
  treeish: string,
  path: string,
): Promise<readonly TreeEntry[] | undefined> {
  const directory = await entryAt(git, treeish, path);
  const entries = directory && (await readTree(git, directory));
  return entries && Promise.all(entries.map((entry) => withSize(git, entry)));
}

async function readTyped(git: Git, oid: string, type: ObjectType): Promise<Buffer | undefined> {
  const object = isOid(oid) ? await git.objects.read(oid) : undefined;
  return object?.type === type ? object.content : undefined;
}

async function withSize(git: Git, entry: TreeEntry): Promise<TreeEntry> {
  const info = entry.type === 'blob' ? await git.objects.info(entry.oid) : undefined;
  return info ? { ...entry, size: info.size } : entry;
}

async function readTree(git: Git, directory: TreeEntry): Promise<readonly TreeEntry[] | undefined> {
  const content = directory.type === 'tree' ? await readTyped(git, directory.oid, 'tree') : undefined;
  return content && parseTree(directory.path, content);
}

/** A tree is a row of `<mode> <name>\0<20 bytes of object name>`. */
function parseTree(directory: string, content: Buffer): readonly TreeEntry[] {
  const entries: TreeEntry[] = [];
  for (let start = 0; start < content.length;) {
    const space = content.indexOf(' ', start);
    const end = content.indexOf(0, space);
    const mode = content.toString('latin1', start, space).padStart(6, '0');
    const name = content.toString('utf8', space + 1, end);
    const path = directory === '' ? name : `${directory}/${name}`;
    entries.push({ path, mode, type: typeOf(mode), oid: content.toString('hex', end + 1, end + 21) });
    start = end + 21;
  }
  return entries;
}

function typeOf(mode: string): TreeEntry['type'] {
  if (mode === TREE_MODE) return 'tree';
  return mode === '160000' ? 'commit' : 'blob';
}

function parseCommit(oid: string, text: string): Commit {
  const end = text.indexOf('\n\n');
  const headers = text.slice(0, end < 0 ? text.length : end).split('\n');
  const values = (key: string): string[] =>
    headers.filter((line) => line.startsWith(`${key} `)).map((line) => line.slice(key.length + 1));
  return {
    oid,
    tree: values('tree')[0] ?? '',
    parents: values('parent'),
    author: parseSignature(values('author')[0] ?? ''),
    committer: parseSignature(values('committer')[0] ?? ''),
    message: end < 0 ? '' : text.slice(end + 2),
  };
}

function parseSignature(line: string): Signature {
  const match = /^(.*?) ?<([^>]*)> ?(\d+)? ?([+-]\d{4})?$/.exec(line);
  const date = new Date(Number(match?.[3] ?? 0) * 1000).toISOString().replace('.000Z', 'Z');
  return { name: match?.[1] ?? '', email: match?.[2] ?? '', date, offset: match?.[4] ?? '+0000' };
}
