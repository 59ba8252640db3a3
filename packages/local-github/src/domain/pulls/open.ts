import { ZERO_OID } from '../../git/oid.js';
import type { Access } from '../../access/access.js';
import type { PullRequest, Repository } from '../../state/model.js';
import { type Context, demand, effect, present, row } from '../context.js';
import { type FieldError, conflict, unprocessable } from '../errors.js';
import { insertIssue } from '../issues/create.js';
import { checkBody, checkTitle } from '../issues/texts.js';
import { branchHead, pullRef } from '../refs/names.js';
import { openPulls } from './find.js';

const OPEN: Access = { role: 'write', app: [{ pull_requests: 'write' }] };

interface OpenInput {
  /** A branch, or `owner:branch` of the same repository. */
  readonly head: string;
  readonly base: string;
  readonly title: string;
  readonly body?: string | null | undefined;
  readonly draft?: boolean | undefined;
}

/**
 * Opens a pull request between two branches of the repository. 422 as GitHub: a branch that does not exist, no commits
 * between them, one that is open already, a draft where the plan has none.
 */
export async function openPull(
  context: Context,
  repository: Repository,
  input: OpenInput,
): Promise<PullRequest> {
  demand(context, repository, OPEN);
  const { title, body, base } = input;
  checkTitle('PullRequest', title);
  checkBody('PullRequest', body);
  if (input.draft === true && !repository.drafts) {
    throw unprocessable('Draft pull requests are not supported in this repository.');
  }
  const head = headBranch(context, repository, input.head);
  const headSha = branchHead(repository, head);
  const baseSha = branchHead(repository, base);
  if (headSha === undefined) throw invalid({ code: 'invalid', field: 'head' });
  if (baseSha === undefined) throw invalid({ code: 'invalid', field: 'base' });
  await demandMergeable(context, repository, { head, base, headSha, baseSha });

  const number = repository.nextNumber;
  const ref = pullRef(number);
  const moved = await context.world
    .git(repository.id)
    .updateRefs([{ name: ref, before: ZERO_OID, after: headSha }]);
  if (!moved.ok) throw conflict(`Pull request ${number} exists already`);
  const id = effect(context, (write) => {
    const pullId = write.newId();
    const issueId = insertIssue(write, repository.id, { title, body: body ?? null, pullId });
    write.state.pulls[pullId] = {
      id: pullId,
      issueId,
      repositoryId: repository.id,
      headRef: head,
      baseRef: base,
      headSha,
      baseSha,
      draft: input.draft ?? false,
      maintainerCanModify: false,
      merged: null,
      reviewIds: [],
      requestedReviewerIds: [],
    };
    row(write.state.repositories, repository.id).refs[ref] = headSha;
    write.emit(repository.id, { name: 'pull_request', action: 'opened', pullId });
    return pullId;
  });
  return row(present(context).state.pulls, id);
}

/** The branch of `head`; 422 if it names another owner, whose fork this is not. */
function headBranch(context: Context, repository: Repository, head: string): string {
  const [owner, branch] = head.includes(':') ? head.split(':', 2) : [undefined, head];
  const login = present(context).state.accounts[repository.ownerId]?.login.toLowerCase();
  if (owner !== undefined && owner.toLowerCase() !== login) throw invalid({ code: 'invalid', field: 'head' });
  return branch ?? '';
}

/** Throws 422 unless two branches can be the ends of one more open pull request. */
export async function demandMergeable(
  context: Context,
  repository: Repository,
  ends: { head: string; base: string; headSha: string; baseSha: string },
): Promise<void> {
  const { head, base } = ends;
  const view = present(context);
  const owner = row(view.state.accounts, repository.ownerId).login;
  const twin = openPulls(view, repository.id).find((pull) => pull.headRef === head && pull.baseRef === base);
  if (twin) {
    throw invalid({ code: 'custom', message: `A pull request already exists for ${owner}:${head}.` });
  }
  const git = view.git(repository.id);
  if (await git.isAncestor(ends.headSha, ends.baseSha)) {
    throw invalid({ code: 'custom', message: `No commits between ${base} and ${head}` });
  }
  if ((await git.mergeBase(ends.baseSha, ends.headSha)) === undefined) {
    throw invalid({ code: 'custom', message: `The ${head} branch has no history in common with ${base}` });
  }
}

function invalid(error: Omit<FieldError, 'resource'>) {
  return unprocessable('Validation Failed', [{ resource: 'PullRequest', ...error }]);
}
