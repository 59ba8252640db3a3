import type { Id } from '../../state/model.js';
import { type Write, row } from '../context.js';
import { addTimeline, touch } from '../timeline.js';

/**
 * Gives an open pull request another base branch, inside an effect. The event's changes name the old branch and its
 * commit.
 */
export function changeBaseInside(write: Write, pullId: Id, to: string, sha: string): void {
  const pull = row(write.state.pulls, pullId);
  const from = { ref: pull.baseRef, sha: pull.baseSha };
  pull.baseRef = to;
  pull.baseSha = sha;
  addTimeline(write, pull.issueId, { kind: 'base_ref_changed', from: from.ref, to });
  touch(write, pull.issueId);
  const changes = { base: { ref: { from: from.ref }, sha: { from: from.sha } } };
  write.emit(pull.repositoryId, { name: 'pull_request', action: 'edited', pullId, changes });
}
