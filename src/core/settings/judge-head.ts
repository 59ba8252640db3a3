import type { HeadConfig } from '../model/index.js';
import { parseSettings } from './parse.js';

/** A file as GitHub gives it: no text for one that is binary, and only the beginning of a very large one. */
interface GivenFile {
  readonly text?: string | null;
  readonly isTruncated?: boolean;
}

/** Judges the settings file on a head; null if there is none. Takes up to a third of a second for the worst of 64 KiB. */
export function judgeHead(file: GivenFile | null): HeadConfig {
  if (file === null || file.text === undefined) return { kind: 'absent' };
  if (file.text === null) return wrong('expected a file of text, in UTF-8');
  if (file.isTruncated === true) return wrong('the file is larger than 64 KiB');
  const result = parseSettings(file.text);
  return result.ok ? { kind: 'valid' } : { kind: 'wrong', problems: result.problems };
}

function wrong(message: string): HeadConfig {
  return { kind: 'wrong', problems: [{ path: '', line: 1, message }] };
}
