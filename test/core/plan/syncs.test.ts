import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';

import { type OwnComment, type Snapshot, read, unreadable } from '../../../src/core/model/index.js';
import { lastSyncAt } from '../../../src/core/communication/sync-times.js';
import { formatTime, parseTime } from '../../../src/core/text/time.js';
import { aComment, blockedBy } from '../../support/snapshot.js';
import {
  HOUR,
  MINUTE,
  START,
  type SnapshotParts,
  aMergedPull,
  aPull,
  aSnapshot,
  aTracker,
  aWorkedPull,
  anIssue,
} from '../../support/view-builder.js';
import { actionsOf, planOf } from './support.js';

/** The deployment begins at 16:56 in Berlin. */
const SYNC = 'sync: { times: ["09:00", "17:30"], timezone: Europe/Berlin }\n';
const EVENING = parseTime('2025-02-24T16:30:00Z');
const MORNING = parseTime('2025-02-25T08:00:00Z');

const ISSUES = [anIssue(4), anIssue(5), anIssue(6, { blockedBy: blockedBy(5) }), anIssue(8)];
const [four, five, six, eight] = ISSUES as [
  (typeof ISSUES)[0],
  (typeof ISSUES)[0],
  (typeof ISSUES)[0],
  (typeof ISSUES)[0],
];
const PULLS = [
  aMergedPull(21, four, { closedAt: START + 30 * MINUTE }),
  aWorkedPull(22, five, {
    detail: {
      readyAt: START + 3 * HOUR,
      pushedAt: START + 2 * HOUR,
      checks: read([{ name: 'build', app: 1, state: 'failed' }]),
    },
  }),
  aPull(23, six),
  aWorkedPull(24, eight, { detail: { pushedAt: START + 5 * MINUTE, readyAt: START + 6 * MINUTE } }),
];

function snapshotOf(said: readonly OwnComment[], parts: SnapshotParts = {}): Snapshot {
  return aSnapshot({
    issues: ISSUES,
    pulls: PULLS,
    trackers: [aTracker()],
    config: SYNC,
    toldSince: read({ stakeholders: {}, sync: START - 24 * HOUR }),
    said: { known: {}, asked: { 12: read(said), 22: read([]) } },
    ...parts,
  });
}

function syncs(snapshot: Snapshot, now: number): readonly (readonly [string, string])[] {
  return actionsOf(planOf(snapshot, now).rest).flatMap((action) =>
    action.kind === 'comment' && action.cause.startsWith('sync-')
      ? [[action.cause, action.body] as const]
      : [],
  );
}

const causes = (...args: Parameters<typeof syncs>) => syncs(...args).map(([cause]) => cause);

describe('a sync', () => {
  test('says what has moved since the last one, what is blocked and on whom, and what lands next', () => {
    const last = [{ cause: `sync-${formatTime(EVENING)}`, at: START + HOUR }];
    expect(syncs(snapshotOf(last), MORNING)).toMatchSnapshot();
  });

  test('the first one tells all since the deployment began', () => {
    const body = syncs(snapshotOf([]), MORNING)[0]?.[1];
    expect(body).toContain('**Moved since 2025-02-24 15:57 UTC**');
    expect(body).toContain('- [#4](../issues/4): landed with pull request [#21](../pull/21)');
  });

  test('counts from a sync that was asked for, too', () => {
    const body = syncs(snapshotOf([{ cause: 'sync-comment-7', at: START + 4 * HOUR }]), MORNING)[0]?.[1];
    expect(body).toContain('**Moved since 2025-02-24 19:56 UTC**\n\nNothing.');
  });

  test('is posted at its time, not a moment before, and not again', () => {
    const cause = `sync-${formatTime(EVENING)}`;
    expect(causes(snapshotOf([]), EVENING - 1)).toEqual([]);
    expect(causes(snapshotOf([]), EVENING)).toEqual([cause]);
    expect(causes(snapshotOf([{ cause, at: EVENING }]), EVENING + HOUR)).toEqual([]);
  });

  test('of those that were missed only the newest is posted', () => {
    expect(causes(snapshotOf([]), MORNING + 49 * HOUR)).toEqual(['sync-2025-02-27T08:00:00Z']);
  });

  test('wakes the app for the next', () => {
    const isNext = (now: number) => planOf(snapshotOf([]), now).lookAt;
    expect([isNext(EVENING - 1), isNext(EVENING)]).toEqual([EVENING, MORNING]);
    const over = planOf(snapshotOf([], { issues: [four], pulls: PULLS.slice(0, 1) }), EVENING - 1);
    expect(over.lookAt).not.toBe(EVENING);
  });
});

describe('no sync', () => {
  test.each<[string, SnapshotParts]>([
    ['before anything is deployed', { issues: [], pulls: [], trackers: [] }],
    ['once all is over', { issues: [four], pulls: PULLS.slice(0, 1) }],
    ['from before the deployment', { trackers: [aTracker({ createdAt: EVENING })] }],
    ['from before the settings asked for it', { toldSince: read({ stakeholders: {}, sync: EVENING + 1 }) }],
    ['while it cannot be read since when they do', { toldSince: unreadable('lost') }],
    ['while it cannot be read what was posted', { said: { known: {}, asked: { 12: unreadable('lost') } } }],
    ['on a snapshot of which a part is missing', { comments: unreadable('lost') }],
    ['where none is asked for', { config: null }],
  ])('%s', (_, parts) => {
    expect(causes(snapshotOf([], parts), EVENING + HOUR)).toEqual([]);
  });

  test('and nothing is looked through where none is due', () => {
    const unasked = { said: { known: {}, asked: { 22: read([]) } } };
    expect(planOf(snapshotOf([], unasked), EVENING - 1).askSaid).toEqual([]);
    expect(planOf(snapshotOf([], unasked), EVENING).askSaid).toEqual([12]);
  });
});

test('over any looks and outages each sync is posted at most once, and the newest that is due is never lost', () => {
  const gaps = fc.array(fc.integer({ min: MINUTE, max: 60 * HOUR }), { minLength: 1, maxLength: 12 });
  const sync = { times: ['09:00', '17:30'], timezone: 'Europe/Berlin' };
  fc.assert(
    fc.property(gaps, (each) => {
      const posted: OwnComment[] = [];
      let now = START + 2 * MINUTE;
      for (const gap of each) {
        now += gap;
        for (const cause of causes(snapshotOf(posted), now)) posted.push({ cause, at: now });
        const due = lastSyncAt(sync, now);
        const isDue = due !== null && due > START + MINUTE;
        if (isDue && !posted.some(({ cause }) => cause === `sync-${formatTime(due)}`))
          throw new Error('lost');
      }
      if (new Set(posted.map(({ cause }) => cause)).size < posted.length) throw new Error('posted twice');
    }),
    { numRuns: 15 },
  );
});

describe('/sync', () => {
  const asked = aComment(12, '/sync', { id: 77 });
  const homes = (parts: SnapshotParts) =>
    actionsOf(planOf(snapshotOf([], { comments: read([asked]), config: null, ...parts })).homes);

  test('posts one now, also where the settings ask for none', () => {
    const [comment, reaction] = homes({});
    expect(comment).toMatchObject({ kind: 'comment', number: 12, cause: 'sync-comment-77' });
    expect(comment?.kind === 'comment' && comment.body.split('\n')[0]).toMatch(/^\*\*Sync\.\*\* /);
    expect(reaction).toEqual({ kind: 'react', comment: 77, number: 12, with: '+1' });
  });

  test('waits until it is known what was posted', () => {
    expect(homes({ said: { known: {}, asked: { 12: unreadable('lost') } } })).toEqual([]);
    const plan = planOf(
      snapshotOf([], { comments: read([asked]), config: null, said: { known: {}, asked: { 22: read([]) } } }),
    );
    expect([plan.homes, plan.askSaid]).toEqual([[], [12]]);
  });
});
