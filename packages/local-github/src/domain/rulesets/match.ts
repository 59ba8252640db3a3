import { minimatch } from 'minimatch';

import { atLeast, roleOf } from '../../access/access.js';
import type { Repository, Role, Ruleset, State } from '../../state/model.js';
import type { Context } from '../context.js';
import { branchRef } from '../refs/names.js';

/** The numbers that GitHub gives to the roles of a repository where a ruleset names them. */
export const ROLE_IDS = { read: 1, maintain: 2, triage: 3, write: 4, admin: 5 } as const satisfies Partial<
  Record<Role, number>
>;

/** The active rulesets whose conditions a branch meets, whether it exists or not, oldest first. */
export function rulesetsOn(
  state: Pick<State, 'rulesets'>,
  repository: Pick<Repository, 'id' | 'defaultBranch'>,
  branch: string,
): readonly Ruleset[] {
  const matches = (pattern: string) => meets(pattern, repository.defaultBranch, branch);
  return Object.values(state.rulesets).filter(
    ({ repositoryId, active, include, exclude }) =>
      repositoryId === repository.id && active && include.some(matches) && !exclude.some(matches),
  );
}

/**
 * GitHub's patterns are those of Ruby's `File.fnmatch` with `FNM_PATHNAME`: a star ends at a slash, and there are no
 * braces. https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/creating-rulesets-for-a-repository#using-fnmatch-syntax
 */
function meets(pattern: string, defaultBranch: string, branch: string): boolean {
  if (pattern === '~ALL') return true;
  if (pattern === '~DEFAULT_BRANCH') return branch === defaultBranch;
  return minimatch(branchRef(branch), pattern, {
    dot: true,
    nobrace: true,
    noext: true,
    nonegate: true,
    nocomment: true,
    platform: 'linux',
  });
}

/** Whether a ruleset does not bind the caller: in every move of a branch, or only where it merges a pull request. */
export function goesPast(
  { principal }: Context,
  repository: Repository,
  { bypass }: Ruleset,
  merges: boolean,
): boolean {
  return bypass.some(({ type, id, mode }) => {
    if (mode === 'pull_request' && !merges) return false;
    if (type === 'Integration') return principal.kind === 'installation' && principal.appId === id;
    const role = roleNamed(id);
    return (
      role !== undefined &&
      principal.kind === 'user' &&
      atLeast(roleOf(repository, principal.accountId), role)
    );
  });
}

/** The role with this number, or undefined. */
export function roleNamed(id: number): keyof typeof ROLE_IDS | undefined {
  return (Object.keys(ROLE_IDS) as (keyof typeof ROLE_IDS)[]).find((role) => ROLE_IDS[role] === id);
}
