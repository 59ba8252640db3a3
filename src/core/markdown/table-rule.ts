import MarkdownIt from 'markdown-it';
import type { StateBlock } from 'markdown-it';

const beginsTable = parsersOwnRule();

/**
 * Finds tables as GitHub does and leaves one `table_open` token for each, with its lines. Cells are never made: the
 * parser would fill up each short row of a wide table with thousands of empty ones (196 ms for 64 KiB), and past a
 * limit it would end the table where GitHub goes on with it.
 */
export function tableRule(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  if (!beginsTable(state, startLine, endLine, true)) return false;
  if (silent) return true;
  const parent = state.parentType;
  state.parentType = 'table';
  const endings = state.md.block.ruler.getRules('blockquote');
  let line = startLine + 2;
  while (line < endLine && !state.isEmpty(line)) {
    const indent = (state.sCount[line] ?? 0) - state.blkIndent;
    if (indent < 0 || indent >= 4) break;
    if (endings.some((ends) => ends(state, line, endLine, true))) break;
    line += 1;
  }
  state.push('table_open', 'table', 0).map = [startLine, line];
  state.parentType = parent;
  state.line = line;
  return true;
}

/** The rule that tells whether a table begins on a line. */
function parsersOwnRule(): (state: StateBlock, start: number, end: number, silent: boolean) => boolean {
  const markdown = new MarkdownIt('default');
  markdown.block.ruler.enableOnly(['table']);
  const [rule] = markdown.block.ruler.getRules('');
  if (rule === undefined) throw new Error('markdown-it has no rule for tables');
  return rule;
}
