/** YAML text to a value, with the line of everything in it. Bounded: size, depth, one document, no aliases. */
import { EVENT_ID, getScalarValue, loadAll, parseEvents, YAMLException } from 'js-yaml';
import type { Event } from 'js-yaml';
import { byteLength } from './ref-name.js';

export type PathStep = string | number;

export type YamlResult =
  | { readonly ok: true; readonly value: unknown; readonly lineOf: (path: readonly PathStep[]) => number }
  | { readonly ok: false; readonly line: number; readonly message: string };

const MAX_BYTES = 64 * 1024;
const MAX_DEPTH = 12;

/**
 * Reads the text, or says what is wrong with it and on which line (from 1). An empty document is `undefined`.
 * `lineOf` gives the line of the key or item at the path; of the nearest thing around it if there is none.
 */
export function parseYaml(text: string): YamlResult {
  if (text.length > MAX_BYTES || byteLength(text) > MAX_BYTES) {
    return { ok: false, line: 1, message: 'the file is larger than 64 KiB' };
  }
  try {
    const documents = loadAll(text, { maxAliases: 0, maxDepth: MAX_DEPTH });
    if (documents.length > 1)
      return { ok: false, line: 1, message: 'expected one document, got several (`---`)' };
    const starts = startsOf(text, parseEvents(text, { maxDepth: MAX_DEPTH }));
    const lineOf = (path: readonly PathStep[]): number => lineAt(text, nearestStart(starts, path));
    return { ok: true, value: documents[0] ?? undefined, lineOf };
  } catch (error) {
    return { ok: false, ...explain(error, text) };
  }
}

const EXPLAINED: readonly (readonly [reason: RegExp, message: string])[] = [
  [/duplicated mapping key/, 'this key is there twice'],
  [/maxAliases/, 'aliases (`*name`) are not allowed: write the value out'],
  [/maxDepth/, `it is nested more than ${MAX_DEPTH} levels deep`],
  [/unknown .*tag/, 'tags (`!name`) are not allowed'],
];

function explain(error: unknown, text: string): { readonly line: number; readonly message: string } {
  if (!(error instanceof YAMLException)) return { line: 1, message: 'this is not YAML that can be read' };
  const known = EXPLAINED.find(([reason]) => reason.test(error.reason));
  const line = (error.mark?.line ?? 0) + 1;
  if (known !== undefined) return { line, message: known[1] };
  const unquoted = /[:-] +([@`])/.exec(text.split(/\r\n|\r|\n/)[line - 1] ?? '')?.[1];
  if (unquoted !== undefined)
    return {
      line,
      message: `a text that begins with ${unquoted === '@' ? '`@`' : 'a backtick'} needs quotes`,
    };
  return { line, message: `not valid YAML: ${error.reason.replace(/[`\n]/g, ' ')}` };
}

interface Open {
  readonly kind: 'document' | 'sequence' | 'mapping';
  readonly path: readonly PathStep[];
  index: number;
  key: { readonly name: string; readonly start: number } | undefined;
}

/** Where each key and item begins, by its path. */
function startsOf(text: string, events: readonly Event[]): ReadonlyMap<string, number> {
  const starts = new Map<string, number>();
  const open: Open[] = [];
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
        place(starts, parent, event.valueStart);
      }
      continue;
    }
    const path = place(starts, parent, event.start);
    const kind = event.type === EVENT_ID.SEQUENCE ? 'sequence' : 'mapping';
    open.push({ kind, path, index: 0, key: undefined });
  }
  return starts;
}

function place(starts: Map<string, number>, parent: Open, start: number): readonly PathStep[] {
  if (parent.kind === 'document') return parent.path;
  const step = parent.kind === 'mapping' ? (parent.key?.name ?? '') : parent.index++;
  const path = [...parent.path, step];
  starts.set(JSON.stringify(path), parent.key?.start ?? start);
  parent.key = undefined;
  return path;
}

function nearestStart(starts: ReadonlyMap<string, number>, path: readonly PathStep[]): number {
  for (let length = path.length; length > 0; length--) {
    const start = starts.get(JSON.stringify(path.slice(0, length)));
    if (start !== undefined && start >= 0) return start;
  }
  return 0;
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split(/\r\n|\r|\n/).length;
}
