import type { IssueRef } from '../facts/references.js';

/** An issue as a node of the graph: `#8`, or `owner/name#8` in lower case for one of another repository. */
export type NodeId = string;

/** The node of an issue; `home` is the deployment's own repository as `owner/name`. */
export function nodeOf(number: number, repository: string, home: string): NodeId {
  const name = repository.toLowerCase();
  return name === home.toLowerCase() ? `#${number}` : `${name}#${number}`;
}

/** The node of a reference. */
export function nodeOfRef({ owner, repo, number }: IssueRef, home: string): NodeId {
  return nodeOf(number, owner === undefined || repo === undefined ? home : `${owner}/${repo}`, home);
}

/** The issue number of a node of the own repository, or null for one elsewhere. */
export function numberOf(node: NodeId): number | null {
  return node.startsWith('#') ? Number(node.slice(1)) : null;
}

/** Own issues by number, then others by name. */
export function compareNodes(a: NodeId, b: NodeId): number {
  if (a === b) return 0;
  const one = numberOf(a);
  const other = numberOf(b);
  if (one !== null && other !== null) return one - other;
  if (one !== null || other !== null) return one === null ? 1 : -1;
  return a < b ? -1 : Number(a > b);
}
