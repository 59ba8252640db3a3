import { type Readable, read, unreadable } from '../../core/model/index.js';
import { TooMuch } from '../errors.js';
import type { Transport } from '../transport.js';
import { type Connection, type Faults, type Path, ask } from './answer.js';

/** A page with the errors of its answer, and where in the answer it is. */
export interface Page<Raw> {
  readonly list: Connection<Raw> | null | undefined;
  readonly faults: Faults;
  readonly path: Path;
}

/** One entry of a list with its errors; what the entry does not take spoils the list. */
export type MapEntry<Raw, T> = (raw: Raw, faults: Faults, path: Path) => T;

/** More than this is not read at each snapshot of one repository. */
const MOST_PAGES = 40;

/**
 * Reads a list page by page. Unreadable unless every entry came, or, with `until`, every entry up to the first for
 * which it is true: the list is then one that is sorted by time.
 */
export async function allPages<Raw, T>(
  first: Page<Raw>,
  more: (after: string) => Promise<Page<Raw>>,
  map: MapEntry<Raw, T>,
  until: (raw: Raw) => boolean = () => false,
): Promise<Readable<readonly T[]>> {
  const entries = new Map<string, T>();
  let page = first;
  for (let count = 1; ; count += 1) {
    const { list, faults, path } = page;
    const nodes = list?.nodes ?? [];
    const mapped = nodes.map((raw, index) => raw && map(raw, faults, [...path, 'nodes', index]));
    const fault = faults.take(path);
    if (fault !== null) return unreadable(fault);
    if (!list?.nodes || mapped.includes(null)) return unreadable('GitHub left a part of it out');
    for (const [index, entry] of mapped.entries()) {
      if (entry !== null) entries.set(idOf(nodes[index]) ?? `${count}-${index}`, entry);
    }
    const after = list.pageInfo?.hasNextPage === true ? list.pageInfo.endCursor : null;
    if (after === null) {
      if (entries.size >= list.totalCount) break;
      return unreadable(`GitHub gave ${entries.size} of ${list.totalCount} entries`);
    }
    if (nodes.some((raw) => raw !== null && until(raw))) break;
    if (count === MOST_PAGES) return unreadable(`it has more than ${MOST_PAGES} pages`);
    page = await more(after);
  }
  return read([...entries.values()]);
}

/** Asks for a further page of a list of one object: the document takes `id` and `after`, and gives the list as a field of `node`. */
export function nextPages<Raw>(
  transport: Transport,
  document: string,
  id: string,
  field: string,
): (after: string) => Promise<Page<Raw>> {
  type Answer = { readonly node: Readonly<Record<string, Connection<Raw> | null>> | null };
  return async (after) => {
    const { data, faults } = await ask<Answer>(transport, document, { id, after });
    return { list: data.node?.[field], faults, path: [] };
  };
}

/** What moves from page to page while it is read has the same id on both. */
function idOf(raw: unknown): string | undefined {
  const { id } = Object(raw) as { readonly id?: string };
  return id;
}

/** How many objects are asked for in one document. */
const BATCH = 20;

/**
 * Asks for the details of objects, at most twenty in a document; what is too much for GitHub is asked in halves. One
 * object that is too much by itself is given up, with `spoilt` in its place.
 */
export async function inBatches<Item, T>(
  items: readonly Item[],
  askFor: (batch: readonly Item[]) => Promise<readonly T[]>,
  spoilt: (item: Item, why: string) => T,
  size = BATCH,
): Promise<readonly T[]> {
  const results: T[] = [];
  for (let start = 0; start < items.length; start += size) {
    const batch = items.slice(start, start + size);
    try {
      results.push(...(await askFor(batch)));
    } catch (error) {
      if (!(error instanceof TooMuch)) throw error;
      const only = batch.length === 1 ? batch[0] : undefined;
      if (only !== undefined) results.push(spoilt(only, error.message));
      else results.push(...(await inBatches(batch, askFor, spoilt, Math.ceil(batch.length / 2))));
    }
  }
  return results;
}
