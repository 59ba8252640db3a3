import { dependenciesByNode } from '../graph/edges.js';
import type { Graph } from '../graph/graph.js';
import type { Member } from '../membership/member.js';
import { codeSpan } from '../text/code.js';
import { commandSpan } from '../text/command.js';
import { nodeOfMember } from '../view/view.js';
import type { Need } from './issue-needs.js';
import { nodeLink } from './links.js';

/** The dependencies of a member that somebody has removed who may not free anything, as long as they hold it back. */
export function createKeptNeeds(
  { edges, targets }: Graph,
  prefix: string,
): (member: Member) => readonly Need[] {
  const kept = edges.filter(({ origin, to }) => origin === 'kept' && targets.get(to)?.kind !== 'met');
  const byNode = dependenciesByNode(kept);
  return (member) =>
    (byNode.get(nodeOfMember(member)) ?? []).map(({ to, by }) => ({
      what: `It still waits for ${nodeLink(to)}: ${by === null ? 'somebody' : codeSpan(by)} removed that, which needs *write*.`,
      way: `Somebody with write frees it by ${commandSpan(prefix, `not-depends-on ${to}`)} on the issue.`,
      cause: `needs-kept-${to}`,
    }));
}
