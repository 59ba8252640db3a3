import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { oneLine } from '../../../src/core/text/clean.js';
import { codeCell, codeSpan, fence } from '../../../src/core/text/code.js';
import {
  escapeLinkText,
  escapeMarkdown,
  escapeTableCell,
  neutralise,
  withCommit,
} from '../../../src/core/text/escape.js';
import { HOSTILE, hostileText } from './hostile.js';

const markdown = new MarkdownIt('default', { html: true, linkify: false });

/** The text that a reader sees in HTML that must have no element but those named. */
function seen(html: string): string {
  expect(html.replace(/<\/?(?:p|code|td|a href="x"|a)>/g, '')).not.toMatch(/[<>]/);
  return html
    .replace(/<[^>]*>/g, '')
    .replace(/\u200b/g, '')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&');
}

/** What GitHub would make live in rendered text. */
const LIVE = [
  /[@＠﹫][\w-]/,
  /[#＃﹟]\d/,
  /(?<![\p{L}\p{N}])gh-\d/iu,
  /(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?):? +(?:[\w./-]*#\d|gh-\d|https?:\/\/)/i,
  /https?:\/\/|ftp:\/\/|www\./i,
  /\/(?:issues|pull)\/\d/,
];

function expectInert(html: string): void {
  const text = html
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&');
  for (const pattern of LIVE) expect(text).not.toMatch(pattern);
}

function cellOf(cell: string): string {
  const html = markdown.render(`| a | b |\n| --- | --- |\n| ${cell} | end |\n`);
  const cells = [...html.matchAll(/<td>([^]*?)<\/td>/g)].map((match) => match[1]!);
  expect(cells).toHaveLength(2);
  expect(cells[1]).toBe('end');
  return cells[0]!;
}

describe('people’s text in prose', () => {
  test('shows exactly what was written and nothing else, whatever it is', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const html = markdown.render(escapeMarkdown(text)).trim();
        expectInert(html);
        expect(seen(html)).toBe(oneLine(text));
        if (oneLine(text) !== '') expect(html).toMatch(/^<p>[^<]*<\/p>$/);
      }),
      { numRuns: 1_000, examples: HOSTILE.map((text) => [text]) },
    );
  });

  test('stays readable where nothing has to be escaped', () => {
    const plain = 'Distributed Lock & Deduplication: market_scanner.py, 5-6h (HIGH), 100%+ done!';
    expect(escapeMarkdown(plain)).toBe(plain);
  });

  test('names no commit that GitHub would link, and no picture', () => {
    const sha = 'a5c3785ed8d6a35868bc169f07e40e889087fd2e';
    expect(visible(escapeMarkdown(`since a5c3785, ${sha}`))).toBe(
      'since a5c378·5, a5c378·5ed8d6·a35868·bc169f·07e40e·889087·fd2e',
    );
    expect(visible(escapeMarkdown('abcdef 123456 x_a5c3785 :tada: at 10:30'))).toBe(
      'abcdef 123456 x_a5c3785 :·tada: at 10:30',
    );
  });

  test('shows the app’s own commit as code, to be copied', () => {
    expect(withCommit(escapeMarkdown('CI never started on a5c3785'), 'a5c3785')).toBe(
      'CI never started on `a5c3785`',
    );
  });

  test('a line never begins with a slash', () => {
    expect(escapeMarkdown('/merge all')).toBe('\\/merge all');
    expect(escapeMarkdown(' \u200b\n/merge')).toBe('\\/merge');
  });

  test('is cut before it is escaped, so that no escape is cut in two', () => {
    expect(escapeMarkdown('ab|cd', 4)).toBe('ab\\|…');
    expect(escapeTableCell('||||', 3)).toBe('\\|\\|…');
    expect(escapeLinkText('[x](y)', 4)).toBe('\\[x\\]…');
  });

  test('the corpus in prose', () => {
    const short = HOSTILE.filter((text) => text.length < 1_000);
    expect(short.map((text) => visible(escapeMarkdown(text)))).toMatchSnapshot();
  });
});

test('a table cell keeps to its cell, whatever is in it', () => {
  fc.assert(
    fc.property(hostileText, (text) => {
      const html = cellOf(escapeTableCell(text));
      expectInert(html);
      expect(seen(html)).toBe(oneLine(text));
      expect(escapeTableCell(text)).not.toMatch(/(?<!\\)\|/);
    }),
    { numRuns: 1_000, examples: HOSTILE.map((text) => [text]) },
  );
});

test('a link’s text never ends the link', () => {
  fc.assert(
    fc.property(hostileText, (text) => {
      const html = markdown.renderInline(`[${escapeLinkText(text)}](x)`);
      expect(html.match(/^<a href="x">([^<]*)<\/a>$/)).not.toBeNull();
      expect(seen(html)).toBe(oneLine(text));
    }),
    { numRuns: 1_000, examples: HOSTILE.map((text) => [text]) },
  );
});

test('neutralise makes mentions, references and addresses inert, and twice is as once', () => {
  fc.assert(
    fc.property(hostileText, (text) => {
      const inert = neutralise(text);
      for (const pattern of LIVE) expect(inert).not.toMatch(pattern);
      expect(inert.replaceAll('\u200b', '')).toBe(text.replaceAll('\u200b', ''));
      expect(neutralise(inert)).toBe(inert);
    }),
    { numRuns: 1_000, examples: HOSTILE.map((text) => [text]) },
  );
});

test('neutralise leaves other text alone', () => {
  expect(neutralise('a high-5 at 10:30, AT&T; x/issues/new')).toBe(
    'a high-5 at 10:30, AT&\u200bT; x/issues/new',
  );
  expect(neutralise('R&D and price')).toBe('R&D and price');
});

test('a code span holds any text', () => {
  fc.assert(
    fc.property(hostileText, (text) => {
      expect(seen(markdown.renderInline(codeSpan(text))).trim()).toBe(oneLine(text));
      expect(markdown.renderInline(codeSpan(text))).toMatch(/^<code>[^<]*<\/code>$/);
    }),
    { numRuns: 1_000, examples: HOSTILE.map((text) => [text]) },
  );
});

test('a code span in a table keeps to its cell', () => {
  fc.assert(
    fc.property(hostileText, (text) => {
      const html = cellOf(codeCell(text));
      expect(html).toMatch(/^<code>[^<]*<\/code>$/);
      expect(seen(html).trim()).toBe(oneLine(text));
    }),
    { numRuns: 1_000, examples: HOSTILE.map((text) => [text]) },
  );
});

test('nothing in a fenced block ends it', () => {
  fc.assert(
    fc.property(hostileText, (text) => {
      const tokens = markdown.parse(`${fence(text, 'yaml')}\n\nafter`, {});
      expect(tokens.map((token) => token.type)).toEqual([
        'fence',
        'paragraph_open',
        'inline',
        'paragraph_close',
      ]);
      expect(tokens[0]!.info).toBe('yaml');
    }),
    { numRuns: 1_000, examples: HOSTILE.map((text) => [text]) },
  );
  expect(fence('a ```` b', 'sh\n```')).toBe('`````sh\na ```` b\n`````');
});

function visible(text: string): string {
  return text.replaceAll('\u200b', '·');
}
