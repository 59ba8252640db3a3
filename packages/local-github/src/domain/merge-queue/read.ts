import type { Id, MergeQueue, PullRequest, QueueEntry, Repository } from '../../state/model.js';
import type { View } from '../../world.js';
import { row } from '../context.js';

/** Branches of merge groups begin so. Source: the documentation of merge queues. */
const GROUPS = 'gh-readonly-queue/';

/** The merge queue of a branch, or undefined. */
export function queueOf(view: View, repositoryId: Id, branch: string): MergeQueue | undefined {
  return Object.values(view.state.mergeQueues).find(
    (queue) => queue.repositoryId === repositoryId && queue.branch === branch,
  );
}

/** The queue that a pull request has to go through. */
export function queueOfPull(view: View, { repositoryId, baseRef }: PullRequest): MergeQueue | undefined {
  return queueOf(view, repositoryId, baseRef);
}

/** The entries of a queue, the next to merge first. */
export function entriesOf(view: View, { entryIds }: MergeQueue): readonly QueueEntry[] {
  return entryIds.map((id) => row(view.state.queueEntries, id));
}

/** The entry of a pull request, if it is in a queue. */
export function entryOf(view: View, pullId: Id): QueueEntry | undefined {
  return Object.values(view.state.queueEntries).find((entry) => entry.pullId === pullId);
}

/** `refs/heads/gh-readonly-queue/main/pr-104-<what it is built on>`, as GitHub names the branch of a group. */
export function groupRef(branch: string, number: number, baseSha: string): string {
  return `refs/heads/${GROUPS}${branch}/pr-${number}-${baseSha}`;
}

/**
 * Why nobody may move a branch now, whatever else they may: it is a merge group's, or the head of a queued pull request of
 * the same repository. The second sentence was seen by SharezoneApp/sharezone-app#605; heads in forks move (seen by
 * kgateway-dev/kgateway#10802).
 */
export function lockedByQueue(view: View, repository: Repository, branch: string): string | undefined {
  if (branch.startsWith(GROUPS)) return 'Cannot update this protected ref.';
  const queued = Object.values(view.state.queueEntries).some(({ pullId }) => {
    const { repositoryId, headRepositoryId, headRef } = row(view.state.pulls, pullId);
    return repositoryId === repository.id && headRepositoryId === repository.id && headRef === branch;
  });
  return queued
    ? 'A pull request for this branch has been added to a merge queue. Branches that are queued for merging cannot be ' +
        'updated. To modify this branch, dequeue the associated pull request.'
    : undefined;
}
