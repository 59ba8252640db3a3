import { type History, type Readable, unreadable } from '../../core/model/index.js';
import { ISSUE_HISTORIES, MORE_EDITS, MORE_EVENTS } from '../queries/issue-details.js';
import type { Transport } from '../transport.js';
import { type Connection, type Faults, type PageInfo, type Path, ask } from './answer.js';
import { type Nodes, readNodes } from './by-id.js';
import { type RawEdit, type RawEvent, historyOf } from './history-events.js';
import { allPages } from './pages.js';

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
