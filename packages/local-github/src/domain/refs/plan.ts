import type { GitRepository } from '../../git/repository.js';
import { ZERO_OID } from '../../git/oid.js';
import type { Id, PullRequest, Repository } from '../../state/model.js';
import type { View } from '../../world.js';
import { row } from '../context.js';
import { openPullsAt } from '../pulls/find.js';
import { changesCode } from './changes-code.js';
import { branchOf, pullRef } from './names.js';

/** One ref that moves; all zeros for what does not exist before or after. */
export interface RefChange {
  readonly ref: string;
  readonly before: string;
  readonly after: string;
}

/** What else moves with the refs. */
export interface MoveOptions {
  /** The pull requests that this move merges, in order, each with the commit that its merge made on the base. */
  readonly merging?: readonly { readonly pullId: Id; readonly commit: string }[];
  /** The new base of open pull requests whose base branch goes; without it they are closed. */
  readonly retargetTo?: string;
}

export interface MovedRef extends RefChange {
  /** The new commit does not contain the old one. */
  readonly forced: boolean;
}

export interface MovedHead {
  readonly pullId: Id;
  readonly before: string;
  readonly after: string;
  readonly forced: boolean;
  /** The new commits change code, so approvals of the old head may be stale. */
  readonly changesCode: boolean;
  /** The base had the new head already: nothing is left to merge. */
  readonly emptied: boolean;
}

/** What moving refs means for pull requests and issues, worked out with git before the effect. */
export interface RefsPlan {
  readonly repositoryId: Id;
  readonly changes: readonly MovedRef[];
  readonly heads: readonly MovedHead[];
  readonly bases: readonly { readonly pullId: Id; readonly after: string }[];
  readonly merged: readonly { readonly pullId: Id; readonly commit: string }[];
  /** Open pull requests that lost their head branch, or their base branch. */
  readonly closed: readonly Id[];
  readonly retargeted: readonly { readonly pullId: Id; readonly to: string; readonly sha: string }[];
  /** New commits of the default branch, oldest first: their messages may close issues. */
  readonly landed: readonly { readonly oid: string; readonly message: string }[];
  /** How the refs that keep heads of pull requests move on disk, each in the repository of its base. */
  readonly pullRefs: readonly (RefChange & { readonly repositoryId: Id })[];
}

interface Planning {
  readonly view: View;
  /** Whose refs move. */
  readonly repository: Repository;
  readonly options: MoveOptions;
  readonly branches: ReadonlyMap<string, MovedRef>;
}

/**
 * Works out what a move of refs brings with it, also in other repositories of its network. Reads git and the newest
 * state; changes nothing. The repositories of pull requests have the new commits already.
 */
export async function planRefs(
  view: View,
  repositoryId: Id,
  changes: readonly RefChange[],
  options: MoveOptions,
): Promise<RefsPlan> {
  const repository = row(view.state.repositories, repositoryId);
  const git = view.git(repositoryId);
  const moved = await Promise.all(changes.map((change) => withForced(git, change)));
  const branches = new Map(moved.flatMap((change) => named(change)));
  const planning: Planning = { view, repository, options, branches };
  const plans = await Promise.all(openPullsAt(view, repositoryId).map((pull) => planPull(planning, pull)));
  const heads = plans.flatMap((plan) => plan.heads ?? []);
  return {
    repositoryId,
    changes: moved,
    heads,
    bases: plans.flatMap((plan) => plan.bases ?? []),
    merged: plans.flatMap((plan) => plan.merged ?? []),
    closed: plans.flatMap((plan) => plan.closed ?? []),
    retargeted: plans.flatMap((plan) => plan.retargeted ?? []),
    landed: await landedCommits(git, branches.get(repository.defaultBranch)),
    pullRefs: heads.map(({ pullId, after }) => {
      const { issueId, repositoryId: at } = row(view.state.pulls, pullId);
      const ref = pullRef(row(view.state.issues, issueId).number);
      const before = row(view.state.repositories, at).refs[ref] ?? ZERO_OID;
      return { repositoryId: at, ref, before, after };
    }),
  };
}

function named(change: MovedRef): [string, MovedRef][] {
  const branch = branchOf(change.ref);
  return branch === undefined ? [] : [[branch, change]];
}

/** Whether a ref moves to a commit that does not contain the one before. */
export async function withForced(git: GitRepository, change: RefChange): Promise<MovedRef> {
  const { before, after } = change;
  const kept = before === ZERO_OID || after === ZERO_OID || (await git.isAncestor(before, after));
  return { ...change, forced: !kept };
}

type PullPlan = Partial<Pick<RefsPlan, 'heads' | 'bases' | 'merged' | 'closed' | 'retargeted'>>;

async function planPull(planning: Planning, pull: PullRequest): Promise<PullPlan> {
  const { branches, options, repository } = planning;
  const { id: pullId } = pull;
  const head = pull.headRepositoryId === repository.id ? branches.get(pull.headRef) : undefined;
  const base = pull.repositoryId === repository.id ? branches.get(pull.baseRef) : undefined;
  const merging = options.merging?.find((one) => one.pullId === pullId);
  if (merging) return { merged: [merging] };
  if (head?.after === ZERO_OID) return { closed: [pullId] };
  if (base?.after === ZERO_OID) {
    const to = options.retargetTo;
    const sha =
      to === undefined ? undefined : (branches.get(to)?.after ?? repository.refs[`refs/heads/${to}`]);
    if (to === undefined || sha === undefined) return { closed: [pullId] };
    return { retargeted: [{ pullId, to, sha }] };
  }
  if (head === undefined && base === undefined) return {};
  return followPull(planning, pull, head, base?.after);
}

async function followPull(
  { view }: Planning,
  pull: PullRequest,
  head: MovedRef | undefined,
  newBase: string | undefined,
): Promise<PullPlan> {
  const { id: pullId, baseRef, baseSha, headSha } = pull;
  const git = view.git(pull.repositoryId);
  const { defaultBranch } = row(view.state.repositories, pull.repositoryId);
  const after = head?.after ?? headSha;
  const emptied = head !== undefined && (await git.isAncestor(after, baseSha));
  const heads = head && [
    {
      pullId,
      before: headSha,
      after,
      forced: head.forced,
      changesCode: head.forced || (await changesCode(git, headSha, after, newBase ?? baseSha)),
      emptied,
    },
  ];
  // Only pushes to the default branch merge indirectly: GitHub promises it for no other base.
  // https://docs.github.com/en/pull-requests/collaborating-with-pull-requests/incorporating-changes-from-a-pull-request/about-pull-request-merges
  const reached =
    baseRef === defaultBranch && newBase !== undefined && !emptied && (await git.isAncestor(after, newBase));
  return {
    ...(heads && { heads }),
    ...(reached && { merged: [{ pullId, commit: after }] }),
    ...(newBase !== undefined && !reached && { bases: [{ pullId, after: newBase }] }),
  };
}

async function landedCommits(git: GitRepository, change: MovedRef | undefined): Promise<RefsPlan['landed']> {
  if (change === undefined || change.after === ZERO_OID) return [];
  const exclude = change.before === ZERO_OID ? {} : { exclude: change.before };
  const commits = await git.listCommits({ from: change.after, ...exclude });
  return commits.toReversed().map(({ oid, message }) => ({ oid, message }));
}
