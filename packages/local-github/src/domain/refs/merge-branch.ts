import { isOid } from '../../git/oid.js';
import type { Repository } from '../../state/model.js';
import { type Context, actor, demand, present, row } from '../context.js';
import { conflict, notFound } from '../errors.js';
import { demandUnprotected } from '../protection/demand.js';
import { PUSH } from './access.js';
import { moveRefs } from './move.js';
import { branchHead, branchRef } from './names.js';
import { gitHubSignature, signatureOf } from './signatures.js';
import { demandWorkflowsBetween } from './workflows.js';

/**
 * Merges a branch or commit into a branch with a merge commit, also where a fast-forward would do. Undefined if the base
 * has the head already; 404 if one of them does not exist; 409 for a conflict.
 */
export async function mergeBranch(
  context: Context,
  repository: Repository,
  input: { base: string; head: string; message?: string | undefined },
): Promise<{ readonly oid: string } | undefined> {
  demand(context, repository, PUSH);
  const view = present(context);
  const newest = row(view.state.repositories, repository.id);
  const git = context.world.git(repository.id);
  const base = branchHead(newest, input.base);
  if (base === undefined) throw notFound('Base does not exist');
  const named = branchHead(newest, input.head) ?? input.head;
  const head = isOid(named) && (await git.objectType(named)) === 'commit' ? named : undefined;
  if (head === undefined) throw notFound('Head does not exist');
  if (await git.isAncestor(head, base)) return undefined;
  const merged = await git.mergeTrees(base, head);
  if ('conflicts' in merged) throw conflict('Merge conflict');
  const { oid } = await git.commitTree({
    tree: merged.tree,
    parents: [base, head],
    message: input.message ?? `Merge ${input.head} into ${input.base}`,
    author: signatureOf(view, actor(context)),
    committer: gitHubSignature(view),
  });
  view.signedByGitHub.add(oid);
  await demandWorkflowsBetween(context, git, base, oid);
  const changes = [{ ref: branchRef(input.base), before: base, after: oid }];
  await demandUnprotected(context, repository, changes, conflict);
  await moveRefs(context, repository.id, changes, {}, () => undefined);
  return { oid };
}
