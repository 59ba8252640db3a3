import { type Closing, type Readable, read, unreadable } from '../../core/model/index.js';
import { CLOSINGS } from '../queries/issue-details.js';
import type { Transport } from '../transport.js';
import { type RawActor, actorOf } from './actor.js';
import { ask, timeOf } from './answer.js';
import { type Nodes, readNodes } from './by-id.js';

/** A `ClosedEvent`. */
export interface RawClosed {
  readonly createdAt: string;
  readonly actor: RawActor | null;
  readonly closer: {
    readonly __typename: string;
    readonly number?: number;
    readonly merged?: boolean;
    readonly repository?: { readonly nameWithOwner: string };
  } | null;
}

/** How closed issues were closed, by node id. */
export async function readClosings(
  transport: Transport,
  ids: readonly string[],
  me: number,
): Promise<ReadonlyMap<string, Readable<Closing | null>>> {
  type Closed = { readonly timelineItems: Nodes<RawClosed> | null };
  return readNodes<Closed, Closing | null>(
    ids,
    (batch) => ask<Nodes<Closed>>(transport, CLOSINGS, { ids: batch }),
    (raw, faults, path) => {
      const fault = faults.take(path);
      if (fault !== null) return unreadable(fault);
      const closed = raw.timelineItems?.nodes?.[0];
      return closed ? read(closingOf(closed, me)) : unreadable('GitHub does not say how it was closed');
    },
  );
}

/** Who closed an issue, and the pull request that did it, if one did. */
export function closingOf(raw: RawClosed, me: number): Closing {
  const { closer } = raw;
  const repository = closer?.repository?.nameWithOwner;
  const byPull =
    closer?.__typename === 'PullRequest' && closer.number !== undefined && repository !== undefined;
  return {
    actor: actorOf(raw.actor, me),
    at: timeOf(raw.createdAt),
    pull: byPull ? { number: closer.number, repository, merged: closer.merged === true } : null,
  };
}
