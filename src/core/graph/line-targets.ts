import type { Named, Readable, Snapshot } from '../model/index.js';
import type { Edge } from './edges.js';
import { type NodeId, numberOf } from './node.js';
import type { TargetStatus } from './targets.js';

/**
 * What recorded lines name that is neither a member nor a native dependency, so that nobody tells how it stands. The
 * issue is waited for, and why that cannot be made a dependency on GitHub is said.
 */
export function lineTargets(
  edges: readonly Edge[],
  known: ReadonlyMap<NodeId, TargetStatus>,
  named: Snapshot['named'],
): ReadonlyMap<NodeId, TargetStatus> {
  return new Map(
    edges
      .filter(({ origin, to }) => origin === 'line' && !known.has(to))
      .map(({ to }) => [to, { kind: 'unreadable', why: whyNot(numberOf(to), named) }]),
  );
}

function whyNot(number: number | null, named: Snapshot['named']): string {
  if (number === null) return 'it is in another repository, and nobody has made it a dependency on GitHub';
  const found: Readable<Named> | undefined = named[number];
  if (found?.kind === 'unreadable') return found.why;
  return found?.value.isPull === true
    ? 'it is a pull request, and GitHub lets only issues be waited for'
    : 'it has yet to be made a dependency on GitHub';
}
