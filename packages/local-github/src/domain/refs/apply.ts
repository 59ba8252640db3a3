import { ZERO_OID } from '../../git/oid.js';
import type { Id, TimelineData } from '../../state/model.js';
import { requestSuites } from '../checks/suites.js';
import { type Write, row } from '../context.js';
import { closePullInside, mergePullInside } from '../pulls/close.js';
import { dismissStaleInside } from '../pulls/dismiss.js';
import { changeBaseInside } from '../pulls/change-base.js';
import { addTimeline, touch } from '../timeline.js';
import { closeByKeywords } from './keywords-close.js';
import { branchOf } from './names.js';
import type { MovedHead, MovedRef, RefsPlan } from './plan.js';

/** Writes what {@link RefsPlan} worked out. Everything that follows from a move happens in the move's own effect. */
export function applyRefs(write: Write, plan: RefsPlan): void {
  const { repositoryId } = plan;
  for (const change of plan.changes) moveRef(write, repositoryId, change);
  for (const { repositoryId: at, ref, after } of plan.pullRefs)
    row(write.state.repositories, at).refs[ref] = after;
  for (const head of plan.heads) moveHead(write, head);
  for (const { pullId, to, sha } of plan.retargeted) changeBaseInside(write, pullId, to, sha);
  for (const pullId of plan.closed) closePullInside(write, pullId);
  for (const { pullId, after } of plan.bases) moveBase(write, pullId, after);
  for (const { pullId, commit } of plan.merged) mergePullInside(write, pullId, commit);
  for (const { oid, message } of plan.landed) closeByKeywords(write, repositoryId, message, { commit: oid });
  for (const change of plan.changes) noteBranch(write, repositoryId, change);
  for (const { ref, after } of plan.changes) {
    const branch = branchOf(ref);
    if (branch !== undefined && after !== ZERO_OID) {
      requestSuites(write, repositoryId, { headSha: after, headBranch: branch });
    }
  }
  for (const { pullId, after } of plan.heads) {
    const { repositoryId: at } = row(write.state.pulls, pullId);
    if (at !== repositoryId) requestSuites(write, at, { headSha: after, headBranch: null });
  }
}

function moveRef(write: Write, repositoryId: Id, change: MovedRef): void {
  const repository = row(write.state.repositories, repositoryId);
  const { ref, before, after, forced } = change;
  if (after === ZERO_OID) {
    delete repository.refs[ref];
    delete repository.pushers[ref];
  } else {
    repository.refs[ref] = after;
    repository.pushers[ref] = write.actorId;
  }
  repository.pushedAt = write.now;
  repository.updatedAt = write.now;
  if (before === ZERO_OID) write.emit(repositoryId, { name: 'create', ref });
  if (after === ZERO_OID) write.emit(repositoryId, { name: 'delete', ref });
  write.emit(repositoryId, { name: 'push', ref, before, after, forced });
}

function moveHead(write: Write, head: MovedHead): void {
  const { pullId, before, after, forced } = head;
  const pull = row(write.state.pulls, pullId);
  pull.headSha = after;
  if (forced) {
    const ref = pull.headRef;
    addTimeline(write, pull.issueId, { kind: 'head_ref_force_pushed', before, after, ref });
  }
  touch(write, pull.issueId);
  write.emit(pull.repositoryId, { name: 'pull_request', action: 'synchronize', pullId, before, after });
  if (head.changesCode) dismissStaleInside(write, pullId);
  if (head.emptied) closePullInside(write, pullId);
}

function moveBase(write: Write, pullId: Id, after: string): void {
  const pull = row(write.state.pulls, pullId);
  if (row(write.state.issues, pull.issueId).state === 'open') pull.baseSha = after;
}

/** Pull requests tell in their timeline when the branch that they came from goes or comes back. */
function noteBranch(write: Write, repositoryId: Id, { ref, before, after }: MovedRef): void {
  const branch = branchOf(ref);
  if (branch === undefined) return;
  const kind = after === ZERO_OID ? 'head_ref_deleted' : 'head_ref_restored';
  if (kind === 'head_ref_restored' && before !== ZERO_OID) return;
  const head = after === ZERO_OID ? before : after;
  for (const pull of Object.values(write.state.pulls)) {
    const same = pull.headRepositoryId === repositoryId && pull.headRef === branch && pull.headSha === head;
    if (same) addTimeline(write, pull.issueId, { kind, ref: branch } satisfies TimelineData);
  }
}
