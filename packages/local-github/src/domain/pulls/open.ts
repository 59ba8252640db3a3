import { ZERO_OID } from '../../git/oid.js';
import type { Access } from '../../access/access.js';
import type { PullRequest, Repository } from '../../state/model.js';
import { type Context, demand, effect, present, row } from '../context.js';
import { type FieldError, conflict, unprocessable } from '../errors.js';
import { requestSuites } from '../checks/suites.js';
import { shareCommit } from '../forks/commits.js';
import { insertIssue } from '../issues/create.js';
import { checkBody, checkTitle } from '../issues/texts.js';
import { branchHead, pullRef } from '../refs/names.js';
import { openPulls } from './find.js';
import { type Head, findHead, grantToMaintainers, invalidHead } from './head.js';

const OPEN: Access = { role: 'write', app: [{ pull_requests: 'write' }] };
const OPEN_FROM_FORK: Access = { ...OPEN, role: 'read' };

interface OpenInput {
  /** A branch, or `owner:branch` of the repository or of a fork. */
  readonly head: string;
  /** The repository of `head`, where the caller has named it. */
  readonly headRepository?: Repository | undefined;
  readonly base: string;
  readonly title: string;
  readonly body?: string | null | undefined;
  readonly draft?: boolean | undefined;
  /** Whether the maintainers of the base may push to the head of a fork: yes if left out. */
  readonly maintainerCanModify?: boolean | undefined;
}

/**
 * Opens a pull request to a branch of the repository: from another one, for people with write, or from a fork, for
 * everybody who sees both (github/docs#24492 shows that no write is asked for, neither there nor here). 422 as GitHub: a
 * branch that does not exist, no commits between them, one that is open already, a draft where the plan has none.
 */
export async function openPull(
  context: Context,
  repository: Repository,
  input: OpenInput,
): Promise<PullRequest> {
  demand(context, repository, OPEN_FROM_FORK);
  const { title, body, base } = input;
  checkTitle('PullRequest', title);
  checkBody('PullRequest', body);
  if (input.draft === true && !repository.drafts) {
    throw unprocessable('Draft pull requests are not supported in this repository.');
  }
  const from = findHead(context, repository, input.head, input.headRepository);
  if (from.repository.id === repository.id) demand(context, repository, OPEN);
  const maintainerCanModify = grantToMaintainers(
    context,
    repository,
    from.repository,
    input.maintainerCanModify,
  );
  const headSha = branchHead(from.repository, from.branch);
  const baseSha = branchHead(repository, base);
  if (headSha === undefined) throw invalidHead();
  if (baseSha === undefined) throw invalid({ code: 'invalid', field: 'base' });
  await shareCommit(present(context), from.repository.id, repository.id, headSha);
  await demandMergeable(context, repository, { head: from, base, headSha, baseSha });

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
      headRepositoryId: from.repository.id,
      headRef: from.branch,
      baseRef: base,
      headSha,
      baseSha,
      draft: input.draft ?? false,
      maintainerCanModify,
      merged: null,
      reviewIds: [],
      requestedReviewerIds: [],
    };
    row(write.state.repositories, repository.id).refs[ref] = headSha;
    write.emit(repository.id, { name: 'pull_request', action: 'opened', pullId });
    if (from.repository.id !== repository.id)
      requestSuites(write, repository.id, { headSha, headBranch: null });
    return pullId;
  });
  return row(present(context).state.pulls, id);
}

/** Throws 422 unless two branches can be the ends of one more open pull request. */
export async function demandMergeable(
  context: Context,
  repository: Repository,
  ends: { head: Head; base: string; headSha: string; baseSha: string },
): Promise<void> {
  const { base } = ends;
  const { branch: head, repository: from } = ends.head;
  const view = present(context);
  const owner = row(view.state.accounts, from.ownerId).login;
  const twin = openPulls(view, repository.id).find(
    (pull) => pull.headRepositoryId === from.id && pull.headRef === head && pull.baseRef === base,
  );
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
