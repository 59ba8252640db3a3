import {
  type BlockedBy,
  type Closing,
  type History,
  type LabelEvent,
  type Readable,
  read,
  unreadable,
} from '../../core/model/index.js';
import { ISSUE_HISTORIES, MORE_EDITS, MORE_EVENTS } from '../queries/issue-details.js';
import type { Transport } from '../transport.js';
import { type RawActor, actorOf } from './actor.js';
import { type Connection, type Faults, type PageInfo, type Path, ask, timeOf } from './answer.js';
import { type Nodes, readNodes } from './by-id.js';
import { type RawClosed, closingOf } from './closing.js';
import { type RawBlocker, blockerOf } from './issue.js';
import { allPages } from './pages.js';

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

interface RawEdit {
  readonly editedAt: string;
  readonly editor: RawActor | null;
}

interface RawHistory {
  readonly id: string;
  readonly includesCreatedEdit: boolean;
  readonly userContentEdits: Connection<RawEdit> | null;
  readonly timelineItems: {
    readonly pageCount: number;
    readonly pageInfo: PageInfo;
    readonly nodes: readonly (RawEvent | null)[] | null;
  } | null;
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
    async (raw, faults, path) => {
      const edits = await editsOf(transport, raw, faults, path);
      if (edits.kind === 'unreadable') return unreadable(`its edits: ${edits.why}`);
      const events = await eventsOf(transport, raw, faults, path);
      if (events.kind === 'unreadable') return unreadable(`its timeline: ${events.why}`);
      const rest = faults.take(path);
      return rest === null ? historyOf(raw, edits.value, events.value, me) : unreadable(rest);
    },
  );
}

/** A document about one issue. */
interface One<Raw> {
  readonly node: Raw | null;
}

function editsOf(
  transport: Transport,
  { id, userContentEdits: list }: RawHistory,
  faults: Faults,
  path: Path,
): Promise<Readable<readonly RawEdit[]>> {
  type More = One<Pick<RawHistory, 'userContentEdits'>>;
  return allPages<RawEdit, RawEdit>(
    { list, faults, path: [...path, 'userContentEdits'] },
    async (after) => {
      const next = await ask<More>(transport, MORE_EDITS, { id, after });
      return { list: next.data.node?.userContentEdits, faults: next.faults, path: [] };
    },
    (edit) => edit,
  );
}

function eventsOf(
  transport: Transport,
  { id, timelineItems }: RawHistory,
  faults: Faults,
  path: Path,
): Promise<Readable<readonly RawEvent[]>> {
  type More = One<Pick<RawHistory, 'timelineItems'>>;
  return allPages<RawEvent, RawEvent>(
    { list: pageOf(timelineItems), faults, path: [...path, 'timelineItems'] },
    async (after) => {
      const next = await ask<More>(transport, MORE_EVENTS, { id, after });
      return { list: pageOf(next.data.node?.timelineItems), faults: next.faults, path: [] };
    },
    (event) => event,
  );
}

/** GitHub's count of the whole may be of other kinds of events, too: what has to be there is what this page counts. */
function pageOf(timeline: RawHistory['timelineItems'] | undefined): Connection<RawEvent> | null {
  return timeline ? { ...timeline, totalCount: timeline.pageCount } : null;
}

function historyOf(
  raw: RawHistory,
  edits: readonly RawEdit[],
  events: readonly RawEvent[],
  me: number,
): Readable<History> {
  const labels: LabelEvent[] = [];
  const dependencies: History['dependencies'][number][] = [];
  const titles: History['edits'][number][] = [];
  let closed: Closing | null = null;
  let lost = 0;
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
        if (blocking === null) {
          lost += added ? 1 : -1;
          break;
        }
        dependencies.push({
          added,
          blocking: blockerOf(blocking) satisfies Omit<BlockedBy, 'closed'>,
          actor: actorOf(event.actor, me),
          at: timeOf(event.createdAt),
        });
      }
    }
  }
  const bodies = changesOf(raw, edits).map(({ editedAt, editor }) => ({
    what: 'body' as const,
    editor: actorOf(editor, me),
    at: timeOf(editedAt),
  }));
  return read({
    labels,
    edits: [...bodies, ...titles].sort((a, b) => a.at - b.at),
    dependencies,
    ...(lost > 0 && { lostDependencies: lost }),
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
