import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';

import { oneLine } from '../../../src/core/text/clean.js';
import { codeCell, codeSpan, fence } from '../../../src/core/text/code.js';
import {
  escapeHtml,
  escapeLinkText,
  escapeMarkdown,
  escapeTableCell,
} from '../../../src/core/text/escape.js';
import { liveIn, outlineOf, renderGfm, textOf } from './gfm.js';
import { CORPUS, hostileText } from './hostile.js';

/** Where people's words stand in the app's Markdown, each with what makes them fit there. */
const PLACES: Readonly<Record<string, (text: string) => string>> = {
  'a paragraph': (text) => escapeMarkdown(text),
  'a paragraph behind other words': (text) => `Because: ${escapeMarkdown(text)}.`,
  'bold text': (text) => `- [#8](../issues/8): **${escapeMarkdown(text)}.** Mend it.`,
  'an item of a list': (text) => `- ${escapeMarkdown(text)}\n- next`,
  'an item below another': (text) => `- one\n  - ${escapeMarkdown(text)}\n\nend`,
  'an item with a box': (text) => `- [ ] ${escapeMarkdown(text)}`,
  'a cell of a table': (text) =>
    `| a | b |\n| --- | --- |\n| [#8](../issues/8) ${escapeTableCell(text)} | end |\n`,
  'the text of a link': (text) => `[${escapeLinkText(text)}](../issues/8)`,
  'a summary in HTML': (text) =>
    `<details>\n<summary>Issue 8: ${escapeHtml(text)}</summary>\n\n- x\n\n</details>`,
  code: (text) => `by ${codeSpan(text)}: so`,
  'code in a cell': (text) => `| a | b |\n| --- | --- |\n| ${codeCell(text)} | end |\n`,
  'a block of code': (text) => `x\n\n${fence(text, 'text')}\n\nend`,
};

const HARMLESS = 'harmless';
/** The renderer takes long for what is longer, and sees nothing new in it. */
const LONGEST = 300;

describe.each(Object.entries(PLACES))('people’s words in %s', (name, place) => {
  const outline = outlineOf(renderGfm(place(HARMLESS)));

  test('make no element, link, mention or reference, and are all seen', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const words = oneLine(text) === '' ? HARMLESS : text.slice(0, LONGEST);
        const html = renderGfm(place(words));
        expect({ words, outline: outlineOf(html), live: liveIn(html) }).toEqual({ words, outline, live: [] });
        if (name === 'a block of code') return;
        expect(textOf(html).replaceAll('\u200b', '').trim()).toContain(
          oneLine(words).replaceAll('\u200b', ''),
        );
      }),
      { numRuns: 60, examples: CORPUS.map((text): [string] => [text]) },
    );
  });
});
