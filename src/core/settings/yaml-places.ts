/** Where everything in a YAML text begins, by its path. */
import { EVENT_ID, getScalarValue } from 'js-yaml';
import type { Event } from 'js-yaml';

export type PathStep = string | number;

export interface Places {
  /** The line (from 1) of the key or item at the path; of the nearest thing around it if there is none. */
  readonly lineOf: (path: readonly PathStep[]) => number;
  /** The first key that is in its mapping a second time, with the line of the first; null if none is. */
  readonly twice: {
    readonly path: readonly PathStep[];
    readonly line: number;
    readonly first: number;
  } | null;
}

interface Open {
  readonly kind: 'document' | 'sequence' | 'mapping';
  readonly path: readonly PathStep[];
  index: number;
  key: { readonly name: string; readonly start: number } | undefined;
}

/** The places of one document. */
export function placesOf(text: string, events: readonly Event[]): Places {
  const starts = new Map<string, number>();
  const lineAt = createLineAt(text);
  let twice: Places['twice'] = null;
  const open: Open[] = [];

  function place(parent: Open, at: number): readonly PathStep[] {
    if (parent.kind === 'document') return parent.path;
    const step = parent.kind === 'mapping' ? (parent.key?.name ?? '') : parent.index++;
    const path = [...parent.path, step];
    const name = JSON.stringify(path);
    const start = parent.key?.start ?? at;
    const first = starts.get(name);
    if (first !== undefined) twice ??= { path, line: lineAt(start), first: lineAt(first) };
    else starts.set(name, start);
    parent.key = undefined;
    return path;
  }

  for (const event of events) {
    if (event.type === EVENT_ID.POP) {
      open.pop();
      continue;
    }
    if (event.type === EVENT_ID.DOCUMENT) {
      open.push({ kind: 'document', path: [], index: 0, key: undefined });
      continue;
    }
    const parent = open.at(-1);
    if (parent === undefined || event.type === EVENT_ID.ALIAS) continue;
    if (event.type === EVENT_ID.SCALAR) {
      if (parent.kind === 'mapping' && parent.key === undefined) {
        parent.key = { name: getScalarValue(text, event), start: event.valueStart };
      } else {
        place(parent, event.valueStart);
      }
      continue;
    }
    const path = place(parent, event.start);
    const kind = event.type === EVENT_ID.SEQUENCE ? 'sequence' : 'mapping';
    open.push({ kind, path, index: 0, key: undefined });
  }
  return { lineOf: (path) => lineAt(nearestStart(starts, path)), twice };
}

function nearestStart(starts: ReadonlyMap<string, number>, path: readonly PathStep[]): number {
  for (let length = path.length; length > 0; length--) {
    const start = starts.get(JSON.stringify(path.slice(0, length)));
    if (start !== undefined && start >= 0) return start;
  }
  return 0;
}

/** Tells the line (from 1) of a character. */
export function createLineAt(text: string): (offset: number) => number {
  const ends = [...text.matchAll(/\r\n|\r|\n/g)].map(({ index, 0: end }) => index + end.length);
  return (offset) => {
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((ends[middle] ?? Infinity) <= offset) low = middle + 1;
      else high = middle;
    }
    return low + 1;
  };
}

export function linesOf(text: string): readonly string[] {
  return text.split(/\r\n|\r|\n/);
}
