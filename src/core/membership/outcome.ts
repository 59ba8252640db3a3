import { atLeast, type RoleBook } from '../authority/role-book.js';
import type { Base, Closing, Issue, Pull, Readable } from '../model/index.js';

/** How the work on an issue ended, if it did. Only `merged` and `done elsewhere` free what depends on it. */
export type Outcome =
  | { readonly kind: 'open' }
  | { readonly kind: 'merged'; readonly commit: string }
  | { readonly kind: 'done elsewhere'; readonly pull: string }
  | { readonly kind: 'cancelled'; readonly how: Cancelled }
  | { readonly kind: 'unread'; readonly why: string };

export type Cancelled =
  | 'the deploy label was removed'
  | 'the issue was closed by hand'
  | 'the pull request was closed without merging'
  | 'the pull request was emptied';

/**
 * How a member's work ended.
 *
 * @param labelled whether the deploy label holds
 * @param landedSha the head that the gate records as being landed, if any
 */
export function outcomeOf(
  issue: Issue,
  pull: Pull | null,
  base: Readable<Base>,
  labelled: boolean,
  landedSha: string | null,
  book: RoleBook,
): Outcome {
  const merged = mergedAs(pull, base, landedSha);
  if (merged !== null) return { kind: 'merged', commit: merged };
  if (pull?.state === 'merged') return { kind: 'cancelled', how: 'the pull request was emptied' };
  if (issue.state === 'closed') {
    const closing = closingOf(issue);
    if (closing.kind === 'unreadable') return { kind: 'unread', why: closing.why };
    const outcome = closedOutcome(closing.value, issue.stateReason, book);
    if (outcome !== null) return outcome;
  }
  if (pull?.state === 'closed')
    return { kind: 'cancelled', how: 'the pull request was closed without merging' };
  return labelled ? { kind: 'open' } : { kind: 'cancelled', how: 'the deploy label was removed' };
}

/** The commit on the base that the pull request became; null if it did not, or nobody can tell. */
function mergedAs(pull: Pull | null, base: Readable<Base>, landedSha: string | null): string | null {
  if (pull === null || base.kind === 'unreadable') return null;
  if (pull.state === 'merged' && pull.base === base.value.branch && pull.changedFiles > 0) {
    return pull.mergeCommit ?? pull.head.sha;
  }
  const landed = landedSha !== null && landedSha === pull.head.sha && base.value.recent.includes(landedSha);
  return landed ? landedSha : null;
}

function closingOf(issue: Issue): Readable<Closing | null> {
  if (issue.history.kind === 'unreadable') return issue.history;
  return { kind: 'read', value: issue.history.value.closed };
}

/** What a closing is worth; null if it changes nothing, because who closed the issue may not end its work. */
function closedOutcome(
  closing: Closing | null,
  reason: Issue['stateReason'],
  book: RoleBook,
): Outcome | null {
  if (closing === null) return { kind: 'unread', why: 'GitHub does not say how the issue was closed' };
  if (closing.pull?.merged === true) {
    if (reason !== 'completed') return { kind: 'cancelled', how: 'the issue was closed by hand' };
    return { kind: 'done elsewhere', pull: `${closing.pull.repository}#${closing.pull.number}` };
  }
  if (closing.actor === null) return null;
  if (closing.actor.kind === 'me') return { kind: 'cancelled', how: 'the issue was closed by hand' };
  const role = book.of(closing.actor.login, closing.at);
  if (role.kind === 'unreadable') return { kind: 'unread', why: role.why };
  return atLeast(role.value, 'write') ? { kind: 'cancelled', how: 'the issue was closed by hand' } : null;
}
