import { type History, type Readable, unreadable } from '../../core/model/index.js';
import { ISSUE_HISTORIES, MORE_EDITS, MORE_EVENTS } from '../queries/issue-details.js';
import type { Transport } from '../transport.js';
import { type Connection, type Faults, type Path, ask } from './answer.js';
import { type Nodes, readNodes } from './by-id.js';
import { type RawEdit, type RawEvent, historyOf } from './history-events.js';
import { allPages, nextPages } from './pages.js';

interface RawHistory {
  readonly id: string;
  readonly includesCreatedEdit: boolean;
  readonly userContentEdits: Connection<RawEdit> | null;
  readonly timelineItems: Connection<RawEvent> | null;
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

function editsOf(
  transport: Transport,
  { id, userContentEdits: list }: RawHistory,
  faults: Faults,
  path: Path,
): Promise<Readable<readonly RawEdit[]>> {
  return allPages<RawEdit, RawEdit>(
    { list, faults, path: [...path, 'userContentEdits'] },
    nextPages(transport, MORE_EDITS, id, 'userContentEdits'),
    (edit) => edit,
  );
}

function eventsOf(
  transport: Transport,
  { id, timelineItems: list }: RawHistory,
  faults: Faults,
  path: Path,
): Promise<Readable<readonly RawEvent[]>> {
  return allPages<RawEvent, RawEvent>(
    { list, faults, path: [...path, 'timelineItems'] },
    nextPages(transport, MORE_EVENTS, id, 'timelineItems'),
    (event) => event,
  );
}
