import type { BlockedBy, Issue, Readable } from '../../core/model/index.js';
import { type Connection, type Faults, type Path, mapReadable, timeOf, timeOrNull, whole } from './answer.js';
import { type RawActor, authorOf } from './actor.js';

type RawReason = 'COMPLETED' | 'NOT_PLANNED' | 'DUPLICATE' | 'REOPENED' | null;

export interface RawBlocker {
  readonly id: string;
  readonly databaseId: number;
  readonly number: number;
  readonly state: 'OPEN' | 'CLOSED';
  readonly stateReason: RawReason;
  readonly closedAt?: string | null;
  readonly repository: { readonly nameWithOwner: string };
}

/** The fragment `IssueParts`. */
export interface RawIssue {
  readonly id: string;
  readonly databaseId: number;
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly state: 'OPEN' | 'CLOSED';
  readonly stateReason: RawReason;
  readonly createdAt: string;
  readonly closedAt: string | null;
  readonly updatedAt: string;
  readonly lastEditedAt: string | null;
  readonly viewerDidAuthor: boolean;
  readonly author: RawActor | null;
  readonly labels: Connection<{ readonly name: string }> | null;
  readonly blockedBy: Connection<RawBlocker> | null;
}

/** A blocker as the core shows it, with the time by which its closing is remembered. */
export type CoreBlocker = Omit<BlockedBy, 'closed'> & { readonly closedAt: string | null };

/** An issue without what only its details tell. */
export interface CoreIssue {
  readonly issue: Omit<Issue, 'history' | 'blockedBy'>;
  readonly blockedBy: Readable<readonly CoreBlocker[]>;
  /** Changes whenever the history may have. */
  readonly key: string;
  readonly updatedAt: number;
}

export function coreIssue(raw: RawIssue, faults: Faults, path: Path, me: number): CoreIssue {
  const labels = mapReadable(whole(raw.labels, faults.take([...path, 'labels'])), (nodes) =>
    nodes.map(({ name }) => name),
  );
  const blockedBy = mapReadable(whole(raw.blockedBy, faults.take([...path, 'blockedBy'])), (nodes) =>
    nodes.map((node) => ({ ...blockerOf(node), closedAt: node.closedAt ?? null })),
  );
  const { id, databaseId, number, title, body } = raw;
  return {
    issue: {
      id,
      databaseId,
      number,
      title,
      body,
      author: authorOf(raw, me),
      state: stateOf(raw.state),
      stateReason: reasonOf(raw.stateReason),
      createdAt: timeOf(raw.createdAt),
      closedAt: timeOrNull(raw.closedAt),
      labels,
    },
    blockedBy,
    key: JSON.stringify([
      raw.updatedAt,
      raw.lastEditedAt,
      raw.state,
      raw.closedAt,
      title,
      body,
      labels,
      blockedBy,
    ]),
    updatedAt: timeOf(raw.updatedAt),
  };
}

export function blockerOf(raw: RawBlocker): Omit<BlockedBy, 'closed'> {
  return {
    id: raw.id,
    databaseId: raw.databaseId,
    number: raw.number,
    repository: raw.repository.nameWithOwner,
    state: stateOf(raw.state),
    stateReason: reasonOf(raw.stateReason),
  };
}

function stateOf(raw: 'OPEN' | 'CLOSED'): 'open' | 'closed' {
  return raw === 'OPEN' ? 'open' : 'closed';
}

function reasonOf(raw: RawReason): Issue['stateReason'] {
  switch (raw) {
    case 'COMPLETED':
      return 'completed';
    case 'NOT_PLANNED':
      return 'not_planned';
    case 'DUPLICATE':
      return 'duplicate';
    case 'REOPENED':
      return 'reopened';
    case null:
      return null;
  }
}
