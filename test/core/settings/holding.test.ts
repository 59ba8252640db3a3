import { expect, test } from '@jest/globals';
import { read, unreadable } from '../../../src/core/model/index.js';
import { holding } from '../../../src/core/settings/holding.js';

const own = read({ oid: 'a', text: 'base: main\n', from: null });
const ofOwner = read({ oid: 'b', text: 'base: trunk\n', from: 'acme/.github' });
const none = read(null);
const unread = unreadable<null>('no');

test("a repository's own file holds, whatever the owner's default is", () => {
  expect([holding(own, ofOwner), holding(own, none), holding(own, unread)]).toEqual([own, own, own]);
});

test("the owner's default holds where the repository has no file, and nowhere else", () => {
  expect(holding(none, ofOwner)).toEqual(ofOwner);
  expect(holding(none, none)).toEqual(none);
  expect(holding(unread, ofOwner)).toEqual(unread);
});

test('a default that cannot be read is not the same as none', () => {
  expect(holding(none, unread)).toEqual(unreadable('the default of the owner: no'));
});
