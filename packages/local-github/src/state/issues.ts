import type { Id } from './accounts.js';

export interface Label {
  readonly id: Id;
  readonly repositoryId: Id;
  readonly name: string;
  readonly color: string;
  readonly description: string | null;
}

/** What issues and pull requests have in common; a pull request is the row whose `pullId` is set. */
export interface Issue {
  readonly id: Id;
  readonly repositoryId: Id;
  readonly number: number;
  readonly pullId: Id | null;
  readonly title: string;
  readonly body: string | null;
  readonly authorId: Id;
  readonly state: 'open' | 'closed';
  readonly stateReason: 'completed' | 'not_planned' | 'duplicate' | 'reopened' | null;
  readonly closedById: Id | null;
  readonly locked: boolean;
  readonly lockReason: string | null;
  readonly labelIds: readonly Id[];
  readonly assigneeIds: readonly Id[];
  readonly commentIds: readonly Id[];
  readonly eventIds: readonly Id[];
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly closedAt: string | null;
  readonly edited: Edited | null;
}

/** Who last edited a text, and when. */
export interface Edited {
  readonly byId: Id;
  readonly at: string;
}

export interface Comment {
  readonly id: Id;
  readonly issueId: Id;
  readonly authorId: Id;
  readonly body: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly edited: Edited | null;
}

export const REACTIONS = ['+1', '-1', 'laugh', 'confused', 'heart', 'hooray', 'rocket', 'eyes'] as const;
export type ReactionContent = (typeof REACTIONS)[number];

export interface Reaction {
  readonly id: Id;
  /** The issue or comment that is reacted to. */
  readonly subjectId: Id;
  readonly authorId: Id;
  readonly content: ReactionContent;
  readonly createdAt: string;
}

/** One entry of a text's edit history. `text` is the whole text after the edit; the first entry is the original. */
export interface Edit {
  readonly id: Id;
  /** The issue, comment or review whose body was edited. */
  readonly subjectId: Id;
  readonly editorId: Id;
  readonly at: string;
  readonly text: string;
}

/** `blockedId` may not be finished before `blockingId`. */
export interface Dependency {
  readonly id: Id;
  readonly blockedId: Id;
  readonly blockingId: Id;
  readonly createdAt: string;
}

/** An entry of an issue's or pull request's timeline. Comments and reviews are entries of their own tables. */
export interface TimelineEvent {
  readonly id: Id;
  readonly issueId: Id;
  readonly actorId: Id | null;
  readonly createdAt: string;
  readonly what: TimelineData;
}

export type TimelineData =
  | { readonly kind: 'labeled' | 'unlabeled'; readonly label: LabelFace }
  | { readonly kind: 'assigned' | 'unassigned'; readonly assigneeId: Id }
  | { readonly kind: 'closed'; readonly stateReason: Issue['stateReason']; readonly closer: Closer | null }
  | { readonly kind: 'reopened' | 'pinned' | 'unpinned' | 'locked' | 'unlocked' }
  | { readonly kind: 'transferred'; readonly fromRepositoryId: Id }
  | { readonly kind: 'renamed'; readonly from: string; readonly to: string }
  | { readonly kind: 'blocked_by_added' | 'blocked_by_removed'; readonly blockingId: Id }
  | { readonly kind: 'blocking_added' | 'blocking_removed'; readonly blockedId: Id }
  | { readonly kind: 'merged'; readonly commit: string; readonly baseRef: string }
  | { readonly kind: 'ready_for_review' | 'convert_to_draft' }
  | { readonly kind: 'head_ref_deleted' | 'head_ref_restored'; readonly ref: string }
  | {
      readonly kind: 'head_ref_force_pushed';
      readonly before: string;
      readonly after: string;
      readonly ref: string;
    }
  | { readonly kind: 'base_ref_changed'; readonly from: string; readonly to: string }
  | { readonly kind: 'review_requested' | 'review_request_removed'; readonly reviewerId: Id }
  | { readonly kind: 'review_dismissed'; readonly reviewId: Id; readonly message: string }
  | { readonly kind: 'added_to_merge_queue'; readonly queueId: Id }
  | {
      readonly kind: 'removed_from_merge_queue';
      readonly queueId: Id;
      readonly enqueuerId: Id;
      readonly reason: string;
      /** The head of its merge group; the one that was queued, if no group was built. */
      readonly before: string;
    }
  | { readonly kind: 'referenced'; readonly commit: string };

/** A label as it was when the event happened: the label itself may since be renamed or deleted. */
export interface LabelFace {
  readonly name: string;
  readonly color: string;
}

/** What closed an issue: a merged pull request, or a commit on the default branch. */
export type Closer = { readonly pullId: Id } | { readonly commit: string };
