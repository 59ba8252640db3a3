import { type Base, type Readable, type Repository, read, unreadable } from '../../core/model/index.js';
import type { Transport } from '../transport.js';
import type { Connection, Faults, Path } from './answer.js';
import { type RawRollup, type RawSuite, ownChecksOf, readChecks } from './checks.js';
import type { Place } from './place.js';
import { arrivalOf } from './pull.js';
import { type RawRule, type RawUpdateRule, rulesOf } from './rules.js';

export interface RawRepository {
  readonly id: string;
  readonly nameWithOwner: string;
  readonly url: string;
  readonly owner: { readonly __typename: string };
  readonly defaultBranchRef: { readonly name: string } | null;
  readonly squashMergeAllowed: boolean;
  readonly rebaseMergeAllowed: boolean;
  readonly mergeCommitAllowed: boolean;
  readonly deployLabel: { readonly id: string } | null;
  readonly pinnedIssues: { readonly totalCount: number } | null;
  readonly base: {
    readonly target: {
      readonly oid: string;
      readonly history?: { readonly nodes: readonly ({ readonly oid: string } | null)[] | null } | null;
      readonly newest?: {
        readonly nodes: readonly ({ readonly own: { readonly totalCount: number } | null } | null)[] | null;
      } | null;
      readonly own?: Connection<RawSuite> | null;
      readonly statusCheckRollup?: RawRollup | null;
    } | null;
    readonly refUpdateRule: RawUpdateRule | null;
    readonly rules?: Connection<RawRule> | null;
  } | null;
  readonly mergeQueue: { readonly id: string } | null;
}

export function repositoryOf(raw: RawRepository, defaultBranch: string): Repository {
  const methods = [
    ['squash', raw.squashMergeAllowed],
    ['rebase', raw.rebaseMergeAllowed],
    ['merge', raw.mergeCommitAllowed],
  ] as const;
  return {
    id: raw.id,
    name: raw.nameWithOwner,
    url: raw.url.replace(/\/$/, ''),
    ownerIsOrganization: raw.owner.__typename === 'Organization',
    defaultBranch,
    mergeMethods: methods.flatMap(([method, allowed]) => (allowed ? [method] : [])),
    hasDeployLabel: raw.deployLabel !== null,
    pinned: raw.pinnedIssues?.totalCount ?? 0,
  };
}

/** The base branch; unreadable if there is none of that name. */
export async function baseOf(
  transport: Transport,
  place: Place,
  raw: RawRepository,
  branch: string,
  faults: Faults,
): Promise<Readable<Base>> {
  const path = ['repository', 'base'];
  const target = raw.base?.target;
  if (!target) {
    faults.take(['repository', 'mergeQueue']);
    return unreadable(faults.take(path) ?? `there is no branch ${branch}`);
  }
  const { oid, statusCheckRollup = null } = target;
  const commit = { oid, statusCheckRollup };
  const checks = await readChecks(transport, place, commit, faults, [...path, 'target']);
  const ownChecks = ownChecksOf(target.own ?? null, faults.take([...path, 'target', 'own']));
  const everChecked = everCheckedOf(target, faults, [...path, 'target', 'newest']);
  const rules = rulesOf(raw.base, raw.mergeQueue !== null, faults);
  const fault = faults.take(path);
  const history = target.history?.nodes;
  if (fault !== null || !history) return unreadable(fault ?? 'GitHub left its history out');
  const recent = history.flatMap((node) => node?.oid ?? []);
  const seen = arrivalOf(target.own ?? null);
  return read({
    branch,
    sha: oid,
    ...(seen !== null && { seenAt: seen }),
    recent,
    checks,
    ownChecks,
    everChecked,
    rules,
  });
}

type RawTarget = NonNullable<NonNullable<RawRepository['base']>['target']>;

/** GitHub makes a check suite of every installed app for each push. */
function everCheckedOf({ newest }: RawTarget, faults: Faults, path: Path): boolean {
  const fault = faults.take(path);
  const commits = newest?.nodes;
  return fault !== null || !commits || commits.some((commit) => commit?.own?.totalCount !== 0);
}
