import { expect, test } from '@jest/globals';

import { listed } from '../../../src/core/text/listed.js';

const loud = (name: string) => name.toUpperCase();

test('names all where there are no more than are shown', () => {
  expect([listed([], 2, loud), listed(['a'], 2, loud), listed(['a', 'b'], 2, loud)]).toEqual([
    '',
    'A',
    'A, B',
  ]);
});

test('says how many more there are', () => {
  expect(listed(['a', 'b', 'c'], 2, loud)).toBe('A, B and 1 more');
});

test('counts those that were not given', () => {
  expect(listed(['a', 'b'], 5, loud, 300)).toBe('A, B and 298 more');
});
