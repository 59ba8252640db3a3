import type { Tracker } from '../../core/model/index.js';
import type { Faults } from './answer.js';
import type { RawComment } from './comment.js';
import { type CoreIssue, type RawIssue, coreIssue } from './issue.js';
import { type RawTracker, trackerOf } from './tracker.js';

/** One of the nodes that are read along with the core by their ids. */
export type RawNode =
  | ({
      readonly __typename: 'Issue';
      readonly repository: { readonly nameWithOwner: string };
    } & RawIssue &
      RawTracker)
  | ({ readonly __typename: 'IssueComment' } & RawComment);

export interface RememberedNodes {
  readonly issues: ReadonlyMap<string, CoreIssue>;
  readonly trackers: readonly Tracker[];
  readonly comments: ReadonlyMap<string, { readonly raw: RawComment; readonly fault: string | null }>;
}

/** Tells the nodes apart. One that is gone, or was moved to another repository, is in none. */
export function sortNodes(
  ids: readonly string[],
  nodes: readonly (RawNode | null)[],
  faults: Faults,
  me: number,
  repository: string,
): RememberedNodes {
  const issues = new Map<string, CoreIssue>();
  const trackers: Tracker[] = [];
  const comments = new Map<string, { readonly raw: RawComment; readonly fault: string | null }>();
  for (const [index, id] of ids.entries()) {
    const node = nodes[index];
    const path = ['nodes', index];
    if (node?.__typename === 'IssueComment' && node.repository.nameWithOwner === repository) {
      comments.set(id, { raw: node, fault: faults.take(path) });
    } else if (node?.__typename === 'Issue' && node.repository.nameWithOwner === repository) {
      const tracker = trackerOf(node, faults, path, me);
      if (tracker !== null) trackers.push(tracker);
      const issue = coreIssue(node, faults, path, me);
      if (faults.take(path) === null) issues.set(id, issue);
    } else faults.take(path);
  }
  return { issues, trackers, comments };
}
