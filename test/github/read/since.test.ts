import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';

import { trackerMarker } from '../../../src/core/view/trackers.js';
import { type Reading, startReading } from './support.js';

jest.setTimeout(60_000);

let github: Reading;
beforeAll(async () => {
  github = await startReading();
});
afterAll(() => github.close());

test('what ended before the tracking issue was made anew, and since open work of the app was begun, is read', async () => {
  const app = github.as('app');
  const open = await github.pull('feature/issue-5', { who: 'app' });
  await github.advance('PT1H');
  const over = await github.pull('feature/issue-8', { who: 'app' });
  await app('PATCH', `/pulls/${over.number}`, { state: 'closed' });
  await github.advance('PT1H');
  const body = `Text\n\n${trackerMarker('main', 'abc', false)}\n`;
  await app('POST', '/issues', { title: 'Deployment', body, labels: ['subagent:tracking'] });
  const read = async () => {
    const { issues } = await github.newReader().read();
    return issues.kind === 'read' ? issues.value.map(({ number }) => number).sort((a, b) => a - b) : issues;
  };
  expect(await read()).toEqual([5, 8]);
  await app('PATCH', `/pulls/${open.number}`, { state: 'closed' });
  expect(await read()).toEqual([5]);
});
