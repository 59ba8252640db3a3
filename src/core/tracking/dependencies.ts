import type { Graph } from '../graph/graph.js';
import { type NodeId, compareNodes } from '../graph/node.js';
import { isOver } from '../membership/member.js';
import { plural } from '../text/clean.js';
import { type View, nodeOfMember } from '../view/view.js';
import { drawingOf } from './drawing.js';
import { edgeLine, overlapLine, shareLine, unreadFilesLine } from './edge-lines.js';
import { nodeLink } from './links.js';
import { longestChain } from './longest-chain.js';
import { MAX_PROSE, fromLowest, reasonText } from './phrases.js';

/** How much of the graph is shown: all, what is open with its direct neighbours, or only that there is one. */
export type GraphDetail = 'all' | 'open' | 'none';

/** Files that several change are listed up to here: they must not crowd out the edges that people set. */
const MAX_OVERLAPS = 20;

/** Diagram, one line per edge and per overlap, and what is wrong with the graph. Empty if there is nothing to say. */
export function renderDependencies(view: View, detail: GraphDetail): string {
  const { graph } = view;
  const { edges, shares, overlaps, self, unread, unreadFiles } = graph;
  const count = edges.length + shares.length + overlaps.length + self.length + unread.size;
  if (count + unreadFiles.size === 0) return '';
  const parts = ['## Dependencies', ...problems(view)];
  if (detail === 'none') {
    parts.push(
      'The graph is left out, for length: each issue’s page shows what it is blocked by.',
      ...longestChain(view),
    );
    return parts.join('\n\n');
  }
  const over = new Set(view.members.filter(isOver).map(nodeOfMember));
  const isShown = (nodes: readonly NodeId[]): boolean =>
    detail === 'all' || nodes.some((node) => !over.has(node));
  const shownEdges = edges.filter(({ from, to }) => isShown([from, to]));
  const shownShares = shares.filter(({ members }) => isShown(members));
  const lines = [
    ...shownEdges.map((edge) => edgeLine(edge, graph.targets)),
    ...shownShares.flatMap((share) => (share.origin.kind === 'label' ? shareLine(share, share.origin) : [])),
    ...overlapLines(graph),
  ];
  if (lines.length > 0) parts.push(...drawingOf(view, shownEdges, shownShares));
  parts.push(...longestChain(view));
  if (lines.length > 0) parts.push(lines.join('\n'));
  if (detail === 'open') parts.push('Only what is open and its direct neighbours are shown, for length.');
  return parts.join('\n\n');
}

function overlapLines({ overlaps, unreadFiles }: Graph): readonly string[] {
  const lines = [
    ...[...unreadFiles].map(([node, why]) => unreadFilesLine(node, why)),
    ...overlaps.map(overlapLine),
  ];
  const more = lines.length - MAX_OVERLAPS;
  return more <= 0 ? lines : [...lines.slice(0, MAX_OVERLAPS), `- And ${plural(more, 'more overlap')}.`];
}

const MAX_PROBLEMS = 10;

function problems({ graph }: View): readonly string[] {
  const cycles = new Map<string, string>();
  for (const path of graph.cycles.values()) {
    const key = [...new Set(path)].sort(compareNodes).join(' ');
    if (!cycles.has(key))
      cycles.set(key, `- ❌ ${reasonText({ kind: 'cycle', path: fromLowest(path) }, MAX_PROSE)}`);
  }
  const unread = [...graph.unread]
    .sort(([a], [b]) => compareNodes(a, b))
    .map(
      ([node, why]) =>
        `- ❌ ${nodeLink(node)}: ${reasonText({ kind: 'dependencies unread', why }, MAX_PROSE)}`,
    );
  const self = [...graph.self]
    .sort(compareNodes)
    .map((node) => `- ${nodeLink(node)} names itself; that is left out.`);
  const lines = [...[...cycles.values()].sort(), ...unread, ...self];
  if (lines.length > MAX_PROBLEMS)
    lines.splice(MAX_PROBLEMS, lines.length, `- And ${lines.length - MAX_PROBLEMS} more.`);
  return lines.length === 0 ? [] : [lines.join('\n')];
}
