import type { Comment, Id, Issue, Label, MergeGroup, RemovalReason } from '../state/model.js';

/** What an edit changed, in the form of the webhook's `changes`. */
export type Changes = Readonly<Record<string, Was | { readonly ref: Was; readonly sha: Was }>>;

type Was = Readonly<Record<'from', string>>;

/**
 * Something that happened, in terms of rows; the webhook payload is made from it later. Rows that the event itself
 * deleted are carried whole.
 */
export type DomainEvent = { readonly repositoryId: Id; readonly senderId: Id } & What;

export type What =
  | {
      readonly name: 'issues';
      readonly action:
        | 'opened'
        | 'edited'
        | 'closed'
        | 'reopened'
        | 'labeled'
        | 'unlabeled'
        | 'assigned'
        | 'unassigned'
        | 'pinned'
        | 'unpinned'
        | 'locked'
        | 'unlocked';
      readonly issueId: Id;
      readonly label?: Label;
      readonly assigneeId?: Id;
      readonly changes?: Changes;
      /** The issue as it was in the repository that it was transferred from. */
      readonly from?: Issue;
    }
  | { readonly name: 'issues'; readonly action: 'deleted'; readonly issueId: Id; readonly issue: Issue }
  | {
      readonly name: 'issues';
      readonly action: 'transferred';
      readonly issueId: Id;
      readonly issue: Issue;
      readonly toId: Id;
    }
  | {
      readonly name: 'issue_comment';
      readonly action: 'created' | 'edited' | 'deleted';
      readonly issueId: Id;
      readonly comment: Comment;
      readonly changes?: Changes;
    }
  | {
      readonly name: 'label';
      readonly action: 'created' | 'edited' | 'deleted';
      readonly label: Label;
      readonly changes?: Changes;
    }
  | {
      readonly name: 'issue_dependencies';
      readonly action: 'blocked_by_added' | 'blocked_by_removed' | 'blocking_added' | 'blocking_removed';
      readonly blockedId: Id;
      readonly blockingId: Id;
    }
  | {
      readonly name: 'pull_request';
      readonly action:
        | 'opened'
        | 'edited'
        | 'closed'
        | 'reopened'
        | 'synchronize'
        | 'labeled'
        | 'unlabeled'
        | 'assigned'
        | 'unassigned'
        | 'locked'
        | 'unlocked'
        | 'converted_to_draft'
        | 'ready_for_review'
        | 'review_requested'
        | 'review_request_removed'
        | 'enqueued'
        | 'dequeued';
      readonly pullId: Id;
      readonly label?: Label;
      readonly assigneeId?: Id;
      readonly reviewerId?: Id;
      readonly before?: string;
      readonly after?: string;
      readonly removal?: RemovalReason;
      readonly changes?: Changes;
    }
  | {
      readonly name: 'pull_request_review';
      readonly action: 'submitted' | 'edited' | 'dismissed';
      readonly reviewId: Id;
    }
  | {
      readonly name: 'push';
      readonly ref: string;
      readonly before: string;
      readonly after: string;
      readonly forced: boolean;
    }
  | { readonly name: 'create' | 'delete'; readonly ref: string }
  | { readonly name: 'fork'; readonly forkId: Id }
  | {
      readonly name: 'check_run';
      readonly action: 'created' | 'completed' | 'rerequested' | 'requested_action';
      readonly checkRunId: Id;
      readonly identifier?: string;
    }
  | {
      readonly name: 'check_suite';
      readonly action: 'requested' | 'completed' | 'rerequested';
      readonly checkSuiteId: Id;
    }
  | {
      readonly name: 'merge_group';
      readonly action: 'checks_requested' | 'destroyed';
      /** The base's name. */
      readonly branch: string;
      readonly group: MergeGroup;
      readonly reason?: 'merged' | 'invalidated' | 'dequeued';
    }
  | { readonly name: 'status'; readonly statusId: Id }
  | { readonly name: 'repository_dispatch'; readonly action: string; readonly clientPayload: unknown };
