import type { Git } from './objects.js';
import { assertOids, EMPTY_TREE } from './oid.js';
import { runOnce } from './run-once.js';

export interface ChangedFile {
  /** The path after the change; the path that was, for a removed file. */
  readonly path: string;
  /** Of a renamed file. */
  readonly previousPath?: string;
  readonly status: 'added' | 'modified' | 'removed' | 'renamed';
  /** Lines; none in a binary file. */
  readonly additions: number;
  readonly deletions: number;
  /** The hunks, from the first `@@`; none for a binary file, or where no line changed. */
  readonly patch?: string;
  /** The blob after the change; of a removed file the blob that was. */
  readonly oid: string;
}

interface RawChange {
  readonly letter: string;
  readonly oldOid: string;
  readonly newOid: string;
  readonly paths: readonly string[];
}

const SECTION = '\ndiff --git ';

/**
 * The files that differ between two commits or trees, by path; `from` undefined is the empty tree. A file that was
 * moved with at least half of its lines kept is renamed (git's own measure, which GitHub uses); copies are not looked
 * for.
 */
export async function changedFiles(
  git: Git,
  from: string | undefined,
  to: string,
): Promise<readonly ChangedFile[]> {
  const start = from ?? EMPTY_TREE;
  assertOids(start, to);
  const format = [
    '-r',
    '-z',
    '-M50%',
    '--raw',
    '--no-abbrev',
    '--numstat',
    '-p',
    '--no-ext-diff',
    '--no-textconv',
  ];
  const { stdout } = await runOnce(git, ['diff-tree', ...format, start, to]);
  return stdout.length === 0 ? [] : parse(stdout.toString());
}

/** Three parts with the same files in the same order: what changed, how many lines, and the patches. */
function parse(output: string): readonly ChangedFile[] {
  const fields = fieldReader(output);
  const changes: RawChange[] = [];
  while (fields.peek().startsWith(':')) {
    const [, , oldOid = '', newOid = '', status = ''] = fields.next().split(' ');
    const letter = status.charAt(0);
    const paths = letter === 'R' ? [fields.next(), fields.next()] : [fields.next()];
    changes.push({ letter, oldOid, newOid, paths });
  }
  const counts = changes.map(({ paths }) => {
    const [additions, deletions] = fields.next().split('\t');
    if (paths.length > 1) fields.skip(2);
    return { additions: lines(additions), deletions: lines(deletions) };
  });
  fields.skip(1);
  const sections = `\n${fields.rest()}`.split(SECTION).slice(1);
  return changes.map((change, index) => {
    // A file that became a link, or the reverse, is written as a removal and an addition.
    const patch = sections
      .splice(0, change.letter === 'T' ? 2 : 1)
      .flatMap(hunks)
      .join('\n');
    const { additions = 0, deletions = 0 } = counts[index] ?? {};
    return { ...describe(change), additions, deletions, ...(patch === '' ? {} : { patch }) };
  });
}

function describe({
  letter,
  oldOid,
  newOid,
  paths,
}: RawChange): Pick<ChangedFile, 'path' | 'previousPath' | 'status' | 'oid'> {
  const [path = '', renamedTo = ''] = paths;
  switch (letter) {
    case 'A':
      return { path, status: 'added', oid: newOid };
    case 'D':
      return { path, status: 'removed', oid: oldOid };
    case 'R':
      return { path: renamedTo, previousPath: path, status: 'renamed', oid: newOid };
    default:
      return { path, status: 'modified', oid: newOid };
  }
}

function lines(count: string | undefined): number {
  return count === undefined || count === '-' ? 0 : Number(count);
}

/** The hunks of one file's patch, without the headers before them and the line break at the end. */
function hunks(section: string): readonly string[] {
  const start = section.indexOf('\n@@ ');
  return start < 0 ? [] : [section.slice(start + 1).replace(/\n$/, '')];
}

interface FieldReader {
  peek(): string;
  next(): string;
  skip(count: number): void;
  /** Everything that was not read, NULs and all. */
  rest(): string;
}

function fieldReader(text: string): FieldReader {
  let position = 0;
  function end(): number {
    const found = text.indexOf('\0', position);
    return found < 0 ? text.length : found;
  }
  function next(): string {
    const field = text.slice(position, end());
    position = end() + 1;
    return field;
  }
  return {
    peek: () => text.slice(position, end()),
    next,
    skip(count) {
      for (let left = count; left > 0; left -= 1) next();
    },
    rest: () => text.slice(position),
  };
}
