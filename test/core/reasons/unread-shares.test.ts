import { expect, test } from '@jest/globals';
import { type Issue, read, unreadable } from '../../../src/core/model/index.js';
import {
  NOW,
  aMergedPull,
  aSnapshot,
  aTracker,
  aWorkedPull,
  anIssue,
  judge,
  sha,
} from '../../support/view-builder.js';

const labels = ['deploy-subagent', 'shares:executor.py'];

function kinds(labelsOfLanded: Issue['labels']) {
  const landed = {
    ...anIssue(6, { labels, state: 'closed', stateReason: 'completed', closedAt: NOW }),
    labels: labelsOfLanded,
  };
  const other = anIssue(8, { labels });
  const lacks = read([sha('merge 6')]);
  const pulls = [aMergedPull(20, landed), aWorkedPull(21, other, { detail: { behindBy: 1, lacks } })];
  const { progress } = judge(aSnapshot({ issues: [landed, other], pulls, trackers: [aTracker()] }));
  return progress.gateReasons('#8').map(({ kind }) => kind);
}

test('a sharer that landed and whose labels cannot be read still asks for the update', () => {
  expect(kinds(read(labels))).toEqual(['needs update']);
  expect(kinds(unreadable('502'))).toEqual(['needs update']);
});
