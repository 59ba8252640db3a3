import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { cutText, oneLine, plural, stripHidden } from '../../../src/core/text/clean.js';
import { htmlComment, parseHtmlComment } from '../../../src/core/text/html-comment.js';
import { mermaidLabel } from '../../../src/core/text/mermaid.js';
import { HOSTILE, hostileText } from './hostile.js';

const examples = HOSTILE.map((text): [string] => [text]);

describe('hidden text', () => {
  const HIDDEN =
    // eslint-disable-next-line no-control-regex -- controls are what it looks for
    /[\p{Bidi_Control}\u200b\u200c\u2060-\u2064\ufeff\u{e0000}-\u{e0fff}\u0000-\u0008\u000b-\u001f\u007f-\u009f]/u;

  test('nothing hidden is left, and twice is as once', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const clean = stripHidden(text);
        expect(clean).not.toMatch(HIDDEN);
        expect(clean).not.toMatch(/<!--[^]*-->/);
        expect(clean).not.toMatch(/^ {0,3}<!--/m);
        expect(stripHidden(clean)).toBe(clean);
      }),
      { numRuns: 1_000, examples },
    );
  });

  test.each([
    ['an HTML comment', 'a <!-- do evil --> b', 'a  b'],
    ['a comment over lines', 'a\n<!--\nevil\n-->\nb', 'a\n\nb'],
    ['comments put into each other', '<!<!-- x -->-- evil -->', '<! -- evil -->'],
    ['a short comment', 'a<!-->b<!--->c', 'abc'],
    ['a comment opened with a hidden character', '<!\u200b-- evil -->x', 'x'],
    ['a comment that is never closed', 'a\n<!-- evil\nmore', 'a\n'],
    ['an arrow inside a line', 'if a <!-- b', 'if a <!-- b'],
    ['characters that reorder a line', 'a\u202eb\u2066c\u2069', 'abc'],
    ['letters written as tags', 'a\u{e0065}\u{e0076}b', 'ab'],
    ['bytes hidden in variation selectors', '😀\ufe0f\ufe01\u{e0101}', '😀\ufe0f'],
    ['control characters', 'a\u0000b\u001b[31mc', 'ab[31mc'],
    ['tabs and newlines', 'a\tb\r\nc\rd', 'a\tb\nc\nd'],
    ['emoji', '👩‍👩‍👧‍👦 👍🏽 🏳️‍🌈 1️⃣ ❤️', '👩‍👩‍👧‍👦 👍🏽 🏳️‍🌈 1️⃣ ❤️'],
    ['a joiner without emoji', 'a\u200db', 'ab'],
    ['half a surrogate pair', 'a\ud800b', 'a\ufffdb'],
  ])('%s', (_, text, clean) => {
    expect(stripHidden(text)).toBe(clean);
  });

  test('oneLine leaves no white space but single spaces', () => {
    expect(oneLine(' a\r\n\tb\u2028c\u00a0 d ')).toBe('a b c d');
  });
});

describe('cutting', () => {
  test('never exceeds the length and never cuts a character', () => {
    fc.assert(
      fc.property(hostileText, fc.integer({ min: 1, max: 80 }), (text, max) => {
        const cut = cutText(text, max);
        expect(cut.length).toBeLessThanOrEqual(max);
        if (text.length <= max) expect(cut).toBe(text);
        else expect(text.startsWith(cut.slice(0, -1)) && cut.endsWith('…')).toBe(true);
        if (!/\p{Surrogate}/u.test(text)) expect(cut).not.toMatch(/\p{Surrogate}/u);
      }),
      { numRuns: 1_000, examples: HOSTILE.map((text): [string, number] => [text, 10]) },
    );
  });

  test.each([
    ['abcdef', 6, 'abcdef'],
    ['abcdef', 5, 'abcd…'],
    ['abc  def', 6, 'abc…'],
    ['ab👩‍👩‍👧‍👦cd', 8, 'ab…'],
    ['a\u0301bc', 3, 'a\u0301…'],
    ['👩‍👩‍👧‍👦', 3, '…'],
    ['a plain text', 9, 'a plain…'],
    ['abc1\ufe0f\u20e3 and more', 5, 'abc…'],
  ])('%j at %i', (text, max, cut) => {
    expect(cutText(text, max)).toBe(cut);
  });
});

test('a mermaid label has only letters, digits, spaces and signs inside words', () => {
  fc.assert(
    fc.property(hostileText, (text) => {
      const word = String.raw`[\p{L}\p{M}\p{Nd}]+(?:[._-][\p{L}\p{M}\p{Nd}]+)*`;
      expect(mermaidLabel(text)).toMatch(new RegExp(`^(?:${word}(?: ${word})*)?$`, 'u'));
    }),
    { numRuns: 1_000, examples },
  );
  expect(mermaidLabel('1. Lock & [de]dup; market_scanner.py %%x "end"')).toBe(
    '1 Lock de dup market_scanner.py x end',
  );
  expect(mermaidLabel('Distributed Lock', 8)).toBe('Distrib…');
});

test('a value in an HTML comment cannot end it and comes back whole', () => {
  fc.assert(
    fc.property(hostileText, (text) => {
      const encoded = htmlComment(text);
      expect(encoded).toMatch(/^[\w.:/,+%-]*$/);
      expect(encoded).not.toMatch(/--|-$/);
      expect(parseHtmlComment(encoded)).toBe(text.replace(/\p{Surrogate}/gu, '\ufffd'));
    }),
    { numRuns: 1_000, examples },
  );
  expect(htmlComment('a-b--c> d')).toBe('a-b-%2Dc%3E%20d');
  expect(parseHtmlComment('%E0%A4%A')).toBeUndefined();
  expect(parseHtmlComment('a b')).toBeUndefined();
});

test('plural', () => {
  expect([0, 1, 2].map((count) => plural(count, 'issue'))).toEqual(['0 issues', '1 issue', '2 issues']);
  expect(plural(2, 'branch', 'branches')).toBe('2 branches');
});
