import type { GitRepository } from '../../git/repository.js';
import { ZERO_OID } from '../../git/oid.js';
import { actingAccount } from '../../access/principal.js';
import type { Repository } from '../../state/model.js';
import { fullName, repositoryPage } from '../../present/urls.js';
import { type Context, may, present } from '../context.js';
import { GitHubError } from '../errors.js';
import { maintainedBranches } from '../forks/maintainers.js';
import { type Objections, pushProblems } from '../protection/problems.js';
import { PUSH } from './access.js';
import { moveRefs } from './move.js';
import { branchHead, branchOf, branchRef } from './names.js';
import { type RefChange, withForced } from './plan.js';
import { demandWorkflowsBetween } from './workflows.js';

/** Why one ref of a push is refused: lines as git shows them to the person who pushes. */
export interface PushRefusal {
  readonly ref: string;
  readonly message: string;
}

/**
 * What stands against a push: nothing if it may go on. `git` sees the pushed objects, which are not in the repository
 * yet. Asks for the write role (an app: contents) and for what protection and rulesets want.
 */
export async function pushAllowed(
  context: Context,
  repository: Repository,
  updates: readonly RefChange[],
  git: GitRepository,
): Promise<readonly PushRefusal[]> {
  const strange = may(context, repository, PUSH)
    ? []
    : updates.filter((one) => !isMaintained(context, repository, one));
  if (strange.length > 0) return strange.map(({ ref }) => ({ ref, message: denied(context, repository) }));
  const refusals: PushRefusal[] = [];
  for (const update of updates) {
    const { ref } = update;
    if (!/^refs\/(heads|tags)\//.test(ref)) {
      refusals.push({ ref, message: `deny updating a hidden ref: ${ref}` });
    } else if (ref === branchRef(repository.defaultBranch) && update.after === ZERO_OID) {
      refusals.push({ ref, message: `refusing to delete the current branch: ${ref}` });
    } else {
      const workflow = await workflowProblem(context, repository, update, git);
      if (workflow !== undefined) refusals.push({ ref, message: workflow });
      const problems = await pushProblems(context, repository, await withForced(git, update), git);
      if (problems.sentences.length > 0)
        refusals.push({ ref, message: declined(context, repository, ref, problems) });
    }
  }
  return refusals;
}

/** Whether a caller who may not push to a fork may move this branch of it, which is not to say delete it. */
function isMaintained(context: Context, fork: Repository, { ref, after }: RefChange): boolean {
  const branch = branchOf(ref);
  return branch !== undefined && after !== ZERO_OID && maintainedBranches(context, fork).has(branch);
}

function denied(context: Context, repository: Repository): string {
  const view = present(context);
  const account = view.state.accounts[actingAccount(context.principal) ?? -1];
  return `Permission to ${fullName(view, repository.id)}.git denied to ${account?.login ?? 'nobody'}.`;
}

/** Whether the caller may push anything at all, which is asked before what is pushed is known. */
export function mayPush(context: Context, repository: Repository): boolean {
  return may(context, repository, PUSH) || maintainedBranches(context, repository).size > 0;
}

/** Why an app may not push this: a new branch is compared with where it left the default branch. */
async function workflowProblem(
  context: Context,
  repository: Repository,
  { before, after }: RefChange,
  git: GitRepository,
): Promise<string | undefined> {
  if (after === ZERO_OID) return undefined;
  const main = branchHead(repository, repository.defaultBranch);
  const start = before === ZERO_OID && main !== undefined ? await git.mergeBase(main, after) : before;
  try {
    await demandWorkflowsBetween(context, git, start === ZERO_OID ? undefined : start, after);
    return undefined;
  } catch (error) {
    if (error instanceof GitHubError) return error.message;
    throw error;
  }
}

/** What git shows then, seen in many logs; that of rulesets says where they can be read, too (DSACMS/repo-scaffolder#342). */
function declined(
  context: Context,
  repository: Repository,
  ref: string,
  { sentences, ofRulesets }: Objections,
): string {
  if (!ofRulesets) {
    return `GH006: Protected branch update failed for ${ref}.${sentences.map((one) => `\n- ${one}`).join('')}`;
  }
  const rules = `${repositoryPage(present(context), repository.id)}/rules?ref=${encodeURIComponent(ref)}`;
  return [
    `GH013: Repository rule violations found for ${ref}.`,
    `Review all repository rules at ${rules}`,
    ...sentences.map((one) => `\n- ${one}`),
  ].join('\n');
}

/**
 * Tells the state what a push has moved on disk, with everything that follows from it, in one effect. The caller has
 * asked {@link pushAllowed} under the same write lock.
 */
export async function applyPush(
  context: Context,
  repository: Repository,
  changes: readonly RefChange[],
): Promise<void> {
  const moved = changes.filter(({ before, after }) => before !== after);
  if (moved.length === 0) return;
  await moveRefs(context, repository.id, moved, { onDisk: true }, () => undefined);
}
