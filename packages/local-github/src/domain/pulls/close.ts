import type { Id } from '../../state/model.js';
import { type Write, row } from '../context.js';
import { closeIssueInside } from '../issues/close.js';
import { closeByKeywords } from '../refs/keywords-close.js';
import { addTimeline } from '../timeline.js';

/** Closes an open pull request without merging it, inside an effect. */
export function closePullInside(write: Write, pullId: Id): void {
  closeIssueInside(write, row(write.state.pulls, pullId).issueId, { reason: null, closer: null });
}

/**
 * Marks an open pull request as merged by `commit`, inside the effect that moves its base. Merged into the default
 * branch it closes the issues that its body names.
 */
export function mergePullInside(write: Write, pullId: Id, commit: string): void {
  const pull = row(write.state.pulls, pullId);
  const issue = row(write.state.issues, pull.issueId);
  if (issue.state === 'closed') return;
  pull.merged = { at: write.now, byId: write.actorId, commit };
  addTimeline(write, issue.id, { kind: 'merged', commit, baseRef: pull.baseRef });
  closePullInside(write, pullId);
  const { defaultBranch } = row(write.state.repositories, pull.repositoryId);
  if (pull.baseRef === defaultBranch) closeByKeywords(write, pull.repositoryId, issue.body ?? '', { pullId });
}
