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
import type { RawFile } from './config-file.js';
import type { CoreInput } from './core.js';
import { type FileOfCommit, readFiles } from './files.js';
import { remembered } from './memory.js';

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
  const items = new Map<string, FileOfCommit>();
  for (const { sha, message, author, madeOnGitHub } of commits) {
    const issue = parseTaskTrailers(message)?.issue;
    if (issue === undefined) continue;
    const path = taskPathOf(input.parameters.settings, issue);
    const own = author?.kind === 'me' && madeOnGitHub ? written.get(message) : undefined;
    if (own !== undefined) input.memory.tasks.set(sha, path, read(own));
    items.set(sha, { id: sha, key: path, at: `${sha}:${path}` });
  }
  const texts = await remembered(input.memory.tasks, [...items.values()], 0, async (missing) => {
    const files = await readFiles(input, missing);
    return new Map([...files].map(([sha, file]) => [sha, file.kind === 'read' ? textOf(file.value) : file]));
  });
  return Object.fromEntries(texts);
}

function commitsOf({ detail }: Pull): readonly Commit[] {
  return detail.kind === 'read' && detail.value.commits.kind === 'read' ? detail.value.commits.value : [];
}

function textOf(file: RawFile | null): Readable<string> {
  if (typeof file?.text !== 'string') return unreadable('the commit does not hold the task file');
  return file.isTruncated === true ? unreadable('the task file is too large') : read(file.text);
}
