import { sinceOf } from '../../core/membership/since.js';
import { type Readable, type Time, type Tracker, valueOr } from '../../core/model/index.js';
import { TooMuch } from '../errors.js';
import { MORE } from '../queries/core.js';
import { type Connection, type Faults, type Path, ask, timeOf } from './answer.js';
import type { CoreInput } from './core.js';
import { type CoreIssue, type RawIssue, coreIssue } from './issue.js';
import type { Memory } from './memory.js';
import { type MapEntry, allPages } from './pages.js';
import { settingsVariables } from './parameters.js';
import { type CorePull, type RawPull, corePull } from './pull.js';

/** A branch below the folder of the branch template. */
export interface CoreRef {
  readonly name: string;
  readonly sha: string;
}

interface RawRef {
  readonly id?: string;
  readonly prefix: string;
  readonly name: string;
  readonly target: { readonly oid: string } | null;
}

/** The first pages of the lists of a core. */
export interface RawLists {
  readonly open: Connection<RawIssue>;
  readonly closed: Connection<RawIssue>;
  readonly refs: Connection<RawRef> | null;
  readonly pulls: Connection<RawPull>;
  readonly done: Connection<RawPull>;
}

export interface CoreLists {
  /** When the deployment began, or a little before; null while there is none. */
  readonly since: Time | null;
  readonly open: Readable<readonly CoreIssue[]>;
  readonly closed: Readable<readonly CoreIssue[]>;
  readonly pulls: Readable<readonly CorePull[]>;
  readonly done: Readable<readonly CorePull[]>;
  readonly refs: Readable<readonly CoreRef[]>;
}

/** Below this, fewer entries are not what helps. */
const LEAST_SIZE = 6;

/** Asks for pages of the size that worked last, and for half of it as long as that is too much for GitHub. */
export async function inSmallerPages<T>(memory: Memory, askFor: (size: number) => Promise<T>): Promise<T> {
  for (;;) {
    const { size } = memory;
    try {
      return await askFor(size);
    } catch (error) {
      if (!(error instanceof TooMuch) || size <= LEAST_SIZE) throw error;
      memory.size = Math.floor(size / 2);
    }
  }
}

/** Reads what the pages of the core left out. Closed ones are read back to when the deployment began. */
export async function readLists(
  input: CoreInput,
  raw: RawLists,
  faults: Faults,
  me: number,
  tracker: Tracker | null,
): Promise<CoreLists> {
  const { transport, place, appId, memory, parameters } = input;
  const { deploy, refs } = settingsVariables(parameters);

  function list<Entry, T>(
    name: keyof typeof MORE,
    first: Connection<Entry> | null,
    variables: Readonly<Record<string, unknown>>,
    map: MapEntry<Entry, T>,
    until?: (entry: Entry) => boolean,
  ): Promise<Readable<readonly T[]>> {
    return allPages<Entry, T>(
      { list: first, faults, path: ['repository', name] },
      async (after) => {
        type More = { readonly repository: { readonly list: Connection<Entry> | null } | null };
        const next = await inSmallerPages(memory, (size) =>
          ask<More>(transport, MORE[name], { ...place, ...variables, size, after }),
        );
        return { list: next.data.repository?.list, faults: next.faults, path: ['repository', 'list'] };
      },
      map,
      until,
    );
  }

  const issue = (entry: RawIssue, from: Faults, path: Path) => coreIssue(entry, from, path, me);
  const pull = (entry: RawPull, from: Faults, path: Path) => corePull(entry, from, path, me);
  const pulls = await list('pulls', raw.pulls, { app: appId }, pull);
  const begun = valueOr(pulls, []).filter((each) => each.pull.author?.kind === 'me');
  const since = sinceOf(
    tracker,
    begun.map((each) => each.pull.createdAt),
  );
  const old = (entry: { readonly updatedAt: string }) => since === null || timeOf(entry.updatedAt) < since;
  return {
    since,
    open: await list('open', raw.open, { deploy }, issue),
    closed: await list('closed', raw.closed, { deploy }, issue, old),
    pulls,
    done: await list('done', raw.done, { app: appId }, pull, old),
    refs: await list('refs', raw.refs, { refs }, refOf),
  };
}

function refOf({ prefix, name, target }: RawRef): CoreRef {
  return { name: `${prefix}${name}`.replace(/^refs\/heads\//, ''), sha: target?.oid ?? '' };
}
