import { describe, expect, test } from '@jest/globals';
import type { Action } from '../../src/core/actions/action.js';
import { describe as sayAction } from '../../src/core/actions/describe.js';
import { type Click, type Snapshot, read, unreadable } from '../../src/core/model/index.js';
import { AppError, asAppError } from '../../src/app/errors.js';
import type { SnapshotReader, Writer } from '../../src/app/ports.js';
import { createReconcile } from '../../src/app/reconcile.js';
import { published } from '../core/plan/support.js';
import { createFakeClock } from '../support/fake-clock.js';
import { createLogBook } from '../support/log-book.js';
import { aPull, aSnapshot, aTracker, aWorkedPull, anIssue, digest } from '../support/view-builder.js';

const MINUTE = 60_000;

/** A reconcile on a GitHub that shows always the same, and refuses or does nothing. */
function setUp(first: Snapshot, refuses: (action: Action) => boolean = () => false) {
  let snapshot = first;
  let low = false;
  const asked: string[] = [];
  const actions: Action[] = [];
  const clock = createFakeClock();
  const reader: SnapshotReader = {
    read: async () => snapshot,
    lowRateLimit: () => low,
    readRoles: async (shown) => shown,
    readNamed: async (shown) => shown,
    readSaid: async (shown) => shown,
  };
  async function write(action: Action): Promise<void> {
    asked.push(sayAction(action));
    actions.push(action);
    if (refuses(action)) throw new AppError('terminal', 'GitHub says no');
  }
  const writer: Writer = {
    write,
    batch: (batch) =>
      Promise.all(
        batch.map(async (action) => {
          const error = await write(action).then(() => null, asAppError);
          return { action, error, notes: [] };
        }),
      ),
  };
  const log = createLogBook();
  const key = { installation: 1, repository: 'acme/market' };
  const reconcile = createReconcile(key, { reader, writer, clock, log, digest, appVersion: '0.1.0' });
  return {
    clock,
    asked,
    actions,
    reconcile,
    log,
    show: (next: Snapshot) => void (snapshot = next),
    setLow: () => void (low = true),
    /** What one more run asks for. */
    async run(): Promise<readonly string[]> {
      asked.length = 0;
      await reconcile();
      return [...asked];
    },
  };
}

const one = anIssue(1);

describe('what GitHub leaves undone without saying so', () => {
  const pull = aPull(21, one, { assignees: [], detail: { everAssigned: false } });
  const trackers = [aTracker({ pinned: false })];
  const snapshot = published(aSnapshot({ issues: [one], pulls: [pull], trackers }));

  test('is asked for once, and again after a day', async () => {
    const github = setUp(snapshot);
    expect(await github.run()).toEqual(['assign linus to #21', 'pin #12']);
    await github.clock.advance(10 * MINUTE);
    expect(await github.run()).toEqual([]);
    await github.clock.advance(24 * 60 * MINUTE);
    expect(await github.run()).toEqual(['assign linus to #21', 'pin #12']);
  });
});

describe('what GitHub refused', () => {
  const fine = published(aSnapshot({ issues: [one], pulls: [aPull(21, one)], trackers: [aTracker()] }));
  const refusing = { ...fine, repository: { ...fine.repository, hasDeployLabel: false } };
  const isLabel = (action: Action) => action.kind === 'ensure label';

  test('is shown, and no more once it is not wanted any more', async () => {
    const github = setUp(refusing, isLabel);
    expect(await github.run()).toEqual(['make the label `deploy-subagent`', 'update the tracking issue #12']);
    const told = github.actions.find((action) => action.kind === 'update tracker');
    if (told?.kind !== 'update tracker') throw new Error('nobody was told');
    expect(told.body).toContain('GitHub says no');
    github.show({ ...fine, trackers: read([aTracker({ title: told.title, body: told.body })]) });
    await github.clock.advance(2 * MINUTE);
    expect(await github.run()).toEqual(['update the tracking issue #12']);
    github.show(fine);
    await github.clock.advance(2 * MINUTE);
    expect(await github.run()).toEqual([]);
  });

  test('is asked for once where it is a comment, and again after a day; it is shown in between', async () => {
    const pull = aWorkedPull(21, one, {
      detail: { checks: read([{ name: 'build', app: 1, state: 'failed' }]) },
    });
    const said = { known: {}, asked: { 12: read([]), 21: read([]) } };
    const first = published(aSnapshot({ issues: [one], pulls: [pull], trackers: [aTracker()], said }));
    const github = setUp(first, ({ kind }) => kind === 'comment');
    expect(await github.run()).toEqual(['comment on #21', 'update the tracking issue #12']);
    const shown = github.actions.at(-1);
    if (shown?.kind !== 'update tracker') throw new Error('nobody was told');
    expect(shown.body).toContain('it is tried again after a day');
    const { title, body } = shown;
    github.show({ ...first, trackers: read([aTracker({ title, body })]) });
    await github.clock.advance(23 * 60 * MINUTE);
    expect(await github.run()).toEqual([]);
    await github.clock.advance(60 * MINUTE);
    expect(await github.run()).toEqual(['comment on #21']);
    await github.clock.advance(60 * MINUTE);
    expect(await github.run()).toEqual([]);
    github.show({ ...first, pulls: read([aWorkedPull(21, one)]) });
    expect(await github.run()).toContain('update the tracking issue #12');
    expect(github.actions.at(-1)).not.toMatchObject({ body: expect.stringContaining('GitHub says no') });
  });
});

describe('how much a run asks of GitHub', () => {
  test('a run stops at a hundred writes, as a failure that has to wait', async () => {
    const issues = Array.from({ length: 130 }, (_, index) => anIssue(100 + index));
    const github = setUp(aSnapshot({ issues }));
    await expect(github.reconcile()).rejects.toMatchObject({ kind: 'transient' });
    expect(github.asked).toHaveLength(100);
  });

  test('it says that little of the rate limit is left', async () => {
    const github = setUp(aSnapshot());
    expect((await github.reconcile()).lowRateLimit).toBe(false);
    github.setLow();
    expect((await github.reconcile()).lowRateLimit).toBe(true);
  });
});

describe('a click', () => {
  const quiet = published(aSnapshot({ issues: [one], pulls: [aPull(21, one)], trackers: [aTracker()] }));
  const click: Click = {
    by: { login: 'olaf', kind: 'person' },
    sha: aPull(21, one).head.sha,
    run: 1,
    identifier: 'rerun',
    at: 0,
  };

  test('is done once in a run, and nothing is left of it', async () => {
    const { reconcile, asked } = setUp(quiet);
    expect(await reconcile([click])).toMatchObject({ clicks: [] });
    expect(asked).toEqual(['publish 1 gates: Free to merge: nothing to wait for']);
    expect(await reconcile()).toMatchObject({ clicks: [] });
    expect(asked).toHaveLength(1);
  });

  test('that was just done is not done again on a snapshot that does not show it yet', async () => {
    const { reconcile, asked } = setUp(quiet);
    await reconcile([click]);
    expect(await reconcile([click])).toMatchObject({ clicks: [click], again: 5_000 });
    expect(asked).toHaveLength(1);
  });

  test('that cannot be judged is given back', async () => {
    const { reconcile, asked } = setUp({ ...quiet, pulls: unreadable('502') });
    expect(await reconcile([click])).toMatchObject({ clicks: [click] });
    expect(asked.filter((deed) => deed.startsWith('publish'))).toEqual([]);
  });
});

test('a configuration that cannot be read changes nothing, and the log says why', async () => {
  const why = 'the default of the owner: Resource not accessible by integration';
  const github = setUp({ ...aSnapshot({ issues: [one], trackers: [aTracker()] }), config: unreadable(why) });
  expect(await github.run()).toEqual([]);
  expect(github.log.lines).toContainEqual(
    expect.objectContaining({ level: 'warn', details: { repository: 'acme/market', why } }),
  );
});
