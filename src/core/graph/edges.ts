import { groupBy } from '../model/index.js';
import { type NodeId, compareNodes } from './node.js';

/**
 * Where a *depends on* edge comes from.
 *
 * - `native`: GitHub's own issue dependency.
 * - `line`: a recorded `Depends on` line that could not be written natively.
 * - `kept`: removed natively by someone who may not free anything.
 */
export type EdgeOrigin = 'native' | 'line' | 'kept';

/** `from` may not merge before `to`. */
export interface Edge {
  readonly from: NodeId;
  readonly to: NodeId;
  readonly origin: EdgeOrigin;
  /**
   * Who it comes from: whoever added it natively, for the app the one on whose word it did; the approver of the recorded
   * line; of a kept one whoever removed it. null where GitHub does not say.
   */
  readonly by: string | null;
}

/**
 * Where a *shares* edge comes from.
 *
 * - `label`: the labels `shares:<what>`, and who put them; `recorded` if a task asked the app for one.
 * - `overlap`: the pull requests change the same files, and the settings ask for more than a note.
 */
export type ShareOrigin =
  | { readonly kind: 'label'; readonly by: readonly string[]; readonly recorded: boolean }
  | { readonly kind: 'overlap' };

/** Who asked the app for an edge by a command that it accepted; null where none is known. */
export interface Askers {
  dependency(issue: number, on: NodeId): string | null;
  /** `label` is the whole name of the label. */
  share(issue: number, label: string): string | null;
  /** How to work together, as the newest command says that says anything about it. */
  note(label: string): string | null;
}

/** Issues that touch the same code: whichever lands second must first be brought up to date with the other. */
export interface Share {
  readonly what: string;
  readonly members: readonly NodeId[];
  /** The coordination notes, if somebody wrote one. */
  readonly note: string | null;
  readonly origin: ShareOrigin;
}

/**
 * Edges by their issues, without those from an issue to itself and without repeats; the first origin of an edge stays.
 */
export function simpleEdges(edges: readonly Edge[]): { edges: readonly Edge[]; self: readonly NodeId[] } {
  const self = new Set<NodeId>();
  for (const { from, to } of edges) if (from === to) self.add(from);
  const ordered = edges
    .filter(({ from, to }) => from !== to)
    .sort((a, b) => compareNodes(a.from, b.from) || compareNodes(a.to, b.to));
  // Sorting keeps what is equal in its order, so the first of several stays.
  const isFirst = ({ from, to }: Edge, index: number): boolean => {
    const before = ordered[index - 1];
    return before?.from !== from || before.to !== to;
  };
  return { edges: ordered.filter(isFirst), self: [...self].sort(compareNodes) };
}

/** What each node depends on directly. */
export function dependenciesByNode(edges: readonly Edge[]): ReadonlyMap<NodeId, readonly Edge[]> {
  return groupBy(edges, ({ from }) => from);
}
