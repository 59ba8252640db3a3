import type { PullRequest } from '../../state/model.js';
import { ZERO_OID } from '../../git/oid.js';
import { type Context, type Write, actor, demand, effect, present, row } from '../context.js';
import { unprocessable } from '../errors.js';
import { shareCommit } from '../forks/commits.js';
import { writing } from '../issues/access.js';
import { reopenIssueInside } from '../issues/close.js';
import { changeText } from '../issues/edit.js';
import { checkBody, checkTitle } from '../issues/texts.js';
import { lostRace } from '../refs/move.js';
import { branchHead, pullRef } from '../refs/names.js';
import { changeBaseInside } from './change-base.js';
import { closePullInside } from './close.js';
import { issueOf } from './find.js';
import { grantToMaintainers } from './head.js';
import { demandMergeable } from './open.js';

export interface PullChange {
  readonly title?: string | undefined;
  readonly body?: string | null | undefined;
  readonly state?: 'open' | 'closed' | undefined;
  readonly base?: string | undefined;
  readonly maintainerCanModify?: boolean | undefined;
}

/**
 * Changes a pull request in one effect. Text and base: its author and people from write; closing and reopening: its
 * author and people from triage. 422 for reopening a merged one, one whose branch is gone or was rewritten, and for a
 * base that does not exist or leaves nothing to merge.
 */
export async function editPull(
  context: Context,
  pull: PullRequest,
  change: PullChange,
): Promise<PullRequest> {
  const view = present(context);
  const issue = issueOf(view, pull);
  const repository = row(view.state.repositories, pull.repositoryId);
  const own = issue.authorId === actor(context);
  const { title, body, state, base } = change;
  const text = title !== undefined || body !== undefined || base !== undefined;
  demand(context, repository, writing(issue, text ? 'write' : 'triage', own));
  if (title !== undefined) checkTitle('PullRequest', title);
  checkBody('PullRequest', body);
  if (state === 'open' && issue.state === 'closed' && issue.closedById !== issue.authorId) {
    demand(context, repository, writing(issue, 'triage'));
  }
  const grant = change.maintainerCanModify;
  const head = row(view.state.repositories, pull.headRepositoryId);
  const granted = grant === undefined ? undefined : grantToMaintainers(context, repository, head, grant);
  const retarget = await planRetarget(context, pull, base);
  const reopened = state === 'open' ? await planReopen(context, pull) : undefined;
  effect(context, (write) => {
    changeText(write, issue.id, { title, body });
    if (granted !== undefined) row(write.state.pulls, pull.id).maintainerCanModify = granted;
    if (retarget) changeBaseInside(write, pull.id, retarget.to, retarget.sha);
    if (state === 'closed') closePullInside(write, pull.id);
    if (reopened) reopenInside(write, pull.id, reopened);
  });
  return row(present(context).state.pulls, pull.id);
}

interface Reopened {
  readonly headSha: string;
  readonly baseSha: string;
}

function reopenInside(write: Write, pullId: number, { headSha, baseSha }: Reopened): void {
  const pull = row(write.state.pulls, pullId);
  const issue = row(write.state.issues, pull.issueId);
  pull.headSha = headSha;
  pull.baseSha = baseSha;
  row(write.state.repositories, pull.repositoryId).refs[pullRef(issue.number)] = headSha;
  reopenIssueInside(write, issue.id);
}

async function planRetarget(context: Context, pull: PullRequest, to: string | undefined) {
  const view = present(context);
  if (to === undefined || to === pull.baseRef) return undefined;
  if (issueOf(view, pull).state === 'closed') {
    throw unprocessable('Validation Failed', [
      {
        resource: 'PullRequest',
        code: 'invalid',
        field: 'base',
        message: 'Cannot change the base branch of a closed pull request.',
      },
    ]);
  }
  const repository = row(view.state.repositories, pull.repositoryId);
  const sha = branchHead(repository, to);
  if (sha === undefined) {
    throw unprocessable('Validation Failed', [
      {
        resource: 'PullRequest',
        code: 'invalid',
        field: 'base',
        message: `Proposed base branch '${to}' was not found`,
      },
    ]);
  }
  const head = { repository: row(view.state.repositories, pull.headRepositoryId), branch: pull.headRef };
  await demandMergeable(context, repository, { head, base: to, headSha: pull.headSha, baseSha: sha });
  return { to, sha };
}

async function planReopen(context: Context, pull: PullRequest): Promise<Reopened | undefined> {
  const view = present(context);
  const issue = issueOf(view, pull);
  if (issue.state === 'open') return undefined;
  const repository = row(view.state.repositories, pull.repositoryId);
  const from = row(view.state.repositories, pull.headRepositoryId);
  const headSha = branchHead(from, pull.headRef);
  const baseSha = branchHead(repository, pull.baseRef);
  if (pull.merged) throw cannotReopen('it was merged');
  if (headSha === undefined) throw cannotReopen(`the ${pull.headRef} branch was deleted`);
  if (baseSha === undefined) throw cannotReopen(`the ${pull.baseRef} branch was deleted`);
  await shareCommit(view, from.id, repository.id, headSha);
  const git = view.git(repository.id);
  if (!(await git.isAncestor(pull.headSha, headSha))) {
    throw cannotReopen(`the ${pull.headRef} branch was force-pushed or recreated`);
  }
  const head = { repository: from, branch: pull.headRef };
  await demandMergeable(context, repository, { head, base: pull.baseRef, headSha, baseSha });
  const ref = pullRef(issue.number);
  const before = repository.refs[ref] ?? ZERO_OID;
  const moved = await git.updateRefs([{ name: ref, before, after: headSha }]);
  if (!moved.ok) throw lostRace(moved.reason, moved.names);
  return { headSha, baseSha };
}

function cannotReopen(why: string) {
  return unprocessable('Validation Failed', [
    {
      resource: 'PullRequest',
      code: 'invalid',
      field: 'state',
      message: `state cannot be changed. The pull request cannot be reopened: ${why}.`,
    },
  ]);
}
