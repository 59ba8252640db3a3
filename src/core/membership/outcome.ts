import { atLeast, type RoleBook } from '../authority/role-book.js';
import { mergedIn } from './merged-in.js';
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
  | 'the pull request was emptied'
  | 'the pull request was merged into another branch';

/** What an outcome rests on beside the issue and its pull request. */
export interface OutcomeInput {
  readonly base: Readable<Base>;
  /**
   * Whether the deploy label holds; `never` if the issue never had one of that name, as after a change of the name in the
   * configuration, which ends no work.
   */
  readonly labelled: 'on' | 'removed' | 'never';
  /** Whether the deploy label went before the pull request was closed: the app closes it for that. */
  readonly unlabelledFirst: boolean;
  /** Whether a gate of the head records its landing. */
  readonly landed: Readable<boolean>;
  readonly book: RoleBook;
  /** `owner/name` of the repository. */
  readonly home: string;
}

/** How a member's work ended. */
export function outcomeOf(issue: Issue, pull: Pull | null, input: OutcomeInput): Outcome {
  const { base, labelled, unlabelledFirst, landed } = input;
  if (pull !== null && closedAsLanded(issue)) {
    return { kind: 'merged', commit: pull.mergeCommit ?? pull.head.sha };
  }
  const merged = pull === null ? null : mergedOutcome(pull, base, landed);
  if (merged !== null) return merged;
  if (issue.state === 'closed') {
    const closing = closingOf(issue);
    if (closing.kind === 'unreadable') return { kind: 'unread', why: closing.why };
    const outcome = closedOutcome(closing.value, issue.stateReason, input);
    if (outcome !== null) return outcome;
  }
  if (pull?.state === 'closed' && !unlabelledFirst)
    return { kind: 'cancelled', how: 'the pull request was closed without merging' };
  if (labelled === 'on') return { kind: 'open' };
  if (labelled === 'never')
    return { kind: 'unread', why: 'the issue never had the deploy label that is configured now' };
  return { kind: 'cancelled', how: 'the deploy label was removed' };
}

/**
 * What GitHub calls merged, or what the base holds because the app landed it; null if it is neither. A base that cannot
 * be read, or a merge whose commit GitHub does not name, is neither merged nor cancelled.
 */
function mergedOutcome(
  { state, head, base: into, mergeCommit, changedFiles }: Pull,
  base: Readable<Base>,
  landed: Readable<boolean>,
): Outcome | null {
  if (state !== 'merged' && landed.kind === 'read' && !landed.value) return null;
  if (base.kind === 'unreadable') return { kind: 'unread', why: base.why };
  const isOnBase = base.value.recent.includes(head.sha);
  if (state !== 'merged') {
    if (!isOnBase) return null;
    return landed.kind === 'read'
      ? { kind: 'merged', commit: head.sha }
      : { kind: 'unread', why: landed.why };
  }
  const isRecorded = isOnBase && landed.kind === 'read' && landed.value;
  if (changedFiles === 0 && !isRecorded) {
    return { kind: 'cancelled', how: 'the pull request was emptied' };
  }
  if (into !== base.value.branch) {
    return { kind: 'cancelled', how: 'the pull request was merged into another branch' };
  }
  if (mergeCommit !== null) return { kind: 'merged', commit: mergeCommit };
  if (isOnBase) return { kind: 'merged', commit: head.sha };
  return { kind: 'unread', why: 'GitHub does not say which commit the merge has made' };
}

/** The app itself closes an issue as completed only once its work is on the base: it remembers that on the issue. */
function closedAsLanded(issue: Issue): boolean {
  if (issue.state !== 'closed' || issue.stateReason !== 'completed') return false;
  const closed = issue.history.kind === 'read' ? issue.history.value.closed : null;
  return closed?.actor?.kind === 'me' && closed.pull === null;
}

function closingOf(issue: Issue): Readable<Closing | null> {
  if (issue.history.kind === 'unreadable') return issue.history;
  return { kind: 'read', value: issue.history.value.closed };
}

/** What a closing is worth; null if it changes nothing, because who closed the issue may not end its work. */
function closedOutcome(
  closing: Closing | null,
  reason: Issue['stateReason'],
  { book, home }: OutcomeInput,
): Outcome | null {
  if (closing === null) return { kind: 'unread', why: 'GitHub does not say how the issue was closed' };
  const ended = endedBy(closing, reason);
  if (mergedIn(closing, [home]) || closing.actor?.kind === 'me') return ended;
  if (closing.actor === null) return null;
  const role = book.of(closing.actor, closing.at);
  if (role.kind === 'unreadable') return { kind: 'unread', why: role.why };
  return atLeast(role.value, 'write') ? ended : null;
}

function endedBy({ pull }: Closing, reason: Issue['stateReason']): Outcome {
  return pull?.merged === true && reason === 'completed'
    ? { kind: 'done elsewhere', pull: `${pull.repository}#${pull.number}` }
    : { kind: 'cancelled', how: 'the issue was closed by hand' };
}
