import { expect, test } from '@jest/globals';
import { numbersAdopted } from '../../../src/core/commands/numbers-adopted.js';

test.each([
  ['/adopt #45', [45]],
  ['/subagent adopt #45', [45]],
  ['  /YARD  Adopt https://github.com/acme/market/pull/45 -- it is further', [45]],
  ['Take this:\n/adopt #45\n/adopt #46', [45, 46]],
  ['/status #45', []],
  ['We adopt #45', []],
  [
    `/adopt ${'1 '.repeat(5)}${Array.from({ length: 20 }, (_, index) => `#${index + 2}`).join(' ')}`,
    [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
  ],
])('of %j may adopt %j', (comment, numbers) => {
  expect(numbersAdopted(comment)).toEqual(numbers);
});
