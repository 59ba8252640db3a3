import type { Actor } from './people.js';
import type { Readable } from './readable.js';

/** Milliseconds since the epoch. GitHub's own times have whole seconds. */
export type Time = number;

export interface Issue {
  /** Node id. */
  readonly id: string;
  readonly databaseId: number;
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly author: Actor | null;
  readonly state: 'open' | 'closed';
  readonly stateReason: 'completed' | 'not_planned' | 'duplicate' | 'reopened' | null;
  readonly createdAt: Time;
  readonly closedAt: Time | null;
  readonly labels: Readable<readonly string[]>;
  readonly blockedBy: Readable<readonly BlockedBy[]>;
  readonly history: Readable<History>;
}

/** The far end of a native issue dependency. */
export interface BlockedBy {
  readonly id: string;
  readonly databaseId: number;
  readonly number: number;
  /** `owner/name`. */
  readonly repository: string;
  readonly state: 'open' | 'closed';
  readonly stateReason: Issue['stateReason'];
  /** How it was closed; null while it is open. */
  readonly closed: Readable<Closing | null>;
}

/** What the timeline and the edit history of an issue say, oldest first. */
export interface History {
  readonly labels: readonly LabelEvent[];
  readonly edits: readonly Edit[];
  readonly dependencies: readonly DependencyEvent[];
  /** Those of which GitHub does not show the issue any more; none if absent. */
  readonly lostDependencies?: LostDependencies;
  /** The last closing, if the issue is closed. */
  readonly closed: Closing | null;
}

export interface LabelEvent {
  readonly id: string;
  readonly label: string;
  readonly added: boolean;
  readonly actor: Actor | null;
  readonly at: Time;
}

/** A native dependency that was added or removed. */
export interface DependencyEvent {
  readonly added: boolean;
  readonly blocking: Omit<BlockedBy, 'closed'>;
  readonly actor: Actor | null;
  readonly at: Time;
}

/** Dependencies on issues that were deleted or are hidden: how often one was added, and each removal, oldest first. */
export interface LostDependencies {
  readonly added: number;
  readonly removals: readonly Removal[];
}

/** Who removed a native dependency, and when. */
export type Removal = Pick<DependencyEvent, 'actor' | 'at'>;

/** An edit of the body, or a change of the title. */
export interface Edit {
  readonly what: 'body' | 'title';
  readonly editor: Actor | null;
  readonly at: Time;
}

export interface Closing {
  readonly actor: Actor | null;
  readonly at: Time;
  /** The pull request that closed it. */
  readonly pull: { readonly number: number; readonly repository: string; readonly merged: boolean } | null;
}
