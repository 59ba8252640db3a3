import {
  type Closing,
  type History,
  type LabelEvent,
  type Readable,
  type Removal,
  read,
} from '../../core/model/index.js';
import { type RawActor, actorOf } from './actor.js';
import { timeOf } from './answer.js';
import { type RawClosed, closingOf } from './closing.js';
import { type RawBlocker, blockerOf } from './issue.js';

/** A `LabeledEvent` or `UnlabeledEvent`. */
export interface RawLabelEvent {
  readonly __typename: 'LabeledEvent' | 'UnlabeledEvent';
  readonly id: string;
  readonly createdAt: string;
  readonly actor: RawActor | null;
  /** null for a label that was deleted since. */
  readonly label: { readonly name: string } | null;
}

/** An entry of an issue’s timeline. */
export type RawEvent =
  | RawLabelEvent
  | ({ readonly __typename: 'ClosedEvent' } & RawClosed)
  | { readonly __typename: 'ReopenedEvent' }
  | {
      readonly __typename: 'RenamedTitleEvent';
      readonly createdAt: string;
      readonly actor: RawActor | null;
    }
  | {
      readonly __typename: 'BlockedByAddedEvent' | 'BlockedByRemovedEvent';
      readonly createdAt: string;
      readonly actor: RawActor | null;
      readonly blockingIssue: RawBlocker | null;
    };

/** A version of an issue’s text. */
export interface RawEdit {
  readonly editedAt: string;
  readonly editor: RawActor | null;
}

/** Whether the first version of its text is among its edits. */
interface Edited {
  readonly includesCreatedEdit: boolean;
}

/** What the events and edits of an issue come to. */
export function historyOf(
  raw: Edited,
  edits: readonly RawEdit[],
  events: readonly RawEvent[],
  me: number,
): Readable<History> {
  const labels: LabelEvent[] = [];
  const dependencies: History['dependencies'][number][] = [];
  const titles: History['edits'][number][] = [];
  let closed: Closing | null = null;
  let lostAdded = 0;
  const lostRemovals: Removal[] = [];
  for (const event of events) {
    switch (event.__typename) {
      case 'LabeledEvent':
      case 'UnlabeledEvent':
        labels.push(labelEventOf(event, me));
        break;
      case 'ClosedEvent':
        closed = closingOf(event, me);
        break;
      case 'ReopenedEvent':
        closed = null;
        break;
      case 'RenamedTitleEvent':
        titles.push({ what: 'title', editor: actorOf(event.actor, me), at: timeOf(event.createdAt) });
        break;
      case 'BlockedByAddedEvent':
      case 'BlockedByRemovedEvent': {
        const blocking = event.blockingIssue;
        const added = event.__typename === 'BlockedByAddedEvent';
        const by: Removal = { actor: actorOf(event.actor, me), at: timeOf(event.createdAt) };
        if (blocking !== null) dependencies.push({ added, blocking: blockerOf(blocking), ...by });
        else if (added) lostAdded += 1;
        else lostRemovals.push(by);
      }
    }
  }
  const isLost = lostAdded > 0 || lostRemovals.length > 0;
  const bodies = changesOf(raw, edits).map(({ editedAt, editor }) => ({
    what: 'body' as const,
    editor: actorOf(editor, me),
    at: timeOf(editedAt),
  }));
  return read({
    labels,
    edits: [...bodies, ...titles].sort((a, b) => a.at - b.at),
    dependencies,
    ...(isLost && { lostDependencies: { added: lostAdded, removals: lostRemovals } }),
    closed,
  });
}

/** Once a text is edited, GitHub lists its first version as an edit, too: the oldest one, which changed nothing. */
function changesOf<Edit extends { readonly editedAt: string }>(
  { includesCreatedEdit }: Edited,
  edits: readonly Edit[],
): readonly Edit[] {
  if (!includesCreatedEdit) return edits;
  const oldest = edits.reduce<Edit | undefined>(
    (old, edit) => (old === undefined || edit.editedAt <= old.editedAt ? edit : old),
    undefined,
  );
  return edits.filter((edit) => edit !== oldest);
}

export function labelEventOf(raw: RawLabelEvent, me: number): LabelEvent {
  return {
    id: raw.id,
    label: raw.label?.name ?? '',
    added: raw.__typename === 'LabeledEvent',
    actor: actorOf(raw.actor, me),
    at: timeOf(raw.createdAt),
  };
}
