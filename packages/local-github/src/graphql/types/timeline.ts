import { row } from '../../domain/context.js';
import type { Id, Issue, TimelineData, TimelineEvent } from '../../state/model.js';
import type { Connection } from '../connection.js';
import { isSince } from '../time.js';
import { type Fields, type Request, Typed } from '../request.js';

/** The GraphQL types of the timeline's rows. */
const TYPES = {
  labeled: 'LabeledEvent',
  unlabeled: 'UnlabeledEvent',
  assigned: 'AssignedEvent',
  unassigned: 'UnassignedEvent',
  closed: 'ClosedEvent',
  reopened: 'ReopenedEvent',
  pinned: 'PinnedEvent',
  unpinned: 'UnpinnedEvent',
  locked: 'LockedEvent',
  unlocked: 'UnlockedEvent',
  transferred: 'TransferredEvent',
  renamed: 'RenamedTitleEvent',
  blocked_by_added: 'BlockedByAddedEvent',
  blocked_by_removed: 'BlockedByRemovedEvent',
  blocking_added: 'BlockingAddedEvent',
  blocking_removed: 'BlockingRemovedEvent',
  merged: 'MergedEvent',
  ready_for_review: 'ReadyForReviewEvent',
  convert_to_draft: 'ConvertToDraftEvent',
  head_ref_deleted: 'HeadRefDeletedEvent',
  head_ref_restored: 'HeadRefRestoredEvent',
  head_ref_force_pushed: 'HeadRefForcePushedEvent',
  base_ref_changed: 'BaseRefChangedEvent',
  review_requested: 'ReviewRequestedEvent',
  review_request_removed: 'ReviewRequestRemovedEvent',
  review_dismissed: 'ReviewDismissedEvent',
  added_to_merge_queue: 'AddedToMergeQueueEvent',
  removed_from_merge_queue: 'RemovedFromMergeQueueEvent',
  referenced: 'ReferencedEvent',
} as const satisfies Record<TimelineData['kind'], string>;

/** An event with what only its kind has. */
export type EventOf<Kind extends TimelineData['kind']> = Omit<TimelineEvent, 'what'> & {
  readonly what: Extract<TimelineData, { readonly kind: Kind }>;
};

export interface TimelineArguments {
  readonly itemTypes?: readonly string[] | null;
  readonly since?: string | null;
}

/** An entry of a timeline with its time. */
export interface Entry {
  readonly at: string;
  readonly item: Typed;
}

/** An event as a value of its type. */
export function typedEvent(event: TimelineEvent): Typed {
  return new Typed(TYPES[event.what.kind], event);
}

/** The events and comments of an issue or pull request. */
export function threadEntries(request: Request, issue: Issue): Entry[] {
  const { state } = request.view;
  return [
    ...issue.eventIds
      .map((id) => row(state.timeline, id))
      .map((event) => ({ at: event.createdAt, item: typedEvent(event) })),
    ...issue.commentIds
      .map((id) => row(state.comments, id))
      .map((one) => ({ at: one.createdAt, item: new Typed('IssueComment', one) })),
  ];
}

/** A timeline in GitHub's order, oldest first, of the wanted types and not before `since`. */
export function timeline(entries: readonly Entry[], { itemTypes, since }: TimelineArguments): Typed[] {
  const wanted = itemTypes && new Set(itemTypes.map(typeOf));
  return entries
    .filter(({ at, item }) => (!wanted || wanted.has(item.__typename)) && (!since || isSince(at, since)))
    .sort((a, b) => (a.at === b.at ? idOf(a) - idOf(b) : a.at < b.at ? -1 : 1))
    .map(({ item }) => item);
}

/** Rows get rising numbers, so among entries of one second the number tells the order; commits come first. */
function idOf({ item }: Entry): Id {
  const { id } = Object(item.row) as { id?: Id };
  return id ?? 0;
}

/** `LABELED_EVENT` → `LabeledEvent`: the item types are the names of the types. */
function typeOf(itemType: string): string {
  return itemType
    .toLowerCase()
    .split('_')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}

/** What the connections of timelines have beside the common fields. */
export const timelineConnectionFields: Fields<Connection> = {
  filteredCount: (connection) => connection.bounded,
  pageCount: (connection) => connection.page.length,
};
