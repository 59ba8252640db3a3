import {
  type Branch,
  type Commit,
  type Pull,
  type Readable,
  read,
  unreadable,
} from '../../core/model/index.js';
import { taskPathOf } from '../../core/names/members.js';
import { parseTaskTrailers } from '../../core/task/trailers.js';
import { numbered } from '../queries/aliases.js';
import { filesDocument } from '../queries/lookups.js';
import { ask } from './answer.js';
import type { RawFile } from './config.js';
import type { CoreInput } from './core.js';
import { type Keyed, remembered } from './memory.js';
import { inBatches } from './pages.js';

/** The task files as they were committed, by the SHA of their commit. A commit never changes, so each is read once. */
export async function readTasks(
  input: CoreInput,
  pulls: readonly Pull[],
  branches: Readonly<Record<string, Branch>>,
  written: ReadonlyMap<string, string>,
): Promise<Readonly<Record<string, Readable<string>>>> {
  const commits = [
    ...pulls.filter((pull) => pull.head.sameRepository).flatMap(commitsOf),
    ...Object.values(branches).flatMap(({ beyondBase }) =>
      beyondBase?.kind === 'read' ? beyondBase.value : [],
    ),
  ];
  const items = new Map<string, Keyed & { readonly at: string }>();
  for (const { sha, message, author, madeOnGitHub } of commits) {
    const issue = parseTaskTrailers(message)?.issue;
    if (issue === undefined) continue;
    const path = taskPathOf(input.parameters.settings, issue);
    const own = author?.kind === 'me' && madeOnGitHub ? written.get(message) : undefined;
    if (own !== undefined) input.memory.tasks.set(sha, path, read(own));
    items.set(sha, { id: sha, key: path, at: `${sha}:${path}` });
  }
  const texts = await remembered(input.memory.tasks, [...items.values()], 0, (missing) =>
    readFiles(input, missing),
  );
  return Object.fromEntries(texts);
}

function commitsOf({ detail }: Pull): readonly Commit[] {
  return detail.kind === 'read' && detail.value.commits.kind === 'read' ? detail.value.commits.value : [];
}

async function readFiles(
  { transport, place }: CoreInput,
  items: readonly (Keyed & { readonly at: string })[],
): Promise<ReadonlyMap<string, Readable<string>>> {
  type Entry = readonly [string, Readable<string>];
  const entries = await inBatches<Keyed & { readonly at: string }, Entry>(
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
        if (typeof file?.text !== 'string') return [id, unreadable('the commit does not hold the task file')];
        return [id, file.isTruncated === true ? unreadable('the task file is too large') : read(file.text)];
      });
    },
    ({ id }, why) => [id, unreadable(why)],
  );
  return new Map(entries);
}
