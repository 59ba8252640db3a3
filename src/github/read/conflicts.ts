import { type Conflict, type Readable, type Time, read, unreadable } from '../../core/model/index.js';
import { conflictCause } from '../../core/names/conflict-cause.js';
import { marker } from '../../core/names/markers.js';
import { asAppError } from '../../app/errors.js';
import { OWN_COMMENTS, type OwnComments, idsOfSaid } from '../queries/own-comments.js';
import type { Transport } from '../transport.js';
import { ask } from './answer.js';
import { type Memory, remembered } from './memory.js';
import type { Place } from './place.js';
import type { CorePull } from './pull.js';

/** GitHub lists at most so many files of a comparison, all with its first page: a full list may be a cut one. */
const MOST_FILES = 300;

const NOT_READ = 'it was not read';

interface Source {
  readonly transport: Transport;
  readonly place: Place;
  readonly memory: Memory;
}

/**
 * What is read only of pull requests that conflict, by node id: one comparison for each (head, base), and the app's own
 * comments until they hold the one about this head. Source: https://docs.github.com/en/rest/commits/commits#compare-two-commits.
 */
export async function readConflicts(
  { transport, place, memory }: Source,
  pulls: readonly CorePull[],
  now: Time,
): Promise<ReadonlyMap<string, Conflict>> {
  const changed = await remembered(
    memory.changedOnBase,
    pulls.map(({ pull, baseSha }) => ({ id: pull.id, key: `${pull.head.sha} ${baseSha}`, pull, baseSha })),
    now,
    (items) =>
      each(items, ({ pull, baseSha }) =>
        baseSha === null
          ? Promise.resolve(unreadable('its base branch is gone'))
          : changedSince(transport, place, pull.head.sha, baseSha),
      ),
  );
  const told = await remembered(
    memory.toldOfConflict,
    pulls.map(({ pull }) => ({ id: pull.id, key: pull.head.sha, pull })),
    now,
    (items) => each(items, ({ pull }) => wasTold(transport, place, pull.number, pull.head.sha)),
    (value) => (value ? Infinity : 0),
  );
  return new Map(
    pulls.map(({ pull: { id } }) => [
      id,
      { changedOnBase: changed.get(id) ?? unreadable(NOT_READ), told: told.get(id) ?? unreadable(NOT_READ) },
    ]),
  );
}

async function each<Item extends { readonly id: string }, T>(
  items: readonly Item[],
  question: (item: Item) => Promise<Readable<T>>,
): Promise<ReadonlyMap<string, Readable<T>>> {
  const answers = await Promise.all(
    items.map(async (item) => [item.id, await orUnreadable(question(item))] as const),
  );
  return new Map(answers);
}

/** From the commit that both have on: a comparison with three dots begins there. */
async function changedSince(
  transport: Transport,
  { owner, name }: Place,
  head: string,
  base: string,
): Promise<Readable<readonly string[]>> {
  const { data } = await transport.rest('GET', '/repos/{owner}/{repo}/compare/{basehead}', {
    owner,
    repo: name,
    basehead: `${head}...${base}`,
    per_page: 1,
  });
  const { files } = Object(data) as { readonly files?: unknown };
  if (!Array.isArray(files)) return unreadable('GitHub left the files out of its answer');
  if (files.length >= MOST_FILES) return unreadable(`there are more than ${MOST_FILES}`);
  return read([...new Set(files.flatMap(pathsOf))]);
}

/** A renamed file counts under both of its names. */
function pathsOf(file: unknown): readonly string[] {
  const { filename, previous_filename: before } = Object(file) as Readonly<Record<string, unknown>>;
  return [filename, before].filter((path) => typeof path === 'string');
}

async function wasTold(
  transport: Transport,
  { owner, name }: Place,
  number: number,
  head: string,
): Promise<Readable<boolean>> {
  const { data, faults } = await ask<OwnComments>(transport, OWN_COMMENTS, { owner, name, number });
  const fault = faults.take([]);
  if (fault !== null) return unreadable(fault);
  return read(idsOfSaid(data, marker('said', { cause: conflictCause(head) })).length > 0);
}

async function orUnreadable<T>(answer: Promise<Readable<T>>): Promise<Readable<T>> {
  try {
    return await answer;
  } catch (error) {
    const { kind, message } = asAppError(error);
    if (kind === 'bug') throw error;
    return unreadable(message);
  }
}
