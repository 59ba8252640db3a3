/** How much of the graph the diagram shows: as much as can be read. */
import type { Edge, Share } from '../graph/edges.js';
import { type NodeId, compareNodes } from '../graph/node.js';
import { isOver } from '../membership/member.js';
import { type View, nodeOfMember } from '../view/view.js';
import { type Drawing, renderDiagram } from './diagram.js';

const LEGEND =
  'An arrow points to what an issue waits for; a dotted line joins issues that touch the same code.';
const OPEN = 'It shows what is open and its direct neighbours';
const TOO_LARGE = 'There are too many edges for a diagram.';
/** Far more than a diagram holds, and no more than is looked at in a moment. */
const MAX_PAIRS = 10_000;
const MAX_SHARERS = 100;

type Pairs = Drawing['dotted'];

/** The diagram with its legend. Where it would be too large, overlaps give way, then what is over, then all of it. */
export function drawingOf(view: View, edges: readonly Edge[], shares: readonly Share[]): readonly string[] {
  if (edges.length + shares.length === 0) return [];
  const titles = new Map(view.members.map((member) => [nodeOfMember(member), member.issue.title]));
  const over = new Set(view.members.filter(isOver).map(nodeOfMember));
  const isOpen = (pair: readonly NodeId[]): boolean => pair.some((node) => !over.has(node));
  const arrows = edges.map(({ from, to }) => [from, to] as const);
  const stated = shares.filter(({ origin }) => origin.kind === 'label');
  const all = pairs(shares);
  const less = stated.length < shares.length ? pairs(stated) : null;
  const attempts: readonly (readonly [Pairs | null, boolean, string])[] = [
    [all, false, ''],
    [less, false, 'Files that several change are only listed.'],
    [all, true, `${OPEN}.`],
    [less, true, `${OPEN}, without files that several change.`],
  ];
  let isEmpty = true;
  for (const [dotted, ofOpen, note] of attempts) {
    if (dotted === null) continue;
    const keep = ofOpen ? isOpen : () => true;
    const drawing = { arrows: arrows.filter(keep), dotted: dotted.filter(keep) };
    if (drawing.arrows.length + drawing.dotted.length === 0) continue;
    isEmpty = false;
    const text = renderDiagram(drawing, titles);
    if (text !== null) return [text, [LEGEND, note].filter((part) => part !== '').join(' ')];
  }
  return isEmpty && all !== null ? [] : [TOO_LARGE];
}

/** Each two that share something, once; null if those are far more than a diagram holds. */
function pairs(shares: readonly Share[]): Pairs | null {
  const found = new Map<string, readonly [NodeId, NodeId]>();
  for (const { members } of shares) {
    if (members.length > MAX_SHARERS || found.size > MAX_PAIRS) return null;
    members.forEach((one, index) => {
      for (const other of members.slice(index + 1)) found.set(`${one} ${other}`, [one, other]);
    });
  }
  return [...found.values()].sort((a, b) => compareNodes(a[0], b[0]) || compareNodes(a[1], b[1]));
}
