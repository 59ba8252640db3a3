import { describe, expect, test } from '@jest/globals';

import { type Pull, read, unreadable } from '../../../src/core/model/index.js';
import {
  type SnapshotParts,
  aSnapshot,
  aTracker,
  aWorkedPull,
  anIssue,
  judge,
  person,
  sha,
} from '../../support/view-builder.js';
import { needsOf } from '../../../src/core/tracking/needs.js';
import { actionsOf, planOf } from './support.js';

const [gone, two] = [anIssue(1), anIssue(2)];
const lost = aWorkedPull(21, gone);
const GONE = 'Cannot read #1, which this is the work of: it was deleted, or moved to another repository';

/** What the gates of all heads come to say, by the number of the pull request or of the end of a merge group. */
function gates(parts: SnapshotParts): readonly string[] {
  const snapshot = aSnapshot({ issues: [two], trackers: [aTracker()], ...parts });
  const heads = new Map((parts.pulls ?? []).map(({ head, number }) => [head.sha, `#${number}`]));
  return actionsOf(planOf(snapshot).rest)
    .flatMap((action) => (action.kind === 'publish gates' ? action.gates : []))
    .map(({ sha: head, verdict }) => {
      return `${heads.get(head) ?? 'group'}: ${verdict.conclusion ?? verdict.status}: ${verdict.title}`;
    });
}

describe('work of the app whose issue is not in the repository any more', () => {
  test('has a gate that fails, and the others stay as they are', () => {
    expect(gates({ pulls: [lost, aWorkedPull(22, two)] })).toEqual([
      `#21: failure: ${GONE}`,
      '#22: success: Free to merge: nothing to wait for',
    ]);
  });

  test('fails a merge group, also one that holds nothing else', () => {
    const group = { sha: sha('group'), onto: sha('base'), ownChecks: read([]) };
    const queued = { ...lost, queued: read({ position: 1, by: null, group }) };
    expect(gates({ pulls: [queued] })).toContain(`group: failure: Pull request #21: ${GONE}`);
  });

  test('is shown to people, with the way out', () => {
    const { view, progress } = judge(aSnapshot({ issues: [two], pulls: [lost], trackers: [aTracker()] }));
    const needs = needsOf(view, progress).map(({ what, way }) => `${what} ${way}`.replaceAll('\u200b', ''));
    expect(needs).toContain(
      `${GONE}. Somebody with write closes pull request #21. If its work is still wanted, they open another one from its branch: that one is theirs, and waits for nothing.`,
    );
  });

  test.each<[string, Partial<Pull>]>([
    ['somebody has opened by hand', { author: person('linus') }],
    ['comes from a fork', { head: { ...lost.head, sameRepository: false } }],
    ['has another branch', { head: { ...lost.head, branch: 'feature/other' } }],
  ])('is none that %s', (_what, parts) => {
    expect(gates({ pulls: [{ ...lost, ...parts }] })).toEqual([
      '#21: success: Not part of a subagent deployment',
    ]);
  });

  test('is nothing that can be told while the issues cannot be read: what is published stays', () => {
    const snapshot = aSnapshot({ issues: [two], pulls: [lost], trackers: [aTracker()] });
    const { rest } = planOf({ ...snapshot, issues: unreadable('502') });
    expect(actionsOf(rest).filter(({ kind }) => kind === 'publish gates')).toEqual([]);
  });
});
