/** The diagram of the dependencies. Ids are numbers and labels plain words, so that no title can be part of its language. */
import { type NodeId, compareNodes, numberOf } from '../graph/node.js';
import { fence } from '../text/code.js';
import { mermaidLabel } from '../text/mermaid.js';

/** Beyond these a diagram cannot be read, and GitHub's renderer may refuse it. */
const MAX_NODES = 80;
const MAX_EDGES = 200;
const MAX_LABEL = 40;

export interface Drawing {
  readonly arrows: readonly (readonly [from: NodeId, to: NodeId])[];
  readonly dotted: readonly (readonly [one: NodeId, other: NodeId])[];
}

/** The fenced diagram, or null if it would be too large. */
export function renderDiagram(
  { arrows, dotted }: Drawing,
  titles: ReadonlyMap<NodeId, string>,
): string | null {
  const nodes = [...new Set([...arrows, ...dotted].flat())].sort(compareNodes);
  if (nodes.length > MAX_NODES || arrows.length + dotted.length > MAX_EDGES) return null;
  const ids = new Map(nodes.map((node, index) => [node, idOf(node, index)]));
  const id = (node: NodeId): string => ids.get(node) ?? '';
  return fence(
    [
      'flowchart LR',
      ...nodes.map((node) => `  ${id(node)}["${labelOf(node, titles)}"]`),
      ...arrows.map(([from, to]) => `  ${id(from)} --> ${id(to)}`),
      ...dotted.map(([one, other]) => `  ${id(one)} -.- ${id(other)}`),
    ].join('\n'),
    'mermaid',
  );
}

/** An issue of another repository has a number that no own issue has: it begins with a zero. */
function idOf(node: NodeId, index: number): string {
  const number = numberOf(node);
  return number === null ? `i0${index}` : `i${number}`;
}

function labelOf(node: NodeId, titles: ReadonlyMap<NodeId, string>): string {
  const words = mermaidLabel(titles.get(node) ?? '', MAX_LABEL);
  const name = mermaidLabel(node, MAX_LABEL);
  return words === '' ? name : `${name} ${words}`;
}
