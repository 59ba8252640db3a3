import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { findMarker, marker } from '../../../src/core/names/markers.js';
import { escapeMarkdown } from '../../../src/core/text/escape.js';
import { hostileText } from '../text/hostile.js';

test('a marker is one hidden line', () => {
  expect(marker('tracking')).toBe('<!-- yardmaster:tracking -->');
  expect(marker('reply', { to: '123', cause: 'a b --> c' })).toBe(
    '<!-- yardmaster:reply to=123 cause=a%20b%20-%2D%3E%20c -->',
  );
});

test('whatever its values are, a marker is found with them', () => {
  fc.assert(
    fc.property(hostileText, hostileText, (one, other) => {
      const well = (text: string): string => text.replace(/\p{Surrogate}/gu, '\ufffd');
      const line = marker('told', { one, other });
      expect(line).toMatch(/^<!-- (?:(?!--)[^<>\s]| (?!-->))+ -->$/);
      expect(findMarker(`text\r\n${line}\r\nmore`, 'told')).toEqual({ one: well(one), other: well(other) });
    }),
    { numRuns: 1_000 },
  );
});

test('the first of its kind is found', () => {
  const body = [marker('a', { x: '1' }), marker('b', { x: '2' }), marker('b', { x: '3' })].join('\n');
  expect(findMarker(body, 'b')).toEqual({ x: '2' });
  expect(findMarker(body, 'c')).toBeUndefined();
});

test.each([
  ' <!-- yardmaster:told x=1 -->',
  '> <!-- yardmaster:told x=1 -->',
  '<!-- yardmaster:told x=1 --> more',
  '<!-- yardmaster:told x=1',
  '<!-- yardmaster:told x=1 x=2 -->',
  '<!-- yardmaster:told x -->',
  '<!-- yardmaster:told x=%zz -->',
  '<!-- yardmaster:told X=1 -->',
  '<!-- yardmaster:told2 x=1 -->',
  '<!--yardmaster:told x=1-->',
])('%j is no marker', (line) => {
  expect(findMarker(line, 'told')).toBeUndefined();
});

test('people’s text, once escaped, is never a marker', () => {
  expect(findMarker(escapeMarkdown('\n<!-- yardmaster:told x=1 -->\n'), 'told')).toBeUndefined();
});
