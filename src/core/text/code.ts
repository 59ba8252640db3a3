/** People's text as code, where GitHub makes no mention, reference or link of it. */
import { cutText, oneLine, stripInvisible } from './clean.js';

/** Text as a code span: on one line, between backtick runs longer than any inside. */
export function codeSpan(text: string, max = Infinity): string {
  const content = cutText(oneLine(text), max);
  if (content === '') return '` `';
  const ticks = '`'.repeat(longestRun(content) + 1);
  const pad = content.startsWith('`') || content.endsWith('`') ? ' ' : '';
  return ticks + pad + content + pad + ticks;
}

/** A code span for a cell of a table, where a pipe ends the cell even inside code. */
export function codeCell(text: string, max = Infinity): string {
  // A zero-width space keeps a backslash of the text from taking the pipe's own.
  return codeSpan(text, max).replace(/(\\?)\|/g, (_, backslash: string) =>
    backslash === '' ? '\\|' : '\\\u200b\\|',
  );
}

/**
 * Text as a fenced block whose fence is longer than any run of backticks inside, so that nothing in it can end
 * it. `info` is the bot's own word for the language.
 */
export function fence(text: string, info = ''): string {
  const ticks = '`'.repeat(Math.max(3, longestRun(text) + 1));
  const content = text === '' || text.endsWith('\n') ? text : `${text}\n`;
  return `${ticks}${stripInvisible(info).replace(/[^\w+-]/g, '')}\n${content}${ticks}`;
}

function longestRun(text: string): number {
  let longest = 0;
  for (const [run] of text.matchAll(/`+/g)) longest = Math.max(longest, run.length);
  return longest;
}
