import { type Context, actor, present, row } from '../../domain/context.js';
import { convertToDraft, markReady } from '../../domain/pulls/draft.js';
import { type PullChange, editPull } from '../../domain/pulls/edit.js';
import { mergePull } from '../../domain/pulls/merge.js';
import { openPull } from '../../domain/pulls/open.js';
import { updateBranch } from '../../domain/pulls/update-branch.js';
import type { PullRequest } from '../../state/model.js';
import type { Mutation } from '../mutation.js';
import { Typed } from '../request.js';
import { given, pullNamed, refuseKeys, repositoryNamed } from './target.js';

const PULLS = [{ pull_requests: 'write' }] as const;

interface Named {
  readonly pullRequestId: string;
}

/** The pull request as the effect left it. */
function now(context: Context, { id }: PullRequest): PullRequest {
  return row(present(context).state.pulls, id);
}

async function edit(context: Context, id: string, change: PullChange) {
  return { pullRequest: await editPull(context, pullNamed(context, id), change) };
}

export const pullMutations: Readonly<Record<string, Mutation>> = {
  createPullRequest: {
    access: PULLS,
    async run(
      context,
      input: {
        repositoryId: string;
        headRepositoryId?: string | null;
        baseRefName: string;
        headRefName: string;
        title: string;
        body?: string | null;
        draft?: boolean | null;
        maintainerCanModify?: boolean | null;
      },
    ) {
      const repository = repositoryNamed(context, input.repositoryId);
      const { headRepositoryId } = input;
      const pullRequest = await openPull(context, repository, {
        head: shortName(input.headRefName),
        headRepository: headRepositoryId ? repositoryNamed(context, headRepositoryId) : undefined,
        base: shortName(input.baseRefName),
        title: input.title,
        body: given(input.body),
        draft: input.draft ?? false,
        maintainerCanModify: given(input.maintainerCanModify),
      });
      return { pullRequest };
    },
  },
  updatePullRequest: {
    access: PULLS,
    run(
      context,
      input: Named & {
        baseRefName?: string | null;
        body?: string | null;
        maintainerCanModify?: boolean | null;
        state?: 'OPEN' | 'CLOSED' | null;
        title?: string | null;
      },
    ) {
      refuseKeys(input, ['assigneeIds', 'labelIds', 'milestoneId', 'projectIds']);
      const states = { OPEN: 'open', CLOSED: 'closed' } as const;
      return edit(context, input.pullRequestId, {
        title: given(input.title),
        body: given(input.body),
        maintainerCanModify: given(input.maintainerCanModify),
        base: input.baseRefName ? shortName(input.baseRefName) : undefined,
        state: input.state ? states[input.state] : undefined,
      });
    },
  },
  closePullRequest: {
    access: PULLS,
    run: (context, { pullRequestId }: Named) => edit(context, pullRequestId, { state: 'closed' }),
  },
  reopenPullRequest: {
    access: PULLS,
    run: (context, { pullRequestId }: Named) => edit(context, pullRequestId, { state: 'open' }),
  },
  updatePullRequestBranch: {
    access: PULLS,
    async run(
      context,
      input: Named & { expectedHeadOid?: string | null; updateMethod?: 'MERGE' | 'REBASE' | null },
    ) {
      const pull = pullNamed(context, input.pullRequestId);
      const method = input.updateMethod === 'REBASE' ? 'rebase' : 'merge';
      await updateBranch(context, pull, { expectedHead: given(input.expectedHeadOid), method });
      return { pullRequest: now(context, pull) };
    },
  },
  markPullRequestReadyForReview: {
    access: PULLS,
    run: (context, { pullRequestId }: Named) => ({
      pullRequest: markReady(context, pullNamed(context, pullRequestId)),
    }),
  },
  convertPullRequestToDraft: {
    access: PULLS,
    run: (context, { pullRequestId }: Named) => ({
      pullRequest: convertToDraft(context, pullNamed(context, pullRequestId)),
    }),
  },
  mergePullRequest: {
    access: [{ contents: 'write' }],
    async run(
      context,
      input: Named & {
        expectedHeadOid?: string | null;
        mergeMethod?: 'MERGE' | 'SQUASH' | 'REBASE' | null;
        commitHeadline?: string | null;
        commitBody?: string | null;
      },
    ) {
      refuseKeys(input, ['authorEmail']);
      const pull = pullNamed(context, input.pullRequestId);
      const methods = { MERGE: 'merge', SQUASH: 'squash', REBASE: 'rebase' } as const;
      await mergePull(context, pull, {
        method: methods[input.mergeMethod ?? 'MERGE'],
        sha: given(input.expectedHeadOid),
        title: given(input.commitHeadline),
        message: given(input.commitBody),
      });
      const account = row(present(context).state.accounts, actor(context));
      return { pullRequest: now(context, pull), actor: new Typed(account.type, account) };
    },
  },
};

/** GraphQL takes `refs/heads/main` as well as `main`. */
function shortName(name: string): string {
  return name.replace(/^refs\/heads\//, '');
}
