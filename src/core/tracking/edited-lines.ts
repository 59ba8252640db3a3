import { readDependencies } from '../facts/dependencies.js';
import { type IssueRef, type RefContext, formatReference } from '../facts/references.js';
import { readMarkdown } from '../markdown/blocks.js';
import type { Member } from '../membership/member.js';
import { codeSpan } from '../text/code.js';
import { listed } from '../text/listed.js';
import { issueLink } from './links.js';

const MAX_NAMED = 5;

/** What an edited text says of dependencies otherwise than the recorded one: a clause that goes on after a colon, or ''. */
export function editedLines({ issue, facts }: Member, refs: RefContext): string {
  const now = readDependencies(readMarkdown(issue.body), refs).lines.map(({ ref }) => ref);
  const recorded = facts.dependencies.lines.map(({ ref }) => ref);
  const added = without(now, recorded);
  const gone = without(recorded, now);
  const clauses = [
    ...(added.length === 0 ? [] : [`it now depends on ${named(added)}`]),
    ...(gone.length === 0 ? [] : [`it no longer depends on ${named(gone)}`]),
  ];
  return clauses.length === 0 ? '' : `: ${clauses.join(', and ')}, which has no effect yet`;
}

function without(refs: readonly IssueRef[], others: readonly IssueRef[]): readonly IssueRef[] {
  const known = new Set(others.map(keyOf));
  return refs.filter((ref) => !known.has(keyOf(ref)));
}

function keyOf(ref: IssueRef): string {
  return formatReference(ref).toLowerCase();
}

function named(refs: readonly IssueRef[]): string {
  return listed(refs, MAX_NAMED, (ref) =>
    ref.owner === undefined ? issueLink(ref.number) : codeSpan(formatReference(ref)),
  );
}
