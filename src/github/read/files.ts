import { type Readable, read, unreadable } from '../../core/model/index.js';
import { numbered } from '../queries/aliases.js';
import { filesDocument } from '../queries/lookups.js';
import { ask } from './answer.js';
import type { RawFile } from './config-file.js';
import type { CoreInput } from './core.js';
import type { Keyed } from './memory.js';
import { inBatches } from './pages.js';

/** A file of a commit: `<oid>:<path>`. */
export interface FileOfCommit extends Keyed {
  readonly at: string;
}

/** Files of commits by their ids; null where the commit has nothing at the path. */
export async function readFiles(
  { transport, place }: Pick<CoreInput, 'transport' | 'place'>,
  items: readonly FileOfCommit[],
): Promise<ReadonlyMap<string, Readable<RawFile | null>>> {
  type Entry = readonly [string, Readable<RawFile | null>];
  const entries = await inBatches<FileOfCommit, Entry>(
    items,
    async (batch) => {
      type Files = { readonly repository: Readonly<Record<string, RawFile | null>> | null };
      const variables = {
        ...place,
        ...numbered(
          'at',
          batch.map(({ at }) => at),
        ),
      };
      const { data, faults } = await ask<Files>(transport, filesDocument(batch.length), variables);
      return batch.map(({ id }, index): Entry => {
        const fault = faults.take(['repository', `a${index}`]);
        const file = data.repository?.[`a${index}`];
        if (fault !== null) return [id, unreadable(fault)];
        return [id, file === undefined ? unreadable('GitHub left the file out') : read(file)];
      });
    },
    ({ id }, why) => [id, unreadable(why)],
  );
  return new Map(entries);
}
