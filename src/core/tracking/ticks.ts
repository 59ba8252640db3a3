/** The boxes that people tick in the tracking issue. Everything else in it is the app's. */

const BOX = /^- \[([ xX])\] (.*?)\s*$/;

interface Line {
  readonly text: string;
  /** Where a box stands: its heading and its words, since the same words may stand under several. Null: no box. */
  readonly box: string | null;
}

/** The boxes that are ticked; none where there is no box at all. */
export function ticksOf(body: string): ReadonlySet<string> {
  return new Set(linesOf(body).flatMap(({ text, box }) => (box !== null && isTicked(text) ? [box] : [])));
}

/** The body with exactly these boxes ticked. A tick whose box is there no more has no effect. */
export function withTicks(body: string, ticks: ReadonlySet<string>): string {
  return linesOf(body)
    .map(({ text, box }) =>
      box === null ? text : `- [${ticks.has(box) ? 'x' : ' '}]${text.slice('- [ ]'.length)}`,
    )
    .join('\n');
}

/** True if somebody can tick anything in it. */
export function hasBoxes(body: string): boolean {
  return linesOf(body).some(({ box }) => box !== null);
}

/** GitHub may keep other line ends than were written. */
function linesOf(body: string): readonly Line[] {
  let heading = '';
  return body.split(/\r?\n/).map((text) => {
    if (text.startsWith('## ')) heading = text.trimEnd();
    const words = BOX.exec(text)?.[2];
    return { text, box: words === undefined ? null : `${heading}\n${words}` };
  });
}

function isTicked(line: string): boolean {
  return !line.startsWith('- [ ]');
}

/**
 * What is ticked after people have edited the body beside the app: each edit of theirs adds and takes away what it does,
 * whatever the app has written before or after it.
 *
 * @param versions the bodies that the issue had one after the other, from one on that the app has read
 * @param isOwn whether a version is the app's own; it changes no tick
 */
export function ticksAfter(
  versions: readonly string[],
  isOwn: (version: string) => boolean,
): ReadonlySet<string> {
  const [first = '', ...later] = versions;
  let before = ticksOf(first);
  const ticks = new Set(before);
  for (const version of later) {
    const after = ticksOf(version);
    if (!isOwn(version)) {
      for (const box of after) if (!before.has(box)) ticks.add(box);
      for (const box of before) if (!after.has(box)) ticks.delete(box);
    }
    before = after;
  }
  return ticks;
}
