import { appendFile, mkdir } from 'node:fs/promises';
import { createCatFile, type ObjectType } from './cat-file.js';
import { commitTree, writeCommit, type FileCommit, type TreeCommit } from './commits.js';
import { changedFiles, type ChangedFile } from './diff.js';
import { fetchObjects } from './fetch.js';
import { compare, countBetween, isAncestor, listCommits, mergeBase } from './history.js';
import type { CommitQuery, Comparison, Divergence } from './history.js';
import { installHook } from './hook.js';
import { mergeTrees, type MergeResult } from './merge.js';
import { entryAt, listTree, objectType, readBlob, readCommit } from './objects.js';
import type { Commit, Git, TreeEntry } from './objects.js';
import { rebase, type RebaseRequest, type RebaseResult } from './rebase.js';
import { isValidRefName, listRefs, updateRefs, type RefUpdate, type RefUpdateResult } from './refs.js';
import { collect, GitError, startGit, type Environment } from './run.js';
import { createStarter, type Starter } from './starter.js';

/**
 * What GitHub's server does: objects are checked when they arrive, any commit can be fetched by its name, clones may
 * leave out blobs, and the refs of pull requests can be fetched but are nobody's to push. Nothing is packed behind the
 * back of a running test, and nothing waits for the disk.
 */
const CONFIG = `
[core]
	fsync = none
	filesRefLockTimeout = 5000
	packedRefsTimeout = 5000
[gc]
	auto = 0
[receive]
	autogc = false
	fsckObjects = true
	hideRefs = refs/pull
[uploadpack]
	allowAnySHA1InWant = true
	allowFilter = true
[http]
	getanyfile = false
`;

/**
 * Initialises a bare repository in a folder, which is made if it does not exist. It takes nothing from the machine: no
 * template, no configuration, no hook.
 * @throws GitError if git is missing or refuses
 */
export async function createRepository(
  dir: string,
  { defaultBranch }: { readonly defaultBranch: string },
): Promise<GitRepository> {
  const args = ['init', '--quiet', '--bare', '--template=', '--object-format=sha1'];
  const command = [...args, `--initial-branch=${defaultBranch}`, dir];
  const { code, stderr } = await collect(startGit(command, {}), `git ${command.join(' ')}`);
  if (code !== 0) throw new GitError(`git ${command.join(' ')}`, stderr);
  await appendFile(`${dir}/config`, CONFIG);
  await mkdir(`${dir}/hooks`, { recursive: true });
  await installHook(`${dir}/hooks`);
  return new GitRepository(dir, {});
}

/** A bare repository on disk. Each method is described at the function that it calls. */
export class GitRepository {
  readonly #git: Git;
  readonly #ownsStarter: boolean;

  /** @param shared what starts git, if another view of the same repository owns it */
  constructor(dir: string, env: Environment, shared?: Starter) {
    this.#ownsStarter = shared === undefined;
    this.#git = { dir, env, objects: createCatFile({ dir, env }), starter: shared ?? createStarter() };
  }

  get dir(): string {
    return this.#git.dir;
  }

  /** Ends what it runs; resolves when objects are read no more. Reads under way are answered first, later ones refused. */
  async close(): Promise<void> {
    if (this.#ownsStarter) this.#git.starter.close();
    await this.#git.objects.close();
  }

  /** The same repository with more in the environment of its git processes; has to be closed by itself. */
  withEnv(env: Environment): GitRepository {
    return new GitRepository(this.dir, { ...this.#git.env, ...env }, this.#git.starter);
  }

  objectType(oid: string): Promise<ObjectType | undefined> {
    return objectType(this.#git, oid);
  }

  readCommit(oid: string): Promise<Commit | undefined> {
    return readCommit(this.#git, oid);
  }

  readBlob(oid: string): Promise<Buffer | undefined> {
    return readBlob(this.#git, oid);
  }

  entryAt(treeish: string, path: string): Promise<TreeEntry | undefined> {
    return entryAt(this.#git, treeish, path);
  }

  listTree(treeish: string, path: string): Promise<readonly TreeEntry[] | undefined> {
    return listTree(this.#git, treeish, path);
  }

  writeCommit(commit: FileCommit): Promise<{ readonly oid: string }> {
    return writeCommit(this.#git, commit);
  }

  commitTree(commit: TreeCommit): Promise<{ readonly oid: string }> {
    return commitTree(this.#git, commit);
  }

  mergeBase(a: string, b: string): Promise<string | undefined> {
    return mergeBase(this.#git, a, b);
  }

  isAncestor(ancestor: string, descendant: string): Promise<boolean> {
    return isAncestor(this.#git, ancestor, descendant);
  }

  countBetween(base: string, head: string): Promise<Divergence> {
    return countBetween(this.#git, base, head);
  }

  listCommits(query: CommitQuery): Promise<readonly Commit[]> {
    return listCommits(this.#git, query);
  }

  compare(base: string, head: string): Promise<Comparison> {
    return compare(this.#git, base, head);
  }

  changedFiles(from: string | undefined, to: string): Promise<readonly ChangedFile[]> {
    return changedFiles(this.#git, from, to);
  }

  mergeTrees(ours: string, theirs: string): Promise<MergeResult> {
    return mergeTrees(this.#git, ours, theirs);
  }

  rebase(request: RebaseRequest): Promise<RebaseResult> {
    return rebase(this.#git, request);
  }

  fetchObjects(from: GitRepository, oids: readonly string[]): Promise<void> {
    return fetchObjects(this.#git, from.dir, oids);
  }

  listRefs(): Promise<ReadonlyMap<string, string>> {
    return listRefs(this.#git);
  }

  isValidRefName(name: string): Promise<boolean> {
    return isValidRefName(this.#git, name);
  }

  updateRefs(updates: readonly RefUpdate[]): Promise<RefUpdateResult> {
    return updateRefs(this.#git, updates);
  }
}
