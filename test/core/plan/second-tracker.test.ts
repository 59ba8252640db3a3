import { describe, expect, test } from '@jest/globals';
import { read } from '../../../src/core/model/index.js';
import { isOverTracker, trackerMarker } from '../../../src/core/view/trackers.js';
import { NOW, aMergedPull, aPull, aSnapshot, aTracker, anIssue } from '../../support/view-builder.js';
import { actionsOf, planOf, published, said } from './support.js';

const one = anIssue(1);
const body = trackerMarker('main', '0', false);

describe('a second tracking issue', () => {
  test('is closed once, and then is none any more', () => {
    const second = aTracker({ id: 'tracker-40', number: 40, body });
    const snapshot = aSnapshot({
      issues: [one],
      pulls: [aPull(21, one)],
      trackers: [second, aTracker({ body })],
    });
    const write = actionsOf(planOf(snapshot).rest).find(
      (action) => action.kind === 'update tracker' && action.number === 40,
    );
    if (write?.kind !== 'update tracker') throw new Error('the second one is not closed');
    expect(write.state).toBe('closed');
    const closed = { ...second, body: write.body, state: write.state };
    expect(isOverTracker(closed)).toBe(true);
    const after = planOf({ ...snapshot, trackers: read([closed, aTracker({ body })]) });
    expect(said(after.rest)).toContain('update the tracking issue #12');
    expect(said(after.rest).filter((line) => line.includes('#40'))).toEqual([]);
  });
});

describe('the body of the tracking issue', () => {
  const snapshot = published(aSnapshot({ issues: [one], pulls: [aPull(21, one)], trackers: [aTracker()] }));
  const trackers = snapshot.trackers.kind === 'read' ? snapshot.trackers.value : [];
  const shown = (change: (text: string) => string) =>
    said(
      planOf({ ...snapshot, trackers: read(trackers.map((each) => ({ ...each, body: change(each.body) }))) })
        .rest,
    );

  test('is not written again for other line ends, or for a missing one at the end', () => {
    expect(shown((text) => text.replaceAll('\n', '\r\n'))).toEqual([]);
    expect(shown((text) => text.trimEnd())).toEqual([]);
  });

  test('is written again for anything else that somebody changed', () => {
    expect(shown((text) => text.replace('subagent', 'agent'))).toEqual(['update the tracking issue #12']);
  });
});

test('a tracking issue that a person has closed is not opened again for what is only to be cleaned up', () => {
  const closed = { ...one, state: 'closed', stateReason: 'completed', closedAt: NOW } as const;
  const merged = aMergedPull(21, one);
  const branches = read({ 'feature/issue-1': { sha: merged.head.sha, beyondBase: read([]) } });
  const trackers = [aTracker({ state: 'closed' })];
  const { rest } = planOf(aSnapshot({ issues: [closed], pulls: [merged], trackers, branches }));
  expect(said(rest)).toEqual(['delete the branch `feature/issue-1`']);
});
