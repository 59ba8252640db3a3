import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { OUTSIDE, htmlAfter, isInsideHtml, mayHoldTags } from '../../../src/core/markdown/html.js';

/** Whether what follows those pieces of HTML is inside of them. */
function inside(...pieces: string[]): boolean {
  return isInsideHtml(pieces.reduce((state, piece) => htmlAfter(piece, state), OUTSIDE));
}

describe('what comes after a piece of HTML', () => {
  test.each([
    ['an element', '<div>'],
    ['an element in capitals, over lines', '<DETAILS\nopen>'],
    ['the outer of two of one name', '<div><div></div>'],
    ['the inner of two, wrongly nested', '<div><table></div>'],
    ['an element that only a comment ends', '<div><!-- </div> -->'],
    ['an element that only an attribute ends', '<div><img alt="</div>">'],
    ['a comment', '<!-- a'],
    ['an attribute', '<img alt="a>'],
    ['an attribute with the other quote in it', '<img alt = \'a">'],
  ])('is inside %s', (_, html) => {
    expect(inside(html)).toBe(true);
  });

  test.each([
    ['an element has ended', '<div></div>'],
    ['two have ended in the wrong order', '<div><table></div></table>'],
    ['an end tag ended nothing', '</div>'],
    ['an element holds no text', '<br><img src="x"><hr/>'],
    ['an element may be left open', '<p>a<li>b'],
    ['a name only begins like one', '<divider><a-b>'],
    ['a tag stood in a comment', '<!-- <div> -->'],
    ['a tag stood in an attribute', '<img alt="<div>">'],
    ['a quote stood outside of a value', "<img it's>"],
    ['a comment was the shortest', '<!--><!--->'],
    ['a tag was not finished', '<img'],
  ])('is outside where %s', (_, html) => {
    expect(inside(html)).toBe(false);
  });

  test('goes on from the piece before: a comment and an attribute end where their ends are', () => {
    expect(inside('<!-- <div>', '</div> -->')).toBe(false);
    expect(inside('<img alt="<div>', '">')).toBe(false);
    expect(inside('<!--', '--><div>', '</div>')).toBe(false);
    expect(inside('<div>', '<!-- </div>', '-->')).toBe(true);
  });

  test('what holds no tag of an element changes nothing, as far as it says so', () => {
    const pieces = fc.constantFrom(
      '<',
      '>',
      '/',
      'div',
      'a',
      'table',
      ' ',
      '<b>',
      '</p>',
      '<div',
      '</a',
      '-',
      '1',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (all) => {
        const html = all.join('');
        expect(mayHoldTags(html) || !inside(html)).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });
});
