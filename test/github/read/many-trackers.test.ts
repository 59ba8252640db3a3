import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';

import type { Snapshot } from '../../../src/core/model/index.js';
import { currentTracker, trackerMarker } from '../../../src/core/view/trackers.js';
import { type Reading, type Tamper, startReading } from './support.js';

jest.setTimeout(60_000);

const LABELS = ['subagent:tracking'];
/** More than the core asks for. */
const NEWER = 12;

let github: Reading;
let number: number;
beforeEach(async () => {
  github = await startReading();
  const body = `Text\n\n${trackerMarker('main', 'abc', false)}\n`;
  number = (await github.as('app')('POST', '/issues', { title: 'Deployment', body, labels: LABELS })).number;
  await github.advance('PT1M');
  for (let count = 0; count < NEWER; count += 1) {
    await github.as('triager')('POST', '/issues', { title: `Noise ${count}` });
  }
});
afterEach(() => github.close());

/** Somebody with triage puts the label of tracking issues on newer ones. */
async function bury(): Promise<void> {
  for (let count = 1; count <= NEWER; count += 1) {
    await github.as('triager')('POST', `/issues/${number + count}/labels`, { labels: LABELS });
  }
}

function found({ trackers }: Snapshot): number | string | undefined {
  return trackers.kind === 'unreadable' ? trackers.why : currentTracker(trackers.value, 'main')?.number;
}

test('the tracking issue is found below newer issues with its label, and then asked for by its id', async () => {
  await bury();
  expect(found(await github.reader.read())).toBe(number);
  expect((await github.reads()).filter((line) => line.startsWith('More'))).toEqual(['More 200']);
  expect(found(await github.reader.read())).toBe(number);
  expect(await github.reads()).not.toContain('More 200');
});

test('one that is among the newest is not looked for', async () => {
  await github.reader.read();
  await github.reads();
  expect(found(await github.newReader().read())).toBe(number);
  expect(await github.reads()).not.toContain('More 200');
});

test('the trackers are unreadable while the older ones cannot be read', async () => {
  await bury();
  const cut: Tamper = (name, _, answer) =>
    name === 'More'
      ? { data: { repository: { list: null } }, errors: [{ type: 'X', message: 'cut', path: [] }] }
      : answer;
  expect((await github.newReader(cut).read()).trackers.kind).toBe('unreadable');
});
