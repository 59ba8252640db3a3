import type { Approval } from '../authority/approval.js';
import type { Standing } from '../authority/standing.js';
import type { IssueFacts } from '../facts/read-facts.js';
import type { Branch, Issue, Pull, Readable } from '../model/index.js';
import type { Outcome } from './outcome.js';
import type { Recorded } from './recorded.js';
import type { SharedLabel } from './shared.js';

/** One issue of a deployment, with everything of it that decisions rest on. */
export interface Member {
  readonly number: number;
  readonly issue: Issue;
  readonly approval: Approval;
  /** Name of its branch, and the branch if it exists. */
  readonly branchName: string;
  readonly branch: Branch | null;
  /** Where its task file is on that branch. */
  readonly taskPath: string;
  readonly pull: Pull | null;
  readonly recorded: Readable<Recorded | null>;
  /** From the recorded text where there is one, else from the issue as it is now. */
  readonly facts: IssueFacts;
  readonly hold: Standing;
  readonly merge: Standing;
  readonly deploy: Standing;
  /** Its `shares:` labels, those included that were taken off. */
  readonly shared: readonly SharedLabel[];
  readonly outcome: Outcome;
}

/** True once nothing more is to be done for the member. */
export function isOver(member: Member): boolean {
  return member.outcome.kind !== 'open' && member.outcome.kind !== 'unread';
}

/** True for work that the deployment does not do: it was cancelled, or is done elsewhere. */
export function isDropped({ outcome }: Member): boolean {
  return outcome.kind === 'cancelled' || outcome.kind === 'done elsewhere';
}

/** True if its pull request is open for review. */
export function isInReview({ pull }: Member): boolean {
  return pull?.state === 'open' && !pull.draft;
}

/** True if what depends on the member is free of it. */
export function isMet(member: Member): boolean {
  return member.outcome.kind === 'merged' || member.outcome.kind === 'done elsewhere';
}
