/**
 * Links as the app writes them: relative to the page of an issue, which holds on every host. A relative link leaves no
 * cross-reference in the timeline of what it names, where a bare `#8` would.
 */
import { type NodeId, numberOf } from '../graph/node.js';
import { codeSpan } from '../text/code.js';
import { listed } from '../text/listed.js';

export function issueLink(number: number): string {
  return `[#${number}](../issues/${number})`;
}

export function pullLink(number: number): string {
  return `[#${number}](../pull/${number})`;
}

/** An issue of the own repository is linked; one elsewhere is named only, since a link would be a mention there. */
export function nodeLink(node: NodeId): string {
  const number = numberOf(node);
  return number === null ? codeSpan(node, 150) : issueLink(number);
}

/** The first so many issues, and how many more. */
export function issueLinks(numbers: readonly number[], max: number): string {
  return listed(numbers, max, issueLink);
}

/** A comment, by the issue or pull request it stands on and its id. */
export function commentLink({ on, id }: { readonly on: number; readonly id: number }): string {
  return `[comment](../issues/${on}#issuecomment-${id})`;
}

/** A commit by its short SHA. */
export function commitLink(sha: string): string {
  return `[${codeSpan(sha.slice(0, 7))}](../commit/${segments(sha)})`;
}

/** A branch, named as code. */
export function branchLink(branch: string): string {
  return `[${codeSpan(branch)}](../tree/${segments(branch)})`;
}

/** A file at a commit or on a branch, named as code. */
export function fileLink(path: string, ref: string): string {
  return `[${codeSpan(path)}](../blob/${segments(ref)}/${segments(path)})`;
}

/** Encoded for an address, slashes kept; parentheses too, which would end the link. */
function segments(path: string): string {
  return path
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .split('/')
    .map(encodeURIComponent)
    .join('/')
    .replace(/[()]/g, (sign) => (sign === '(' ? '%28' : '%29'));
}
