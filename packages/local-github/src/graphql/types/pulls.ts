import { row } from '../../domain/context.js';
import { isCrossRepository, issueOf } from '../../domain/pulls/find.js';
import { mergeState, mergeable } from '../../domain/pulls/mergeable.js';
import { countingOpinions, latestOpinions, reviewDecision } from '../../domain/pulls/opinions.js';
import { branchRef } from '../../domain/refs/names.js';
import { nodeId } from '../../present/node-id.js';
import type { PullRequest as PullRow, Repository, Review } from '../../state/model.js';
import {
  type Fields,
  type Request,
  Typed,
  repositoryOf,
  requireRead,
  seesRepository,
  viewerId,
} from '../request.js';
import { actorById } from './accounts.js';
import { closingReferences } from './closing.js';
import type { GitRow } from './git.js';
import { queueFields } from './merge-queue.js';
import { between } from './pull-git.js';
import { stateOf } from './pull-list.js';
import { refNamed } from './refs.js';
import type { PullCommit, ReviewRequestRow } from './reviews.js';
import { rollupOf } from './rollup.js';
import { type ThreadOrder, inOrder } from './thread-list.js';
import { threadFields, threadUrl } from './threads.js';
import { type Entry, type TimelineArguments, threadEntries, timeline } from './timeline.js';

function commitAt({ repositoryId }: PullRow, oid: string): GitRow {
  return { repositoryId, oid };
}

function headRepository({ headRepositoryId: id }: PullRow, request: Request): Repository | null {
  return seesRepository(request, id) ? repositoryOf(request, id) : null;
}

/** Reviews that the caller may see: a pending one is its author's alone. */
function reviewsOf(pull: PullRow, request: Request): Review[] {
  return pull.reviewIds
    .map((id) => row(request.view.state.reviews, id))
    .filter(({ state, authorId }) => state !== 'PENDING' || authorId === viewerId(request));
}

async function commitsOf(pull: PullRow, request: Request): Promise<PullCommit[]> {
  const { commits } = await between(request, pull);
  return commits.map(({ oid }) => ({ pull, oid }));
}

async function entriesOf(pull: PullRow, request: Request): Promise<Entry[]> {
  const { commits } = await between(request, pull);
  return [
    ...threadEntries(request, issueOf(request.view, pull)),
    ...commits.map(({ oid, committer }) => ({
      at: committer.date,
      item: new Typed('PullRequestCommit', { pull, oid } satisfies PullCommit),
    })),
    ...reviewsOf(pull, request).map((review) => ({
      at: review.submittedAt,
      item: new Typed('PullRequestReview', review),
    })),
  ];
}

const sum = (pull: PullRow, request: Request, key: 'additions' | 'deletions'): Promise<number> =>
  between(request, pull).then(({ files }) => files.reduce((total, file) => total + file[key], 0));

export const PullRequest: Fields<PullRow> = {
  ...threadFields<PullRow>((pull, { view }) => issueOf(view, pull)),
  id: (pull) => nodeId('PullRequest', pull.id),
  databaseId: (pull) => pull.id,
  fullDatabaseId: (pull) => String(pull.id),
  permalink: (pull, request) => threadUrl(request, issueOf(request.view, pull)),
  state: (pull, { view }) => stateOf(view, pull),
  isDraft: (pull) => pull.draft,
  isCrossRepository,
  maintainerCanModify: (pull) => pull.maintainerCanModify,
  headRefName: (pull) => pull.headRef,
  headRefOid: (pull) => pull.headSha,
  /** Null once the branch is gone, as for a repository that the caller does not see. */
  headRef: (pull, request) => {
    const from = headRepository(pull, request);
    return from && refNamed(from, branchRef(pull.headRef));
  },
  headRepository,
  headRepositoryOwner: (pull, request) =>
    actorById(request, repositoryOf(request, pull.headRepositoryId).ownerId),
  baseRefName: (pull) => pull.baseRef,
  baseRefOid: (pull) => pull.baseSha,
  baseRef: (pull, request) => refNamed(repositoryOf(request, pull.repositoryId), branchRef(pull.baseRef)),
  baseRepository: (pull, request) => repositoryOf(request, pull.repositoryId),
  mergeable: (pull, { view }) => mergeable(view, pull),
  mergeStateStatus: (pull, { view }) => mergeState(view, pull),
  merged: (pull) => pull.merged !== null,
  mergedAt: (pull) => pull.merged?.at ?? null,
  mergedBy: (pull, request) => actorById(request, pull.merged?.byId ?? null),
  mergeCommit: (pull) => pull.merged && commitAt(pull, pull.merged.commit),
  autoMergeRequest: () => null,
  ...queueFields,
  changedFiles: (pull, request) => between(request, pull).then(({ files }) => files.length),
  additions: (pull, request) => sum(pull, request, 'additions'),
  deletions: (pull, request) => sum(pull, request, 'deletions'),
  files: (pull, request) => between(request, pull).then(({ files }) => files),
  commits: commitsOf,
  statusCheckRollup: (pull, request) => rollupOf(request, commitAt(pull, pull.headSha)),
  reviewDecision: (pull, { view }) => reviewDecision(view, pull),
  reviews: (
    pull,
    request,
    { states, author }: { states?: readonly string[] | null; author?: string | null },
  ) =>
    reviewsOf(pull, request).filter(
      (review) =>
        (!states || states.includes(review.state)) &&
        (!author || request.view.state.accounts[review.authorId]?.login === author),
    ),
  latestOpinionatedReviews: (pull, { view }, { writersOnly }: { writersOnly?: boolean | null }) =>
    writersOnly ? countingOpinions(view, pull) : latestOpinions(view, pull),
  reviewRequests: (pull) =>
    pull.requestedReviewerIds.map((reviewerId): ReviewRequestRow => ({ pull, reviewerId })),
  timelineItems: async (pull, request, args: TimelineArguments) =>
    timeline(await entriesOf(pull, request), args),
  closingIssuesReferences: (pull, request, { orderBy }: { orderBy?: ThreadOrder | null }) => {
    requireRead(request, pull.repositoryId, 'issues');
    const issues = closingReferences(request.view, pull);
    return orderBy ? inOrder(issues, orderBy, (issue) => issue) : issues;
  },
  totalCommentsCount: (pull, { view }) => issueOf(view, pull).commentIds.length,
};
