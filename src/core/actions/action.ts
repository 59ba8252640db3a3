import type { Time } from '../model/index.js';
import type { LabelDefinition } from '../names/labels.js';
import type { Verdict } from '../gate/verdict.js';

/**
 * One write that makes GitHub agree with what should be. Every action is idempotent or guarded: refs by create-only and
 * compare-and-swap, pull requests by their head, check runs by name and head, comments by a marker of their cause.
 */
export type Action =
  | CreateTracker
  | Provision
  | PublishGates
  | { readonly kind: 'ensure label'; readonly label: LabelDefinition }
  | {
      readonly kind: 'add label';
      readonly number: number;
      readonly label: LabelDefinition;
      readonly cause: string;
    }
  | { readonly kind: 'remove label'; readonly number: number; readonly label: string; readonly cause: string }
  | { readonly kind: 'comment'; readonly number: number; readonly body: string; readonly cause: string }
  | {
      readonly kind: 'react';
      readonly comment: number;
      readonly number: number;
      readonly with: '+1' | 'confused';
    }
  | {
      readonly kind: 'add dependency' | 'remove dependency';
      readonly number: number;
      readonly blocking: Blocking;
      readonly cause: string;
    }
  | { readonly kind: 'write task'; readonly task: Task; readonly expectedHead: string }
  | { readonly kind: 'move branch'; readonly branch: string; readonly from: string; readonly to: string }
  | { readonly kind: 'open pull'; readonly pull: NewPull }
  | { readonly kind: 'assign'; readonly pulls: readonly Assignment[] }
  | { readonly kind: 'mark ready'; readonly pull: PullRef }
  | {
      readonly kind: 'remove task file';
      readonly branch: string;
      readonly expectedHead: string;
      readonly path: string;
      readonly headline: string;
    }
  | {
      readonly kind: 'close pull';
      readonly pull: PullRef;
      readonly comment: string;
      readonly cause: string;
      /** Its new body; left out to leave it as it is. */
      readonly body?: string;
    }
  | { readonly kind: 'close issue'; readonly number: number; readonly reason: 'completed' | 'not_planned' }
  | { readonly kind: 'pin'; readonly issue: string; readonly number: number }
  | { readonly kind: 'unpin'; readonly issue: string; readonly number: number }
  | {
      readonly kind: 'update tracker';
      readonly number: number;
      readonly title: string;
      readonly body: string;
      readonly state: 'open' | 'closed';
    }
  | {
      readonly kind: 'update branch';
      readonly pull: PullRef;
      /** The branch that it goes into. */
      readonly base: string;
      readonly draft: boolean;
      readonly expectedHead: string;
      readonly method: 'rebase' | 'merge';
    }
  | {
      readonly kind: 'fast-forward';
      readonly pull: PullRef;
      readonly branch: string;
      readonly before: string;
      readonly after: string;
    }
  | {
      readonly kind: 'merge';
      readonly pull: PullRef;
      readonly head: string;
      /** The branch that it goes into. */
      readonly base: string;
      readonly method: 'squash' | 'rebase' | 'merge';
      readonly title: string;
    }
  | {
      readonly kind: 'enqueue';
      readonly pull: PullRef;
      readonly head: string;
      /** The branch that it goes into. */
      readonly base: string;
      /** When it last left a merge queue; null if it never did. */
      readonly after: number | null;
    }
  | { readonly kind: 'dequeue'; readonly pull: PullRef }
  | { readonly kind: 'retarget'; readonly pull: PullRef; readonly base: string }
  | { readonly kind: 'delete branch'; readonly branch: string; readonly expectedHead: string };

export interface PullRef {
  readonly id: string;
  readonly number: number;
}

/** A pull request and who is to be assigned to it. */
export interface Assignment extends PullRef {
  readonly login: string;
}

/** The issue at the far end of a dependency, by the number that GitHub's API asks for and by the one people see. */
export interface Blocking {
  readonly databaseId: number;
  readonly number: number;
  /** `owner/name`, for one of another repository. */
  readonly repository?: string;
}

/** Makes the tracking issue. Before creating, the worker lists by author and marker once more. */
export interface CreateTracker {
  readonly kind: 'create tracker';
  readonly title: string;
  readonly body: string;
  readonly label: LabelDefinition;
  /** What the marker of the body says: base branch and name of the deployment. */
  readonly key: string;
}

/** The commit that records a task. */
export interface Task {
  readonly branch: string;
  readonly path: string;
  readonly content: string;
  readonly headline: string;
  readonly body: string;
}

export interface NewPull {
  readonly head: string;
  readonly base: string;
  readonly title: string;
  readonly body: string;
  readonly draft: boolean;
}

/** Branch, task commit and draft pull request of one issue, in one document. */
export interface Provision {
  readonly kind: 'provision';
  readonly number: number;
  /** The head of the base, where the branch begins. */
  readonly from: string;
  readonly task: Task;
  readonly pull: NewPull;
  /** What the task records: read again right before the commit. `bodySha256` is hexadecimal. */
  readonly approved: { readonly title: string; readonly bodySha256: string };
}

/** Check runs to publish, as few documents as possible. */
export interface PublishGates {
  readonly kind: 'publish gates';
  readonly name: string;
  readonly gates: readonly GateWrite[];
}

export interface GateWrite {
  readonly sha: string;
  readonly verdict: Verdict;
  /** Node id of the unfinished run to update; null to make a new one: a completed run cannot go back. */
  readonly run: string | null;
  /** When the landing that an unfinished run comes to record began; without it the run keeps its own start. */
  readonly startedAt?: Time;
  /** Node id of an unfinished run that the new one takes the place of: it is ended as cancelled. */
  readonly replaces?: string;
  /** Database id of the run that somebody asked to have again: the verdict is written although it may be the same. */
  readonly again?: number;
}
