import type { MarkdownPage } from '../markdown/blocks.js';
import { plainLinesOf } from './lines.js';

export type FactKey = 'scope' | 'effort' | 'risk' | 'mitigation' | 'shares';

/** A line like `Effort: 5-6h` or `- **Risk level**: HIGH (why)`; the value is what stands behind the colon. */
export interface KeyedLine {
  readonly key: FactKey;
  readonly number: number;
  readonly value: string;
}

const LOOKS_LIKE_ONE = /^\s{0,20}[*_]{0,6}(?:scope|effort|risk|mitigation|shares)/i;
const PLAIN = /^(scope|effort|risk(?: level)?|mitigation|shares)\s*:/i;
const BEFORE_VALUE = /^[^:]*:[*_]{0,6}\s*/;

/** The lines of a page that state a fact by its name, in their order. Values keep their Markdown. */
export function keyedLinesOf(page: MarkdownPage): readonly KeyedLine[] {
  return plainLinesOf(page, (line) => LOOKS_LIKE_ONE.test(line.text)).flatMap((line) => {
    const key = keyOf(PLAIN.exec(line.plain)?.[1] ?? '');
    const value = line.written.replace(BEFORE_VALUE, '').trim();
    return key === null || line.heading || value === '' ? [] : [{ key, number: line.number, value }];
  });
}

function keyOf(word: string): FactKey | null {
  switch (word.toLowerCase()) {
    case 'scope':
      return 'scope';
    case 'effort':
      return 'effort';
    case 'risk':
    case 'risk level':
      return 'risk';
    case 'mitigation':
      return 'mitigation';
    case 'shares':
      return 'shares';
    default:
      return null;
  }
}
