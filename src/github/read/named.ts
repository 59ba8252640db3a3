import {
  type Named,
  type Readable,
  type Snapshot,
  type Time,
  read,
  unreadable,
} from '../../core/model/index.js';
import { numbered } from '../queries/aliases.js';
import { namedDocument } from '../queries/lookups.js';
import type { Transport } from '../transport.js';
import { ask } from './answer.js';
import type { Memory } from './memory.js';
import { inBatches } from './pages.js';
import type { Place } from './place.js';

/** How long a number that named nothing is not asked for again, in ms: it may be given to an issue later. */
const UNNAMED_FOR = 600_000;

const NOTHING = 'there is no issue or pull request with that number';

/** True if GitHub said not long ago that there is nothing with this number. */
export function isUnnamed({ unnamed }: Memory, number: number, now: Time): boolean {
  return now - (unnamed.get(number) ?? -Infinity) < UNNAMED_FOR;
}

/** The numbers that this process looked up. */
export function knownNamed(memory: Memory, now: Time): Snapshot['named'] {
  const nothing = [...memory.unnamed.keys()]
    .filter((number) => isUnnamed(memory, number, now))
    .map((number) => [number, unreadable<Named>(NOTHING)] as const);
  const found = [...memory.named].map(([number, named]) => [number, read(named)] as const);
  return Object.fromEntries([...nothing, ...found]);
}

/** What numbers name; what could not be read now is asked for again at the next reading. */
export async function lookUp(
  transport: Transport,
  place: Place,
  memory: Memory,
  numbers: readonly number[],
  now: Time,
): Promise<Snapshot['named']> {
  type Entry = readonly [number, Readable<Named>];
  type Raw = { readonly __typename: string; readonly databaseId: number | null };
  type Found = { readonly repository: Readonly<Record<string, Raw | null>> | null };
  const entries = await inBatches<number, Entry>(
    [...new Set(numbers)],
    async (batch) => {
      const variables = { ...place, ...numbered('number', batch) };
      const { data, faults } = await ask<Found>(transport, namedDocument(batch.length), variables);
      return batch.map((number, index): Entry => {
        const path = ['repository', `a${index}`];
        const raw = data.repository?.[`a${index}`];
        if (faults.isGone(path)) {
          memory.unnamed.set(number, now);
          return [number, unreadable(NOTHING)];
        }
        const databaseId = raw?.databaseId ?? null;
        if (!raw || databaseId === null) {
          return [number, unreadable(faults.take(path) ?? 'GitHub left it out of its answer')];
        }
        const named = { databaseId, isPull: raw.__typename === 'PullRequest' };
        memory.named.set(number, named);
        return [number, read(named)];
      });
    },
    (number, why) => [number, unreadable(why)],
  );
  return Object.fromEntries(entries);
}
