import { describe, expect, test } from '@jest/globals';
import { type Snapshot, read } from '../../../src/core/model/index.js';
import { trackerMarker } from '../../../src/core/view/trackers.js';
import { DEPLOY } from '../../support/snapshot.js';
import { NOW, aMergedPull, aPull, aSnapshot, aTracker, anIssue } from '../../support/view-builder.js';
import { actionsOf, planOf, published, said } from './support.js';

const one = anIssue(1);
const closedOne = { ...one, state: 'closed', stateReason: 'completed', closedAt: NOW } as const;
const open = [aPull(21, one)];

function rest(snapshot: Snapshot): readonly string[] {
  return said(planOf(snapshot).rest).filter((line) => !line.startsWith('publish'));
}

describe('the tracking issue', () => {
  test('is made before the work that it will show', () => {
    const made = rest(aSnapshot({ issues: [one] }));
    expect(made).toEqual([
      'make the tracking issue',
      'make the branch `feature/issue-1` of #1 and its pull request',
    ]);
  });

  test('is not made for a deployment of which nothing is left to do', () => {
    const closed = aPull(21, one, { state: 'closed', closedAt: NOW });
    const bare = anIssue(1, { labels: [] });
    expect(rest(aSnapshot({ issues: [bare], pulls: [closed] }))).toEqual([]);
    expect(rest(aSnapshot({ issues: [closedOne], pulls: [aMergedPull(21, one)] }))).toEqual([]);
  });

  test('is one: a second is closed with a pointer before anything is written to either', () => {
    const body = trackerMarker('main', '0', false);
    const trackers = [aTracker({ number: 40, body }), aTracker({ body })];
    const lines = rest(aSnapshot({ issues: [one], pulls: open, trackers }));
    expect(lines).toEqual(['comment on #40', 'update the tracking issue #40']);
  });

  test('that a person has closed is opened again with one comment', () => {
    const snapshot = published(aSnapshot({ issues: [one], pulls: open, trackers: [aTracker()] }));
    expect(rest(snapshot)).toEqual([]);
    const trackers = snapshot.trackers.kind === 'read' ? snapshot.trackers.value : [];
    const closed = trackers.map((tracker) => ({ ...tracker, state: 'closed' as const }));
    const { rest: groups } = planOf({ ...snapshot, trackers: read(closed) });
    expect(said(groups)).toEqual(['comment on #12', 'update the tracking issue #12']);
    expect(actionsOf(groups)[1]).toMatchObject({ state: 'open' });
  });

  test('ends with the summary, then unpinned, then closed in one write', () => {
    const done = aSnapshot({
      issues: [closedOne],
      pulls: [aMergedPull(21, one)],
      trackers: [aTracker()],
    });
    expect(rest(done)).toEqual(['comment on #12', 'unpin #12', 'update the tracking issue #12']);
    const last = actionsOf(planOf(done).rest).at(-1);
    expect(last).toMatchObject({ kind: 'update tracker', state: 'closed' });
  });

  test('does not end before the branches of what landed are gone, where they are to be deleted', () => {
    const merged = aMergedPull(21, one);
    const branches = read({ 'feature/issue-1': { sha: merged.head.sha, beyondBase: read([]) } });
    const parts = { issues: [closedOne], pulls: [merged], trackers: [aTracker()], branches };
    expect(rest(aSnapshot(parts))).toContain('delete the branch `feature/issue-1`');
    expect(rest(aSnapshot(parts))).not.toContain('unpin #12');
    expect(rest(aSnapshot({ ...parts, config: 'merge: { delete-branch: false }\n' }))).toContain('unpin #12');
  });

  test('is pinned if a pin is free', () => {
    const trackers = [aTracker({ pinned: false })];
    const pins = (pinned: number) =>
      rest(aSnapshot({ issues: [one], pulls: open, trackers, repository: { pinned } })).includes('pin #12');
    expect([pins(2), pins(3)]).toEqual([true, false]);
  });

  test('of a deployment that is over is left alone, and new work gets a new one', () => {
    const over = aTracker({ state: 'closed', body: trackerMarker('main', '0', true) });
    expect(rest(aSnapshot({ trackers: [over] }))).toEqual([]);
    const again = anIssue(1, { labels: [DEPLOY] });
    expect(rest(aSnapshot({ trackers: [over], issues: [again] }))[0]).toBe('make the tracking issue');
  });
});
