import { type Pull, valueOr } from '../model/index.js';
import { issueOfBranch } from '../names/members.js';
import type { GateReason } from '../reasons/reason.js';
import type { View } from './view.js';

/** What closes the gate of work whose issue is gone. */
export type IssueGone = Extract<GateReason, { readonly kind: 'issue gone' }>;

/**
 * What keeps back an open pull request that the app made for an issue which is not in the repository any more: it was
 * deleted or transferred, and with it went what it waits for and who asked for it. Null for any other pull request.
 */
export function issueGoneOf({ number, author, state, head }: Pull, view: View): IssueGone | null {
  if (view.snapshot.issues.kind === 'unreadable') return null;
  if (state !== 'open' || author?.kind !== 'me' || !head.sameRepository) return null;
  const issue = issueOfBranch(view.config.settings.branch, head.branch);
  if (issue === undefined || view.judged.some((each) => each.number === issue)) return null;
  return { kind: 'issue gone', issue, pull: number };
}

/** Every such pull request, oldest first. */
export function lostWork(view: View): readonly IssueGone[] {
  return valueOr(view.snapshot.pulls, [])
    .flatMap((pull) => issueGoneOf(pull, view) ?? [])
    .sort((a, b) => a.pull - b.pull);
}
