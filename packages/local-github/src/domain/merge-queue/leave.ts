import { ZERO_OID } from '../../git/oid.js';
import type { Id, MergeGroup, QueueEntry, RemovalReason } from '../../state/model.js';
import { type Context, type Write, effect, present, row } from '../context.js';
import { moveRefs } from '../refs/move.js';
import type { RefChange } from '../refs/plan.js';
import { addTimeline, touch } from '../timeline.js';

/** How the timeline words a removal; the last two alone were seen by nobody. */
const WORDS = {
  MANUAL: 'manual',
  MERGE: 'merged',
  MERGE_CONFLICT: 'merge_conflict',
  CI_FAILURE: 'failed_checks',
  CI_TIMEOUT: 'checks_timed_out',
  ALREADY_MERGED: 'already_merged',
  BRANCH_PROTECTIONS: 'branch_protections',
} as const satisfies Record<RemovalReason, string>;

/** Takes an entry out of its queue, with its group and the branch of that, in one effect. */
export async function leave(context: Context, entry: QueueEntry, reason: RemovalReason): Promise<void> {
  const { repositoryId } = row(present(context).state.mergeQueues, entry.queueId);
  const changes = entry.group === null ? [] : [deletion(entry.group)];
  if (changes.length === 0) effect(context, (write) => leaveInside(write, entry, reason));
  else await moveRefs(context, repositoryId, changes, {}, (write) => leaveInside(write, entry, reason));
}

/** {@link leave} inside an effect that also deletes the branch of the group. */
export function leaveInside(write: Write, entry: QueueEntry, reason: RemovalReason): void {
  const queue = row(write.state.mergeQueues, entry.queueId);
  const { issueId } = row(write.state.pulls, entry.pullId);
  queue.entryIds = queue.entryIds.filter((id) => id !== entry.id);
  delete write.state.queueEntries[entry.id];
  if (entry.group) destroyInside(write, queue, entry.group, reason === 'MERGE' ? 'merged' : 'dequeued');
  const enqueuerId = entry.enqueuerId;
  addTimeline(write, issueId, {
    kind: 'removed_from_merge_queue',
    queueId: queue.id,
    enqueuerId,
    reason: WORDS[reason],
    // Seen to be the commit of the group, not the head that was queued: open-metadata/OpenMetadata#30752.
    before: entry.group?.headSha ?? entry.headSha,
  });
  touch(write, issueId);
  const pullId = entry.pullId;
  write.emit(queue.repositoryId, { name: 'pull_request', action: 'dequeued', pullId, removal: reason });
}

/** Tells that a group is no more. */
export function destroyInside(
  write: Write,
  { repositoryId, branch }: { readonly repositoryId: Id; readonly branch: string },
  group: MergeGroup,
  reason: 'merged' | 'invalidated' | 'dequeued',
): void {
  write.emit(repositoryId, { name: 'merge_group', action: 'destroyed', branch, group: { ...group }, reason });
}

/** The end of a group's branch. */
export function deletion({ ref, headSha }: MergeGroup): RefChange {
  return { ref, before: headSha, after: ZERO_OID };
}
