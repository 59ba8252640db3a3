import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { isInsideHtml } from '../../../src/core/markdown/html.js';
import { readMarkdown } from '../../../src/core/markdown/blocks.js';
import { plainLines } from '../../../src/core/markdown/plain-lines.js';
import { normaliseHeading, sectionsOf } from '../../../src/core/markdown/sections.js';

function kinds(text: string): string[] {
  return readMarkdown(text).blocks.map((block) => {
    const lines = block.lines.map((line) => `${line.number}:${line.text}`).join('|');
    return `${block.kind} ${lines}`;
  });
}

function insideHtml(text: string): boolean[] {
  return readMarkdown(text).blocks.flatMap((block) =>
    block.kind === 'paragraph' ? [isInsideHtml(block.html)] : [],
  );
}

describe('blocks', () => {
  test('a paragraph keeps its lines as written, with their numbers, whatever the line ends are', () => {
    expect(kinds('one\r\n  two\rthree\n\nfour')).toEqual([
      'paragraph 1:one|2:  two|3:three',
      'paragraph 5:four',
    ]);
  });

  test('code, quotes with their lazy lines, tables, rules and link definitions are not paragraphs', () => {
    const text = '```\na\n```\n\n    code\n\n> b\nlazy\n\n|x|\n|-|\n|y|\n\n---\n\n[d]:\n/deploy\n';
    expect(readMarkdown(text).blocks.map((block) => block.kind)).toEqual(Array(6).fill('other'));
  });

  test('a table goes on to an empty line or another block, in a list too, and however wide it is', () => {
    const wide = `${'|a'.repeat(5000)}|\n${'|-'.repeat(5000)}|\n${'x\n'.repeat(50)}`;
    expect(readMarkdown(wide).blocks.map((block) => [block.kind, block.lines.length])).toEqual([
      ['other', 52],
    ]);
    expect(kinds('a | b\n--|--\nrow\n> quote\n\nend')).toEqual([
      'other 1:a | b|2:--|--|3:row',
      'other 4:> quote',
      'paragraph 6:end',
    ]);
    expect(kinds('- |a|\n  |-|\n  row\n\n  end\n\nafter')).toEqual(['list item 5:end', 'paragraph 7:after']);
    expect(kinds('a | b\n--|\nno table')).toEqual(['paragraph 1:a | b|2:--||3:no table']);
  });

  test('a list gives the paragraphs of its items at every depth, without code and quotes in it', () => {
    expect(kinds('- a\n  b\n\n  > q\n\n  ```\n  c\n  ```\n  1. d\nlazy\n')).toEqual([
      'list item 1:a|2:b',
      'list item 9:d|10:lazy',
    ]);
  });

  test('headings of both forms are headings, with the text of setext headings over several lines', () => {
    const headings = readMarkdown('## One ##\n\ntwo\nthree\n===').blocks;
    expect(headings.map((block) => (block.kind === 'heading' ? [block.level, block.text] : null))).toEqual([
      [2, 'One'],
      [1, 'two\nthree'],
    ]);
  });

  test('a footnote takes the lines that follow it, also where the parser sees a link definition', () => {
    expect(kinds('[^1]: some words\nmore')).toEqual(['other 1:[^1]: some words|2:more']);
    expect(kinds('[^1]: word\nmore').map((line) => line.split(' ')[0])).toEqual(['other', 'other']);
  });

  test('a paragraph between the tags of an HTML element is inside HTML, one after them is not', () => {
    expect(insideHtml('<details>\n\nin\n\n</details>\n\nout')).toEqual([true, false]);
    expect(insideHtml('<div><table>\n\nin\n\n</table>\n\nstill in\n\n</div>\n\nout')).toEqual([
      true,
      true,
      false,
    ]);
    expect(insideHtml('<br>\n\nout\n\n</div>\n\nout')).toEqual([false, false]);
  });

  test('HTML comments are told from other HTML', () => {
    const blocks = readMarkdown('<!-- a\n\nb -->\n\n<p>c</p>').blocks;
    expect(blocks.map((block) => (block.kind === 'html' ? block.comment : null))).toEqual([true, false]);
  });

  test('nothing that a person can write makes it throw, and every line number is one of the text', () => {
    const pieces = fc.constantFrom(
      '> ',
      '- ',
      '1. ',
      '`',
      '```',
      '\n',
      '\n\n',
      '<!--',
      '-->',
      '<div>',
      '[a]: ',
      '|',
      '#',
      '~~',
      '/x',
      '\t',
      '    ',
      'a',
      '\r',
      '===',
      '[^1]:',
      '\u0000',
      '\ud800',
    );
    const texts = fc.oneof(
      fc.array(pieces, { maxLength: 60 }).map((all) => all.join('')),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const page = readMarkdown(text);
        for (const line of page.blocks.flatMap((block) => block.lines)) {
          expect(line.number).toBeGreaterThanOrEqual(1);
          expect(line.number).toBeLessThanOrEqual(page.lines.length);
        }
      }),
    );
  });

  test.each([
    ['quotes', '>'],
    ['lists', '- '],
    ['brackets', '['],
    ['links', '[a]('],
    ['backticks', '`` ` '],
    ['asterisks', '*a **'],
    ['angle brackets', '<a '],
    ['comments', 'x<!--'],
    ['short lines', '/a\n'],
  ])('64 KiB of %s are read', (_, piece) => {
    const text = piece.repeat(Math.floor(65_536 / piece.length));
    const page = readMarkdown(`/a\n${text}`);
    const lines = page.blocks[0]?.lines.map((line) => line.text) ?? [];
    expect(plainLines(lines, new Set([0]), page.links).get(0)).toMatch(/^\/a/);
  });
});

describe('plain lines', () => {
  function plain(text: string, ...wanted: number[]): Record<number, string> {
    const page = readMarkdown(text);
    const lines = (page.blocks[0]?.lines ?? []).map((line) => line.text);
    return Object.fromEntries(plainLines(lines, new Set(wanted), page.links));
  }

  test.each([
    ['code', 'a `b\nc` d'],
    ['code with longer ticks', 'a ``b ` \nc`` d'],
    ['a comment', 'a <!-- b\nc --> d'],
    ['a tag', 'a <i title="\nc"> d'],
    ['the text of a link', 'a [b\nc](d)'],
    ['the address of a link', 'a [b](\nc)'],
    ['the title of a link', 'a [b](d "\nc")'],
    ['the text of a reference link', 'a [b\nc][d]\n\n[d]: /x'],
    ['an image', 'a ![b\nc](d)'],
    ['words struck out', '~~a\nc~~'],
  ])('a line that begins in %s is not plain', (_, text) => {
    expect(plain(text, 1)).toEqual({});
  });

  test.each([
    ['a backtick without a partner', 'a ` b\nc'],
    ['an unfinished comment', 'a <!-- b\nc'],
    ['brackets that are no link', 'a [b\nc] d'],
    ['an escaped backtick', 'a \\` b\nc `x`'],
    ['emphasis', 'a **b\nc** d'],
  ])('a line after %s is plain', (_, text) => {
    expect(plain(text, 1)[1]).toMatch(/^c/);
  });

  test('only the wanted lines are given, each freed of emphasis, code, HTML and struck-out words', () => {
    expect(plain('a\n**b:** `c` ~~d~~ <!-- e -->[f](g)\nh', 1)).toEqual({ 1: 'b:   f' });
  });

  test('the signs that mark lines cannot be forged by a text that holds them', () => {
    expect(plain('a \u2e280\u2e29b\nc `\u2e281\u2e29`', 0)).toEqual({ 0: 'a ?0?b' });
  });
});

describe('sections', () => {
  const form =
    '### Scope\n\nRedis lock\n\n### Effort\n\n_No response_\n\n### Risk level:\n\nHIGH <!-- why -->\n';

  test('the fields of an issue form are sections; one without an answer is empty', () => {
    const sections = sectionsOf(readMarkdown(form));
    expect([...sections].map(([key, section]) => [key, section.text])).toEqual([
      ['scope', 'Redis lock'],
      ['effort', ''],
      ['risk level', 'HIGH'],
    ]);
    expect(sections.get('scope')?.lines.map((line) => line.number)).toEqual([2, 3, 4]);
  });

  test('deeper headings belong to the section, and headings in code, quotes and lists are none', () => {
    const text = '## A\n\none\n\n### B\n\ntwo\n\n```\n## C\n```\n\n> ## D\n\n- ## E\n\n## F\n';
    const sections = sectionsOf(readMarkdown(text));
    expect([...sections.keys()]).toEqual(['a', 'b', 'f']);
    expect(sections.get('a')?.text).toContain('two');
  });

  test('of two sections with one heading the first that says something counts', () => {
    expect(sectionsOf(readMarkdown('# A\n\n# A\n\nx\n\n# A\n\ny')).get('a')?.text).toBe('x');
  });

  test('a heading is found whatever its case, emphasis, spaces and colon', () => {
    expect(normaliseHeading(' **Depends\u00a0 On**: ')).toBe('depends on');
  });
});
