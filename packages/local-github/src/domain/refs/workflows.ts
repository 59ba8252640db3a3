import type { GitRepository } from '../../git/repository.js';
import type { Context } from '../context.js';
import { forbidden } from '../errors.js';

/**
 * Throws 403 if an app without the workflows permission would change a workflow file. People may with write.
 * https://docs.github.com/en/rest/authentication/permissions-required-for-github-apps
 */
export function demandWorkflows(context: Context, paths: readonly string[]): void {
  const { principal } = context;
  const path = paths.find((one) => one.startsWith('.github/workflows/'));
  if (
    path === undefined ||
    principal.kind !== 'installation' ||
    principal.permissions.workflows === 'write'
  ) {
    return;
  }
  throw forbidden(
    `refusing to allow a GitHub App to create or update workflow \`${path}\` without \`workflows\` permission`,
  );
}

/** {@link demandWorkflows} for the files that differ between two commits. `git` sees both. */
export async function demandWorkflowsBetween(
  context: Context,
  git: GitRepository,
  before: string | undefined,
  after: string,
): Promise<void> {
  if (context.principal.kind !== 'installation') return;
  const files = await git.changedFiles(before, after);
  demandWorkflows(
    context,
    files.flatMap(({ path, previousPath }) => [path, ...(previousPath === undefined ? [] : [previousPath])]),
  );
}
