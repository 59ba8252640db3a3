/** YAML text to a value, with the line of everything in it. Bounded: size, depth, one document, no aliases. */
import { loadAll, parseEvents, YAMLException } from 'js-yaml';
import { byteLength } from './ref-name.js';
import { linesOf, createLineAt, type PathStep, type Places, placesOf } from './yaml-places.js';
import { explainYaml } from './yaml-words.js';

/** What keeps the text from being read, and where. */
interface Unread {
  readonly ok: false;
  readonly path: readonly PathStep[];
  readonly line: number;
  readonly message: string;
}

export type YamlResult =
  { readonly ok: true; readonly value: unknown; readonly lineOf: Places['lineOf'] } | Unread;

const MAX_BYTES = 64 * 1024;
const MAX_DEPTH = 12;

/**
 * Reads the text, or says what is wrong with it and on which line (from 1). An empty document is `undefined`.
 * `lineOf` gives the line of the key or item at the path; of the nearest thing around it if there is none.
 */
export function parseYaml(text: string): YamlResult {
  if (text.length > MAX_BYTES || byteLength(text) > MAX_BYTES)
    return unread(1, 'the file is larger than 64 KiB');
  const strange = strangeCharacter(text);
  if (strange !== null) return strange;
  try {
    const documents = loadAll(text, { maxAliases: 0, maxDepth: MAX_DEPTH });
    if (documents.length > 1) {
      const second = linesOf(text).findLastIndex((line) => /^(?:---|\.\.\.)(?:\s|$)/.test(line));
      return unread(
        second + 1,
        'the file ends here for YAML (`---` or `...`): expected one document, got several',
      );
    }
    const { lineOf } = placesOf(text, parseEvents(text, { maxDepth: MAX_DEPTH }));
    return { ok: true, value: documents[0] ?? undefined, lineOf };
  } catch (error) {
    if (!(error instanceof YAMLException)) return unread(1, 'this is not YAML that can be read');
    if (/duplicated mapping key/.test(error.reason)) return duplicate(text, (error.mark?.line ?? 0) + 1);
    const { line, message } = explainYaml(error.reason, text, (error.mark?.line ?? 0) + 1, MAX_DEPTH);
    return unread(line, message);
  }
}

function unread(line: number, message: string, path: readonly PathStep[] = []): Unread {
  return { ok: false, path, line, message };
}

/** Controls that YAML does not allow; and the sign that stands for bytes that are no UTF-8. */
function strangeCharacter(text: string): Unread | null {
  // eslint-disable-next-line no-control-regex -- controls are what it looks for
  const found = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffd]/.exec(text);
  if (found === null) return null;
  const line = createLineAt(text)(found.index);
  if (found[0] === '\ufffd') return unread(line, 'expected UTF-8: save the file in that encoding');
  const code = found[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
  return unread(line, `expected text, got the control character U+${code}: remove it`);
}

function duplicate(text: string, line: number): Unread {
  const { twice } = placesOf(text, parseEvents(text, { maxDepth: MAX_DEPTH }));
  if (twice === null) return unread(line, 'this key is there twice');
  return unread(
    twice.line,
    `this key is there twice, first on line ${twice.first}: keep one of them`,
    twice.path,
  );
}
