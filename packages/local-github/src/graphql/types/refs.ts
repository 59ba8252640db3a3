import { allows } from '../../access/access.js';
import { PUSH } from '../../domain/refs/access.js';
import { branchOf } from '../../domain/refs/names.js';
import { rulesetsOn } from '../../domain/rulesets/match.js';
import { nodeId } from '../../present/node-id.js';
import type { Id, Protection, Repository } from '../../state/model.js';
import { type Fields, type Request, repositoryOf, requireRead, seesRepository } from '../request.js';
import { type GitRow, gitObject } from './git.js';
import { type PullFilter, filterPulls } from './pull-list.js';
import { rulesOf } from './rulesets.js';

/** A branch or tag. */
export interface RefRow {
  readonly repositoryId: Id;
  /** The whole name, as `refs/heads/main`. */
  readonly name: string;
  readonly oid: string;
}

/** The ref with this whole name, or null. */
export function refNamed(repository: Repository, name: string): RefRow | null {
  const oid = repository.refs[name];
  return oid === undefined ? null : { repositoryId: repository.id, name, oid };
}

/** The ref that a whole name, or the short name of a branch or tag, means; null if there is none. */
export function findRef(repository: Repository, name: string): RefRow | null {
  return (
    refNamed(repository, name) ??
    refNamed(repository, `refs/${name}`) ??
    refNamed(repository, `refs/heads/${name}`) ??
    refNamed(repository, `refs/tags/${name}`)
  );
}

/** A comparison of a head with a base. */
interface ComparisonRow {
  readonly base: GitRow;
  readonly head: GitRow;
}

function prefixOf(name: string): string {
  return name.slice(0, name.indexOf('/', 'refs/'.length) + 1);
}

function protectionOf(ref: RefRow, request: Request): Protected | null {
  const branch = branchOf(ref.name);
  const repository = repositoryOf(request, ref.repositoryId);
  const protection = branch === undefined ? undefined : repository.protection[branch];
  if (branch === undefined || protection === undefined) return null;
  return { repositoryId: repository.id, branch, protection };
}

/** The protection of one branch. */
export interface Protected {
  readonly repositoryId: Id;
  readonly branch: string;
  readonly protection: Protection;
}

export const Ref: Fields<RefRow> = {
  id: (ref) => nodeId('Ref', `${ref.repositoryId}:${ref.name}`),
  name: (ref) => ref.name.slice(prefixOf(ref.name).length),
  prefix: (ref) => prefixOf(ref.name),
  repository: (ref, request) => repositoryOf(request, ref.repositoryId),
  target: (ref, request) => gitObject(request, ref),
  /** The ref is the base of the comparison: `aheadBy` counts what the other one has and the ref lacks. */
  compare: async (ref, request, { headRef }: { headRef: string }): Promise<ComparisonRow | null> => {
    const repository = repositoryOf(request, ref.repositoryId);
    const git = request.view.git(repository.id);
    const named = findRef(repository, headRef);
    const oid = named?.oid ?? ((await git.objectType(headRef)) === 'commit' ? headRef : undefined);
    if (oid === undefined) return null;
    return { base: ref, head: { repositoryId: ref.repositoryId, oid } };
  },
  associatedPullRequests: (ref, request, filter: PullFilter) => {
    requireRead(request, ref.repositoryId, 'pull_requests');
    const ours = Object.values(request.view.state.pulls).filter(
      (pull) =>
        pull.headRepositoryId === ref.repositoryId &&
        pull.headRef === branchOf(ref.name) &&
        seesRepository(request, pull.repositoryId),
    );
    return filterPulls(request, ours, filter);
  },
  refUpdateRule: (ref, request) => protectionOf(ref, request),
  /** Those of active rulesets; classic protection is not among them. */
  rules: (ref, request) => {
    const branch = branchOf(ref.name);
    const repository = repositoryOf(request, ref.repositoryId);
    return branch === undefined ? [] : rulesOf(rulesetsOn(request.view.state, repository, branch));
  },
  branchProtectionRule: (ref, request) => {
    requireRead(request, ref.repositoryId, 'administration');
    return protectionOf(ref, request);
  },
};

const contexts = ({ protection }: Protected) => protection.requiredChecks.map(({ context }) => context);

const shared: Fields<Protected> = {
  pattern: ({ branch }) => branch,
  allowsDeletions: () => false,
  allowsForcePushes: () => false,
  blocksCreations: () => false,
  requiredApprovingReviewCount: ({ protection }) => protection.approvals,
  requiredStatusCheckContexts: contexts,
  requiresCodeOwnerReviews: () => false,
  requiresConversationResolution: () => false,
  requiresLinearHistory: ({ protection }) => protection.linear,
};

/** What a branch's protection means to the caller. */
export const RefUpdateRule: Fields<Protected> = {
  ...shared,
  requiresSignatures: ({ protection }) => protection.signatures,
  viewerAllowedToDismissReviews: (rule, request) => pushes(rule, request),
  viewerCanPush: (rule, request) => pushes(rule, request),
};

function pushes({ repositoryId }: Protected, request: Request): boolean {
  return allows(request.context.principal, repositoryOf(request, repositoryId), PUSH);
}

export const BranchProtectionRule: Fields<Protected> = {
  ...shared,
  repository: ({ repositoryId }, request) => repositoryOf(request, repositoryId),
  dismissesStaleReviews: ({ protection }) => protection.dismissStale,
  isAdminEnforced: ({ protection }) => protection.enforceAdmins,
  requiresApprovingReviews: ({ protection }) => protection.approvals !== null,
  requiresStatusChecks: ({ protection }) => protection.requiredChecks.length > 0,
  requiresStrictStatusChecks: ({ protection }) => protection.strict,
  requiredStatusChecks: ({ protection }) => protection.requiredChecks,
  requiresCommitSignatures: ({ protection }) => protection.signatures,
  requireLastPushApproval: ({ protection }) => protection.lastPush,
  restrictsPushes: () => false,
  lockBranch: () => false,
};

export const RequiredStatusCheckDescription: Fields<Protection['requiredChecks'][number]> = {
  context: (check) => check.context,
  app: (check, { view }) => (check.appId === null ? null : (view.state.apps[check.appId] ?? null)),
};
