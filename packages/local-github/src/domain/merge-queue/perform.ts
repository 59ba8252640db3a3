import { ZERO_OID } from '../../git/oid.js';
import type { MergeGroup, MergeQueue, QueueEntry } from '../../state/model.js';
import { type Context, present, row } from '../context.js';
import { GitHubError } from '../errors.js';
import { issueOf } from '../pulls/find.js';
import { branchToDelete } from '../pulls/merge.js';
import { writeMerge } from '../pulls/merge-commit.js';
import { moveRefs } from '../refs/move.js';
import { branchHead, branchRef } from '../refs/names.js';
import { deletion, destroyInside, leave, leaveInside } from './leave.js';
import type { Step } from './next.js';
import { groupRef } from './read.js';

/** Does a step of a queue, each in one effect, as GitHub's own account. */
export async function performStep(context: Context, queue: MergeQueue, step: Step): Promise<void> {
  switch (step.kind) {
    case 'remove':
      return leave(context, step.entry, step.reason);
    case 'scrap':
      return scrapGroup(context, queue, step.entry);
    case 'build':
      return buildGroup(context, queue, step.entry, step.onto);
    case 'merge':
      return mergeGroups(context, queue, step.entries);
  }
}

/** An entry that has been pushed back by others waits without a group. */
async function scrapGroup(context: Context, queue: MergeQueue, { id, group }: QueueEntry): Promise<void> {
  if (group === null) return;
  await moveRefs(context, queue.repositoryId, [deletion(group)], {}, (write) => {
    row(write.state.queueEntries, id).group = null;
    destroyInside(write, queue, group, 'invalidated');
  });
}

/** Merges an entry onto what is before it, on a branch of its own. An entry that cannot be merged leaves. */
async function buildGroup(
  context: Context,
  queue: MergeQueue,
  entry: QueueEntry,
  onto: string,
): Promise<void> {
  const view = present(context);
  const pull = row(view.state.pulls, entry.pullId);
  let headSha: string;
  try {
    const merging = { ...pull, baseSha: onto, headSha: entry.headSha };
    headSha = await writeMerge(view, merging, { method: queue.method, mergerId: entry.enqueuerId });
  } catch (error) {
    if (!(error instanceof GitHubError)) throw error;
    return leave(context, entry, 'MERGE_CONFLICT');
  }
  const ref = groupRef(queue.branch, issueOf(view, pull).number, onto);
  const group: MergeGroup = { ref, baseSha: onto, headSha, builtAt: view.now };
  const old = entry.group;
  const changes = [...(old ? [deletion(old)] : []), { ref, before: ZERO_OID, after: headSha }];
  await moveRefs(context, queue.repositoryId, changes, {}, (write) => {
    if (old) destroyInside(write, queue, old, 'invalidated');
    row(write.state.queueEntries, entry.id).group = { ...group };
    const { branch, repositoryId } = queue;
    write.emit(repositoryId, { name: 'merge_group', action: 'checks_requested', branch, group });
  });
}

/** Moves the base to the last of these groups and merges their pull requests, in one effect. */
async function mergeGroups(
  context: Context,
  queue: MergeQueue,
  entries: readonly QueueEntry[],
): Promise<void> {
  const view = present(context);
  const repository = row(view.state.repositories, queue.repositoryId);
  const groups = entries.flatMap(({ group }) => group ?? []);
  const before = branchHead(repository, queue.branch);
  const after = groups.at(-1)?.headSha;
  if (before === undefined || after === undefined) return;
  const pulls = entries.map(({ pullId }) => row(view.state.pulls, pullId));
  const changes = [
    { ref: branchRef(queue.branch), before, after },
    ...groups.map(deletion),
    ...pulls.flatMap((pull) => branchToDelete(view, repository, pull)),
  ];
  const merging = entries.flatMap(({ pullId, group }) =>
    group === null ? [] : [{ pullId, commit: group.headSha }],
  );
  const options = { merging, retargetTo: queue.branch };
  await moveRefs(context, repository.id, changes, options, (write) => {
    for (const entry of entries) leaveInside(write, entry, 'MERGE');
  });
}
