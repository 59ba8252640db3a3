import type { Access } from '../../access/access.js';
import { workOut } from '../../mergeability.js';
import type { MergeQueue, PullRequest, QueueEntry } from '../../state/model.js';
import { type Context, actor, demand, effect, present, row } from '../context.js';
import { unprocessable } from '../errors.js';
import { mergeProblems } from '../protection/problems.js';
import { isOpen } from '../pulls/find.js';
import { addTimeline, touch } from '../timeline.js';
import { leave } from './leave.js';
import { entryOf, queueOfPull } from './read.js';

/** An installation with both was seen to enqueue: uw-syfi/vibesys#781. */
const QUEUE: Access = { role: 'write', app: [{ contents: 'write', pull_requests: 'write' }] };
/** Which role may jump is not documented; only administrators have it without a custom role. */
const JUMP: Access = { role: 'admin', app: [{ administration: 'write' }] };

/**
 * Puts a pull request at the end of its base's merge queue, or at its front. 422 if the base has none, and for a pull request
 * that is in it, closed, a draft or in conflict, and while its reviews or the required checks of its own head are missing:
 * these are passed first and nobody goes past them here. A head that lacks commits of the base is no hindrance.
 * https://docs.github.com/en/pull-requests/collaborating-with-pull-requests/incorporating-changes-from-a-pull-request/merging-a-pull-request-with-a-merge-queue
 */
export async function enqueuePull(
  context: Context,
  pull: PullRequest,
  { expectedHead, jump }: { expectedHead: string | undefined; jump: boolean },
): Promise<QueueEntry> {
  const view = present(context);
  demand(context, row(view.state.repositories, pull.repositoryId), jump ? JUMP : QUEUE);
  const queue = requireQueue(context, pull);
  if (entryOf(view, pull.id)) throw unprocessable('Pull request is already in the queue');
  if (expectedHead !== undefined && expectedHead !== pull.headSha) {
    throw unprocessable('Expected head oid does not match the head oid of the pull request');
  }
  const problem = await problemOf(context, pull);
  if (problem !== undefined) throw unprocessable(`Pull request ${problem}`);
  const id = effect(context, (write) => {
    const entryId = write.newId();
    write.state.queueEntries[entryId] = {
      id: entryId,
      queueId: queue.id,
      pullId: pull.id,
      enqueuerId: write.actorId,
      enqueuedAt: write.now,
      jump,
      headSha: pull.headSha,
      group: null,
    };
    const { entryIds } = row(write.state.mergeQueues, queue.id);
    if (jump) entryIds.unshift(entryId);
    else entryIds.push(entryId);
    addTimeline(write, pull.issueId, { kind: 'added_to_merge_queue', queueId: queue.id });
    touch(write, pull.issueId);
    write.emit(pull.repositoryId, { name: 'pull_request', action: 'enqueued', pullId: pull.id });
    return entryId;
  });
  return row(present(context).state.queueEntries, id);
}

/** Takes a pull request out of its queue: people from write, apps as for enqueuing. 422 if it is in none. */
export async function dequeuePull(context: Context, pull: PullRequest): Promise<QueueEntry> {
  const view = present(context);
  demand(context, row(view.state.repositories, pull.repositoryId), QUEUE);
  requireQueue(context, pull);
  const entry = entryOf(view, pull.id);
  if (entry === undefined) throw unprocessable('Pull request is not in the queue');
  actor(context);
  await leave(context, entry, 'MANUAL');
  return entry;
}

function requireQueue(context: Context, pull: PullRequest): MergeQueue {
  const queue = queueOfPull(present(context), pull);
  if (queue === undefined) throw unprocessable(`No merge queue found for branch '${pull.baseRef}'`);
  return queue;
}

async function problemOf(context: Context, pull: PullRequest): Promise<string | undefined> {
  const view = present(context);
  if (!isOpen(view, pull)) return 'is closed';
  if (pull.draft) return 'is still a draft';
  const { clean } = await workOut(view.git(pull.repositoryId), pull.baseSha, pull.headSha);
  if (!clean) return 'is not mergeable';
  const problems = mergeProblems(view, pull, { behind: false });
  return problems.length === 0 ? undefined : problems.join(' ');
}
