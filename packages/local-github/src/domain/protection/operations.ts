import type { Access } from '../../access/access.js';
import type { Protection, Repository } from '../../state/model.js';
import { type Context, demand, effect, present, row } from '../context.js';
import { notFound } from '../errors.js';
import { branchHead } from '../refs/names.js';

const READ: Access = { role: 'admin', app: [{ administration: 'read' }] };
const WRITE: Access = { role: 'admin', app: [{ administration: 'write' }] };

/** The classic protection of a branch, for administrators; 404 if there is no such branch or it has none. */
export function getProtection(context: Context, repository: Repository, branch: string): Protection {
  demand(context, repository, READ);
  return requireProtection(repository, branch);
}

/** Replaces the protection of a branch, but for signatures, which have a request of their own. */
export function putProtection(
  context: Context,
  repository: Repository,
  branch: string,
  protection: Omit<Protection, 'signatures'>,
): Protection {
  demand(context, repository, WRITE);
  demandBranch(repository, branch);
  effect(context, (write) => {
    const { protection: all } = row(write.state.repositories, repository.id);
    all[branch] = {
      ...protection,
      signatures: all[branch]?.signatures ?? false,
      requiredChecks: protection.requiredChecks.map((check) => ({ ...check })),
    };
  });
  return getProtection(context, row(present(context).state.repositories, repository.id), branch);
}

/** Asks for signed commits on a protected branch, or no longer. 404 if it has no protection. */
export function requireSignatures(
  context: Context,
  repository: Repository,
  branch: string,
  signatures: boolean,
): Protection {
  demand(context, repository, WRITE);
  requireProtection(repository, branch);
  effect(context, (write) => {
    const protection = row(write.state.repositories, repository.id).protection[branch];
    if (protection) protection.signatures = signatures;
  });
  return getProtection(context, row(present(context).state.repositories, repository.id), branch);
}

/** Takes the protection of a branch away; 404 if it has none. */
export function deleteProtection(context: Context, repository: Repository, branch: string): void {
  demand(context, repository, WRITE);
  requireProtection(repository, branch);
  effect(context, (write) => {
    delete row(write.state.repositories, repository.id).protection[branch];
  });
}

function requireProtection(repository: Repository, branch: string): Protection {
  demandBranch(repository, branch);
  const protection = repository.protection[branch];
  if (protection === undefined) throw notFound('Branch not protected');
  return protection;
}

function demandBranch(repository: Repository, branch: string): void {
  if (branchHead(repository, branch) === undefined) throw notFound('Branch not found');
}
