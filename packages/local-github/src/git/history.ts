import { requireCommit, type Commit, type Git } from './objects.js';
import { assertOids } from './oid.js';
import { linesOf } from './run.js';
import { runOnce } from './run-once.js';

export interface Divergence {
  /** Commits that the head has and the base lacks. */
  readonly ahead: number;
  /** Commits that the base has and the head lacks. */
  readonly behind: number;
}

export interface Comparison {
  readonly status: 'identical' | 'ahead' | 'behind' | 'diverged';
  readonly aheadBy: number;
  readonly behindBy: number;
  /** Undefined if the two have no common history. */
  readonly mergeBase: string | undefined;
  /** What the head has and the base lacks, oldest first. */
  readonly commits: readonly Commit[];
}

export interface CommitQuery {
  readonly from: string;
  /** Leaves out this commit and everything before it. */
  readonly exclude?: string;
  /** Only commits that changed this file or directory. */
  readonly path?: string;
  readonly limit?: number;
  readonly skip?: number;
}

/** The best common ancestor of two commits; undefined if they have none. */
export async function mergeBase(git: Git, a: string, b: string): Promise<string | undefined> {
  assertOids(a, b);
  const [oid] = linesOf(await runOnce(git, ['merge-base', a, b], { accept: [0, 1] }));
  return oid;
}

/** Whether a commit is, or is contained in, the other one. */
export async function isAncestor(git: Git, ancestor: string, descendant: string): Promise<boolean> {
  return (await listOids(git, { from: ancestor, exclude: descendant })).length === 0;
}

/** How far a head has gone from a base. */
export async function countBetween(git: Git, base: string, head: string): Promise<Divergence> {
  const [ahead, behind] = await Promise.all([
    listOids(git, { from: head, exclude: base }),
    listOids(git, { from: base, exclude: head }),
  ]);
  return { ahead: ahead.length, behind: behind.length };
}

/** The commits that are reachable, newest first, never a parent before its child. */
export async function listCommits(git: Git, query: CommitQuery): Promise<readonly Commit[]> {
  const oids = await listOids(git, query);
  return Promise.all(oids.map((oid) => requireCommit(git, oid)));
}

/** The answers to most questions about history are in these lists, so that one of git's answers serves them all. */
async function listOids(git: Git, query: CommitQuery): Promise<readonly string[]> {
  assertOids(query.from, ...(query.exclude === undefined ? [] : [query.exclude]));
  const args = [
    'rev-list',
    '--date-order',
    ...(query.limit === undefined ? [] : [`--max-count=${query.limit}`]),
    ...(query.skip === undefined ? [] : [`--skip=${query.skip}`]),
    query.from,
    ...(query.exclude === undefined ? [] : [`^${query.exclude}`]),
    '--',
    ...(query.path === undefined ? [] : [query.path]),
  ];
  return linesOf(await runOnce(git, args));
}

/**
 * Compares a head with a base as GitHub's "compare two commits" does
 * (https://docs.github.com/en/rest/commits/commits#compare-two-commits): the commits are those of `base..head`, in
 * the order in which they were made. All of them are returned; paging is the caller's.
 */
export async function compare(git: Git, base: string, head: string): Promise<Comparison> {
  const [divergence, common, newestFirst] = await Promise.all([
    countBetween(git, base, head),
    mergeBase(git, base, head),
    listCommits(git, { from: head, exclude: base }),
  ]);
  return {
    status: statusOf(divergence),
    aheadBy: divergence.ahead,
    behindBy: divergence.behind,
    mergeBase: common,
    commits: newestFirst.toReversed(),
  };
}

function statusOf({ ahead, behind }: Divergence): Comparison['status'] {
  if (ahead > 0) return behind > 0 ? 'diverged' : 'ahead';
  return behind > 0 ? 'behind' : 'identical';
}
