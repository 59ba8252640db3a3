import { type OwnComment, type Readable, type Said, read, unreadable } from '../../core/model/index.js';
import { findMarker } from '../../core/names/markers.js';
import { type Known, noteSaid } from '../known.js';
import { numbered } from '../queries/aliases.js';
import { MORE_SAID, saidDocument } from '../queries/own-comments.js';
import type { Transport } from '../transport.js';
import { ask, timeOf } from './answer.js';
import { inBatches } from './pages.js';
import type { Place } from './place.js';

/**
 * Of each issue or pull request no more than so many pages of a hundred comments are looked through, the newest. What was
 * said before a thousand others may be said again; else nothing more could ever be said there.
 */
const MOST_PAGES = 10;

interface RawSaid {
  readonly comments: {
    readonly pageInfo: { readonly hasPreviousPage: boolean; readonly startCursor: string | null };
    readonly nodes:
      | readonly ({
          readonly viewerDidAuthor: boolean;
          readonly createdAt: string;
          readonly body: string;
        } | null)[]
      | null;
  };
}

/** What this process knows that the app has said. */
export function knownSaid({ said }: Known): Said {
  return { known: Object.fromEntries([...said].map(([number, causes]) => [number, [...causes]])), asked: {} };
}

/**
 * The app's own comments with a cause, oldest first. Unreadable where a part of them was left out: what may have been said
 * is not said again.
 */
export async function lookThrough(
  transport: Transport,
  place: Place,
  known: Known,
  numbers: readonly number[],
): Promise<Said['asked']> {
  type Entry = readonly [number, Readable<readonly OwnComment[]>];
  type Found = { readonly repository: Readonly<Record<string, RawSaid | null>> | null };
  const entries = await inBatches<number, Entry>(
    [...new Set(numbers)],
    async (batch) => {
      const variables = { ...place, ...numbered('number', batch) };
      const { data, faults } = await ask<Found>(transport, saidDocument(batch.length), variables);
      const read: Entry[] = [];
      for (const [index, number] of batch.entries()) {
        const fault = faults.take(['repository', `a${index}`]);
        const first = data.repository?.[`a${index}`] ?? null;
        read.push([number, await allOf(transport, place, number, first, fault)]);
      }
      return read;
    },
    (number, why) => [number, unreadable(why)],
  );
  for (const [number, comments] of entries) {
    if (comments.kind === 'read') for (const { cause } of comments.value) noteSaid(known, number, cause);
  }
  return Object.fromEntries(entries);
}

/** From the newest page back to the first. */
async function allOf(
  transport: Transport,
  place: Place,
  number: number,
  first: RawSaid | null,
  fault: string | null,
): Promise<Readable<readonly OwnComment[]>> {
  const found: OwnComment[] = [];
  let page = { raw: first, fault };
  for (let count = 1; ; count += 1) {
    const nodes = page.raw?.comments.nodes;
    if (page.fault !== null || !page.raw || !nodes || nodes.includes(null)) {
      return unreadable(page.fault ?? 'GitHub left a part of the comments out');
    }
    found.unshift(...nodes.flatMap(ownOf));
    const { hasPreviousPage, startCursor } = page.raw.comments.pageInfo;
    if (!hasPreviousPage || count === MOST_PAGES) return read(found);
    type Next = { readonly repository: { readonly thread: RawSaid | null } | null };
    const next = await ask<Next>(transport, MORE_SAID, { ...place, number, before: startCursor });
    page = { raw: next.data.repository?.thread ?? null, fault: next.faults.take([]) };
  }
}

function ownOf(node: NonNullable<RawSaid['comments']['nodes']>[number]): readonly OwnComment[] {
  if (node?.viewerDidAuthor !== true) return [];
  const cause = findMarker(node.body, 'said')?.['cause'];
  return cause === undefined ? [] : [{ cause, at: timeOf(node.createdAt) }];
}
