import { sees } from '../../access/access.js';
import type { Dependency, Issue } from '../../state/model.js';
import type { View } from '../../world.js';
import { type Context, actor, demand, effect, present, row } from '../context.js';
import { notFound, unprocessable } from '../errors.js';
import { addTimeline } from '../timeline.js';
import { writing } from './access.js';

/** How many issues one may be blocked by, and how many it may block. */
const LIMIT = 50;

/** Both directions of an issue's dependencies, oldest first. */
export function dependenciesOf(view: View, issue: Issue): { blockedBy: Issue[]; blocking: Issue[] } {
  const edges = Object.values(view.state.dependencies).sort((a, b) => a.id - b.id);
  return {
    blockedBy: edges
      .filter((edge) => edge.blockedId === issue.id)
      .map((edge) => row(view.state.issues, edge.blockingId)),
    blocking: edges
      .filter((edge) => edge.blockingId === issue.id)
      .map((edge) => row(view.state.issues, edge.blockedId)),
  };
}

function edgeBetween(view: View, blocked: Issue, blocking: Issue): Dependency | undefined {
  return Object.values(view.state.dependencies).find(
    (edge) => edge.blockedId === blocked.id && edge.blockingId === blocking.id,
  );
}

/** Throws unless the caller may change the dependencies of `blocked` and sees `blocking`, in whatever repository. */
function demandEdge(context: Context, blocked: Issue, blocking: Issue): View {
  actor(context);
  const view = present(context);
  demand(context, row(view.state.repositories, blocked.repositoryId), writing(blocked, 'triage'));
  if (!sees(context.principal, row(view.state.repositories, blocking.repositoryId))) throw notFound();
  return view;
}

/**
 * Makes one issue wait for another, of any repository that the caller sees; from triage up in the repository of the
 * blocked one (https://docs.github.com/en/issues/tracking-your-work-with-issues/using-issues/creating-issue-dependencies).
 * 422 for a pull request at either end, itself, an edge that is there, or more than fifty. A cycle is taken.
 */
export function addBlockedBy(context: Context, blocked: Issue, blocking: Issue): void {
  const view = demandEdge(context, blocked, blocking);
  const refuse = (message: string) =>
    unprocessable('Validation Failed', [{ resource: 'IssueDependency', code: 'custom', message }]);
  if (blocking.pullId !== null) throw refuse('Target issue may only be an issue');
  if (blocked.pullId !== null) throw refuse('Source issue may only be an issue');
  if (blocked.id === blocking.id) throw refuse('An issue cannot be blocked by itself');
  if (edgeBetween(view, blocked, blocking)) throw refuse('Target issue has already been taken');
  const full =
    dependenciesOf(view, blocked).blockedBy.length >= LIMIT ||
    dependenciesOf(view, blocking).blocking.length >= LIMIT;
  if (full) throw refuse(`An issue can have at most ${LIMIT} dependencies of each kind`);
  effect(context, (write) => {
    const id = write.newId();
    write.state.dependencies[id] = {
      id,
      blockedId: blocked.id,
      blockingId: blocking.id,
      createdAt: write.now,
    };
    const edge = { blockedId: blocked.id, blockingId: blocking.id };
    addTimeline(write, blocked.id, { kind: 'blocked_by_added', blockingId: blocking.id });
    addTimeline(write, blocking.id, { kind: 'blocking_added', blockedId: blocked.id });
    write.emit(blocked.repositoryId, { name: 'issue_dependencies', action: 'blocked_by_added', ...edge });
    write.emit(blocking.repositoryId, { name: 'issue_dependencies', action: 'blocking_added', ...edge });
  });
}

/** Takes a dependency away, from triage up in the repository of the blocked issue; 404 if there is none. */
export function removeBlockedBy(context: Context, blocked: Issue, blocking: Issue): void {
  const found = edgeBetween(demandEdge(context, blocked, blocking), blocked, blocking);
  if (found === undefined) throw notFound();
  effect(context, (write) => {
    delete write.state.dependencies[found.id];
    const edge = { blockedId: blocked.id, blockingId: blocking.id };
    addTimeline(write, blocked.id, { kind: 'blocked_by_removed', blockingId: blocking.id });
    addTimeline(write, blocking.id, { kind: 'blocking_removed', blockedId: blocked.id });
    write.emit(blocked.repositoryId, { name: 'issue_dependencies', action: 'blocked_by_removed', ...edge });
    write.emit(blocking.repositoryId, { name: 'issue_dependencies', action: 'blocking_removed', ...edge });
  });
}
