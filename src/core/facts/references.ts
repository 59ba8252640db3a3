import { codeSpan } from '../text/code.js';

/**
 * A reference to an issue or a pull request. `owner` and `repo` are left out for one of the own repository, so that
 * equal references are equal values.
 */
export interface IssueRef {
  readonly owner?: string;
  readonly repo?: string;
  readonly number: number;
}

/** What is needed to read a reference: the own repository as `owner/repo`, and the host of its web pages. */
export interface RefContext {
  readonly repository: string;
  /** Host, with the port if it has one, of issue URLs. */
  readonly host: string;
}

/** GitHub's numbers are 32-bit integers in its GraphQL schema (`Int`). */
const MAX_NUMBER = 2_147_483_647;
const SHORT = /^(?:([a-z\d][a-z\d_-]{0,99})\/([\w.-]{1,100}))?#([1-9]\d{0,9})$/i;
const PATH = /^\/([a-z\d][a-z\d_-]{0,99})\/([\w.-]{1,100})\/(?:issues|pull)\/([1-9]\d{0,9})(?:[/?#]\S*)?$/i;

/** Reads `#4`, `owner/repo#4` or the URL of an issue or a pull request; null if it is none of them. */
export function parseReference(text: string, context: RefContext): IssueRef | null {
  const match = SHORT.exec(text) ?? PATH.exec(urlPath(text, context.host));
  if (match === null) return null;
  const [, owner, repo, digits] = match;
  const number = Number(digits);
  if (number > MAX_NUMBER) return null;
  if (owner === undefined || repo === undefined) return { number };
  if (`${owner}/${repo}`.toLowerCase() === context.repository.toLowerCase()) return { number };
  return { owner, repo, number };
}

/** Writes a reference as people do: `#4` or `owner/repo#4`. */
export function formatReference(ref: IssueRef): string {
  if (ref.owner === undefined || ref.repo === undefined) return `#${ref.number}`;
  return `${ref.owner}/${ref.repo}#${ref.number}`;
}

/** A reference in the app's own Markdown. One of another repository is code: it would show there as a mention by the app. */
export function referenceText(ref: IssueRef): string {
  return ref.owner === undefined ? formatReference(ref) : codeSpan(formatReference(ref));
}

/** The references without those that were named before; GitHub's names do not differ by case. */
export function distinctReferences(refs: readonly IssueRef[]): readonly IssueRef[] {
  const seen = new Map<string, IssueRef>();
  for (const ref of refs) {
    const key = formatReference(ref).toLowerCase();
    if (!seen.has(key)) seen.set(key, ref);
  }
  return [...seen.values()];
}

/** The path of a URL on that host, or nothing. */
function urlPath(text: string, host: string): string {
  const lower = text.toLowerCase();
  const start = ['https://', 'http://'].map((scheme) => `${scheme}${host.toLowerCase()}/`);
  const prefix = start.find((each) => lower.startsWith(each));
  return prefix === undefined ? '' : text.slice(prefix.length - 1);
}
