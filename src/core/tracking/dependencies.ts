import type { Edge, Share } from '../graph/edges.js';
import { type NodeId, compareNodes } from '../graph/node.js';
import type { TargetStatus } from '../graph/targets.js';
import { isOver } from '../membership/member.js';
import { codeSpan } from '../text/code.js';
import { escapeMarkdown } from '../text/escape.js';
import { type View, nodeOfMember } from '../view/view.js';
import { type Drawing, renderDiagram } from './diagram.js';
import { nodeLink, pullLink } from './links.js';
import { longestChain } from './longest-chain.js';
import { MAX_PROSE, fromLowest, reasonText } from './phrases.js';

/** How much of the graph is shown: all, what is open with its direct neighbours, or only that there is one. */
export type GraphDetail = 'all' | 'open' | 'none';

const LEGEND =
  'An arrow points to what an issue waits for; a dotted line joins issues that touch the same code.';
const MAX_SHARERS = 20;

/** Diagram, one line per edge, and what is wrong with the graph. Empty if there is nothing to say. */
export function renderDependencies(view: View, detail: GraphDetail): string {
  const { graph } = view;
  if (graph.edges.length + graph.shares.length + graph.self.length + graph.unread.size === 0) return '';
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
  const shownEdges = graph.edges.filter(({ from, to }) => isShown([from, to]));
  const shownShares = graph.shares.filter(({ members }) => isShown(members));
  const lines = [...shownEdges.map((edge) => edgeLine(edge, graph.targets)), ...shownShares.map(shareLine)];
  if (lines.length > 0) parts.push(...diagram(view, shownEdges, shownShares, isShown));
  parts.push(...longestChain(view));
  if (lines.length > 0) parts.push(lines.join('\n'));
  if (detail === 'open') parts.push('Only what is open and its direct neighbours are shown, for length.');
  return parts.join('\n\n');
}

/** The whole diagram; if it is too large that of what is open; if that is too large a sentence. */
function diagram(
  view: View,
  edges: readonly Edge[],
  shares: readonly Share[],
  isShown: (nodes: readonly NodeId[]) => boolean,
): readonly string[] {
  const titles = new Map(view.members.map((member) => [nodeOfMember(member), member.issue.title]));
  const over = new Set(view.members.filter(isOver).map(nodeOfMember));
  const arrows = edges.map(({ from, to }) => [from, to] as const);
  const dotted = pairs(shares);
  if (dotted === null) return ['There are too many edges for a diagram.'];
  const all: Drawing = { arrows, dotted: dotted.filter(isShown) };
  if (all.arrows.length + all.dotted.length === 0) return [];
  const whole = renderDiagram(all, titles);
  if (whole !== null) return [whole, LEGEND];
  const isOpen = (pair: readonly NodeId[]): boolean => pair.some((node) => !over.has(node));
  const open: Drawing = { arrows: all.arrows.filter(isOpen), dotted: all.dotted.filter(isOpen) };
  const reduced = open.arrows.length + open.dotted.length === 0 ? null : renderDiagram(open, titles);
  if (reduced === null) return ['There are too many edges for a diagram.'];
  return [reduced, `${LEGEND} It shows what is open and its direct neighbours.`];
}

/** Each two that share something, once; null if those are far more than a diagram holds. */
function pairs(shares: readonly Share[]): readonly (readonly [NodeId, NodeId])[] | null {
  const found = new Map<string, readonly [NodeId, NodeId]>();
  for (const { members } of shares) {
    if (members.length > 100) return null;
    members.forEach((one, index) => {
      for (const other of members.slice(index + 1)) found.set(`${one} ${other}`, [one, other]);
    });
  }
  return [...found.values()].sort((a, b) => compareNodes(a[0], b[0]) || compareNodes(a[1], b[1]));
}

function edgeLine({ from, to, origin }: Edge, targets: ReadonlyMap<NodeId, TargetStatus>): string {
  return `- ${nodeLink(from)} depends on ${nodeLink(to)}${ORIGIN[origin]}: ${statusText(targets.get(to))}`;
}

const ORIGIN = {
  native: '',
  line: ' (as its task says)',
  kept: ' (its removal does not count: whoever removed it may not)',
} satisfies Record<Edge['origin'], string>;

function statusText(status: TargetStatus | undefined): string {
  switch (status?.kind) {
    case undefined:
      return 'cannot be read';
    case 'met':
      return 'merged';
    case 'open':
      return status.pull === null ? 'open' : `open, pull request ${pullLink(status.pull)}`;
    case 'closed':
      return escapeMarkdown(status.how);
    case 'unreadable':
      return `cannot be read: ${escapeMarkdown(status.why)}`;
  }
}

function shareLine({ what, members, note }: Share): string {
  const shown = members.slice(0, MAX_SHARERS).map(nodeLink);
  const more = members.length > MAX_SHARERS ? ` and ${members.length - MAX_SHARERS} more` : '';
  const coordination = note === null ? '' : ` Coordination: ${escapeMarkdown(note, MAX_PROSE)}`;
  const alone = members.length === 1 ? ' with no other issue yet' : '';
  const verb = members.length === 1 ? 'shares' : 'share';
  return `- ${shown.join(members.length === 2 ? ' and ' : ', ')}${more} ${verb} ${codeSpan(what, 100)}${alone}.${coordination}`;
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
