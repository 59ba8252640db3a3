import {
  type BlockedBy,
  type Closing,
  type History,
  type LabelEvent,
  type Readable,
  read,
  unreadable,
} from '../../core/model/index.js';
import { ISSUE_HISTORIES } from '../queries/issue-details.js';
import type { Transport } from '../transport.js';
import { type RawActor, actorOf } from './actor.js';
import {
  type Connection,
  type Faults,
  type Path,
  type Timeline,
  ask,
  timeOf,
  whole,
  wholeTimeline,
} from './answer.js';
import { type Nodes, readNodes } from './by-id.js';
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

type RawEvent =
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

interface RawHistory {
  readonly id: string;
  readonly includesCreatedEdit: boolean;
  readonly userContentEdits: Connection<{
    readonly editedAt: string;
    readonly editor: RawActor | null;
  }> | null;
  readonly timelineItems: Timeline<RawEvent> | null;
}

/** The histories of issues by node id. */
export async function readHistories(
  transport: Transport,
  ids: readonly string[],
  me: number,
): Promise<ReadonlyMap<string, Readable<History>>> {
  return readNodes<RawHistory, History>(
    ids,
    (batch) => ask<Nodes<RawHistory>>(transport, ISSUE_HISTORIES, { ids: batch }),
    (raw, faults, path) => historyOf(raw, faults, path, me),
  );
}

function historyOf(raw: RawHistory, faults: Faults, path: Path, me: number): Readable<History> {
  const edits = whole(raw.userContentEdits, faults.take([...path, 'userContentEdits']));
  if (edits.kind === 'unreadable') return unreadable(`its edits: ${edits.why}`);
  const events = wholeTimeline(raw.timelineItems, faults.take([...path, 'timelineItems']));
  if (events.kind === 'unreadable') return unreadable(`its timeline: ${events.why}`);
  const rest = faults.take(path);
  if (rest !== null) return unreadable(rest);

  const labels: LabelEvent[] = [];
  const dependencies: History['dependencies'][number][] = [];
  const titles: History['edits'][number][] = [];
  let closed: Closing | null = null;
  for (const event of events.value) {
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
        if (blocking === null)
          return unreadable('an event of its dependencies names an issue that is not shown');
        dependencies.push({
          added: event.__typename === 'BlockedByAddedEvent',
          blocking: blockerOf(blocking) satisfies Omit<BlockedBy, 'closed'>,
          actor: actorOf(event.actor, me),
          at: timeOf(event.createdAt),
        });
      }
    }
  }
  const bodies = changesOf(raw, edits.value).map(({ editedAt, editor }) => ({
    what: 'body' as const,
    editor: actorOf(editor, me),
    at: timeOf(editedAt),
  }));
  return read({
    labels,
    edits: [...bodies, ...titles].sort((a, b) => a.at - b.at),
    dependencies,
    closed,
  });
}

/** Once a text is edited, GitHub lists its first version as an edit, too: the oldest one, which changed nothing. */
function changesOf<Edit extends { readonly editedAt: string }>(
  { includesCreatedEdit }: Pick<RawHistory, 'includesCreatedEdit'>,
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
