import { stripHidden } from '../text/clean.js';
import type { Block, MarkdownPage, SourceLine } from './blocks.js';

/** What stands under a heading, up to the next heading of the same or a higher level. */
export interface Section {
  readonly heading: string;
  readonly lines: readonly SourceLine[];
  readonly blocks: readonly Block[];
  /** The text without what a reader does not see, trimmed; empty for an issue form's field that was left out. */
  readonly text: string;
}

/** What GitHub's issue forms write for a field without an answer (docs.github.com, "Syntax for issue forms"). */
const NO_RESPONSE = '_No response_';

/**
 * The sections of a page by normalised heading (see `normaliseHeading`). Of several with one heading the first that is
 * not empty counts.
 */
export function sectionsOf(page: MarkdownPage): ReadonlyMap<string, Section> {
  const sections = new Map<string, Section>();
  for (const [index, block] of page.blocks.entries()) {
    if (block.kind !== 'heading') continue;
    const key = normaliseHeading(block.text);
    if (key === '' || (sections.get(key)?.text ?? '') !== '') continue;
    const end = endOfSection(page.blocks, index, block.level);
    const firstLine = block.lines.at(-1)?.number ?? 0;
    const endLine = page.blocks[end]?.lines[0]?.number ?? page.lines.length + 1;
    const lines = page.lines.slice(firstLine, endLine - 1);
    const text = stripHidden(lines.map((line) => line.text).join('\n')).trim();
    sections.set(key, {
      heading: block.text,
      lines,
      blocks: page.blocks.slice(index + 1, end),
      text: text === NO_RESPONSE ? '' : text,
    });
  }
  return sections;
}

/** A block is looked at once for each level of headings that it stands under, so six times at most. */
function endOfSection(blocks: readonly Block[], heading: number, level: number): number {
  for (let index = heading + 1; index < blocks.length; index += 1) {
    const block = blocks[index];
    if (block?.kind === 'heading' && block.level <= level) return index;
  }
  return blocks.length;
}

/** A heading as a key: lower case, without emphasis, code marks and a colon at the end, with single spaces. */
export function normaliseHeading(heading: string): string {
  return heading
    .replace(/[*_`]/g, '')
    .replace(/[\s\u00a0]+/g, ' ')
    .trim()
    .replace(/ ?:$/, '')
    .toLowerCase();
}
