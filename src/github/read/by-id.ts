import { type Readable, unreadable } from '../../core/model/index.js';
import type { Asked, Faults, Path } from './answer.js';
import { inBatches } from './pages.js';

/** A list of which any entry may be missing. */
export interface Nodes<T> {
  readonly nodes: readonly (T | null)[] | null;
}

/** What `nodes(ids:)` gives, mapped, by id. An entry that is missing is unreadable. */
export async function readNodes<Raw, T>(
  ids: readonly string[],
  askFor: (ids: readonly string[]) => Promise<Asked<Nodes<Raw>>>,
  map: (raw: Raw, faults: Faults, path: Path) => Readable<T> | Promise<Readable<T>>,
): Promise<ReadonlyMap<string, Readable<T>>> {
  const entries = await inBatches<string, readonly [string, Readable<T>]>(
    ids,
    async (batch) => {
      const { data, faults } = await askFor(batch);
      const read: (readonly [string, Readable<T>])[] = [];
      for (const [index, id] of batch.entries()) {
        const raw = data.nodes?.[index];
        const path = ['nodes', index];
        if (raw) read.push([id, await map(raw, faults, path)]);
        else read.push([id, unreadable(faults.take(path) ?? 'GitHub left it out of its answer')]);
      }
      return read;
    },
    (id, why) => [id, unreadable(why)],
  );
  return new Map(entries);
}
