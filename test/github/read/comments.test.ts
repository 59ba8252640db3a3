import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';

import type { Comment } from '../../../src/core/model/index.js';
import { trackerMarker } from '../../../src/core/view/trackers.js';
import { type Reading, startReading } from './support.js';

// Each test starts a whole GitHub.
jest.setTimeout(60_000);

let github: Reading;
beforeEach(async () => {
  github = await startReading();
});
afterEach(() => github.close());

const CONVERGED = ['Core 200', 'issues/list-comments-for-repo 304'];

async function comments(): Promise<readonly Comment[]> {
  const { comments } = await github.reader.read();
  if (comments.kind === 'unreadable') throw new Error(comments.why);
  return comments.value;
}

test('comments with a line that begins with a slash, and never the app’s own', async () => {
  await github.as('writer')('POST', '/issues/5/comments', { body: 'Looks good' });
  await github.as('writer')('POST', '/issues/5/comments', { body: 'Now:\n  /merge' });
  await github.as('app')('POST', '/issues/5/comments', { body: '/merge' });
  expect(await comments()).toMatchObject([
    { number: 5, onPull: false, author: { login: 'linus' }, answered: null, editedByOthers: false },
  ]);
});

test('one on a pull request says so', async () => {
  const { number } = await github.pull('feature/issue-5');
  await github.as('writer')('POST', `/issues/${number}/comments`, { body: '/ready' });
  expect(await comments()).toMatchObject([{ number, onPull: true }]);
});

test('the app’s reaction is seen although the list did not change, and then asked for no more', async () => {
  const { id } = await github.as('writer')('POST', '/issues/5/comments', { body: '/hold' });
  await comments();
  await github.as('writer')('POST', `/issues/comments/${id}/reactions`, { content: 'confused' });
  expect(await comments()).toMatchObject([{ answered: null }]);
  await github.as('app')('POST', `/issues/comments/${id}/reactions`, { content: '+1' });
  expect(await comments()).toMatchObject([{ answered: 'done' }]);
  await github.reads();
  expect(await comments()).toMatchObject([{ answered: 'done' }]);
  expect(await github.reads()).toEqual(CONVERGED);
});

test('an edit by somebody else is told, also of a comment that was answered', async () => {
  const { id } = await github.as('writer')('POST', '/issues/5/comments', { body: '/hold' });
  await github.as('app')('POST', `/issues/comments/${id}/reactions`, { content: '+1' });
  expect(await comments()).toMatchObject([{ editedByOthers: false }]);
  await github.advance('PT10S');
  await github.as('admin')('PATCH', `/issues/comments/${id}`, { body: '/merge' });
  expect(await comments()).toMatchObject([{ body: '/merge', editedByOthers: true, answered: 'done' }]);
});

test('a deleted comment is gone', async () => {
  const { id } = await github.as('writer')('POST', '/issues/5/comments', { body: '/hold' });
  await comments();
  await github.as('writer')('DELETE', `/issues/comments/${id}`);
  expect(await comments()).toEqual([]);
});

test('one whose issue was transferred is not read as if it were still here', async () => {
  await github.close();
  github = await startReading('others: [{ repository: acme/shop }]\n');
  const { id } = await github.as('writer')('POST', '/issues/5/comments', { body: '/hold' });
  expect(await comments()).toMatchObject([{ id, number: 5 }]);
  await github.transfer(5, 'acme/shop');
  expect(await comments()).toEqual([]);
});

test('the request stays the same for days, so that it can be answered with 304', async () => {
  await comments();
  await github.reads();
  await github.advance('P3D');
  await comments();
  expect(await github.reads()).toEqual(CONVERGED);
});

test('a tracking issue moves the beginning of the list back to an hour before it', async () => {
  await github.as('writer')('POST', '/issues/5/comments', { body: '/deploy' });
  await github.advance('PT30M');
  const body = trackerMarker('main', 'abc', false);
  await github.as('app')('POST', '/issues', { title: 'Deployment', body, labels: ['subagent:tracking'] });
  await github.advance('P30D');
  const { comments: late } = await github.newReader().read();
  expect(late).toMatchObject({ value: [{ body: '/deploy' }] });
});

test('more than a page of comments are all read', async () => {
  for (let index = 0; index < 105; index += 1) {
    await github.as('writer')('POST', '/issues/5/comments', { body: `/hold -- ${index}` });
  }
  expect(await comments()).toHaveLength(105);
});
