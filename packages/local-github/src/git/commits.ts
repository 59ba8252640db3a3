import { randomUUID } from 'node:crypto';
import { entryAt, requireCommit, type Git, type Signature } from './objects.js';
import { assertOids, EMPTY_TREE } from './oid.js';
import { GitError, runLines } from './run.js';

export interface FileAddition {
  readonly path: string;
  readonly content: Buffer;
}

/** A commit of a tree that exists. */
export interface TreeCommit {
  readonly tree: string;
  readonly parents: readonly string[];
  readonly message: string;
  readonly author: Signature;
  readonly committer: Signature;
}

/** A commit described by what it changes. */
export interface FileCommit extends Omit<TreeCommit, 'tree'> {
  /** The commit whose files are the start; none for an empty start. */
  readonly base: string | undefined;
  readonly additions: readonly FileAddition[];
  readonly deletions: readonly string[];
}

interface NewCommit extends TreeCommit {
  readonly additions?: readonly (FileAddition & { readonly mode: string })[];
  readonly deletions?: readonly string[];
}

const PLAIN_FILE = '100644';
const EXECUTABLE_FILE = '100755';

/**
 * True for a path that a commit may have: relative, with `/`, no empty part, no `.`, `..` or `.git` part in any
 * case or by its short name of Windows, no NUL.
 */
export function isValidPath(path: string): boolean {
  return !path.includes('\0') && path.split('/').every((part) => !/^(|\.|\.\.|\.git|git~1)$/i.test(part));
}

/**
 * Writes a commit with some files added, replaced or deleted, deletions first. No ref moves. A replaced file that was
 * executable stays so. Nothing to change is allowed and makes an empty commit.
 * @throws TypeError if a path is not valid
 */
export async function writeCommit(git: Git, commit: FileCommit): Promise<{ readonly oid: string }> {
  for (const path of [...commit.deletions, ...commit.additions.map((addition) => addition.path)]) {
    if (!isValidPath(path)) throw new TypeError(`Not a path in a repository: ${JSON.stringify(path)}`);
  }
  const { base } = commit;
  const additions = await Promise.all(
    commit.additions.map(async (addition) => {
      const existing = base === undefined ? undefined : await entryAt(git, base, addition.path);
      return { ...addition, mode: existing?.mode === EXECUTABLE_FILE ? EXECUTABLE_FILE : PLAIN_FILE };
    }),
  );
  const tree = base === undefined ? EMPTY_TREE : (await requireCommit(git, base)).tree;
  return { oid: await writeOne(git, { ...commit, tree, additions }) };
}

/** Writes a commit of an existing tree. No ref moves. */
export async function commitTree(git: Git, commit: TreeCommit): Promise<{ readonly oid: string }> {
  return { oid: await writeOne(git, commit) };
}

async function writeOne(git: Git, commit: NewCommit): Promise<string> {
  const [oid] = await writeCommits(git, [commit]);
  if (oid === undefined) throw new GitError('git fast-import', 'it named no commit');
  return oid;
}

/**
 * Writes commits through one `git fast-import` and returns their names in the same order. It wants a branch to work
 * on: it gets one that is reset to nothing before the end, so that no ref is ever written.
 */
export async function writeCommits(git: Git, commits: readonly NewCommit[]): Promise<readonly string[]> {
  const scratch = `refs/scratch/${randomUUID()}`;
  const stream = commits.flatMap((commit, index) => [
    Buffer.from(`reset ${scratch}\ncommit ${scratch}\nmark :${index + 1}\n`),
    ...commitCommands(commit),
  ]);
  const marks = commits.map((_, index) => `get-mark :${index + 1}\n`).join('');
  const input = Buffer.concat([...stream, Buffer.from(`${marks}reset ${scratch}\ndone\n`)]);
  return runLines(git, ['fast-import', '--quiet', '--done', '--date-format=raw'], { input });
}

function commitCommands(commit: NewCommit): Buffer[] {
  assertOids(commit.tree, ...commit.parents);
  const [first, ...others] = commit.parents;
  return [
    Buffer.from(`author ${signatureText(commit.author)}\ncommitter ${signatureText(commit.committer)}\n`),
    ...data(Buffer.from(commit.message)),
    Buffer.from(first === undefined ? '' : `from ${first}\n`),
    Buffer.from(others.map((parent) => `merge ${parent}\n`).join('')),
    Buffer.from(`deleteall\nM 040000 ${commit.tree} ""\n`),
    ...(commit.deletions ?? []).map((path) => Buffer.from(`D ${quoted(path)}\n`)),
    ...(commit.additions ?? []).flatMap((addition) => [
      Buffer.from(`M ${addition.mode} inline ${quoted(addition.path)}\n`),
      ...data(addition.content),
    ]),
  ];
}

function data(content: Buffer): Buffer[] {
  return [Buffer.from(`data ${content.length}\n`), content, Buffer.from('\n')];
}

function quoted(path: string): string {
  return `"${path.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;
}

function signatureText(signature: Signature): string {
  const seconds = Math.floor(Date.parse(signature.date) / 1000);
  if (!(seconds >= 0)) throw new TypeError(`Not a date that a commit can have: ${signature.date}`);
  // Git's own rule: these characters would end the name, the address or the line, and are left out.
  const name = signature.name.replaceAll(/[<>\n\r\0]/g, '').trim();
  const email = signature.email.replaceAll(/[<>\n\r\0]/g, '').trim();
  return `${name} <${email}> ${seconds} ${signature.offset ?? '+0000'}`.trimStart();
}
