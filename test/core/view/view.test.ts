import { describe, expect, test } from '@jest/globals';
import { type Comment, read, unreadable } from '../../../src/core/model/index.js';
import { configInForce } from '../../../src/core/view/config-in-force.js';
import {
  currentTracker,
  isOverTracker,
  liveTrackers,
  trackerMarker,
} from '../../../src/core/view/trackers.js';
import { isWhole } from '../../../src/core/view/view.js';
import { DEPLOY, aComment, labelEvent, roleAsked } from '../../support/snapshot.js';
import {
  ME,
  NOW,
  START,
  type SnapshotParts,
  aPull,
  aSnapshot,
  aTracker,
  aWorkedPull,
  anIssue,
  judge,
  person,
} from '../../support/view-builder.js';

const issue = anIssue(8);
const marked = (number: number, base = 'main', over = false) =>
  aTracker({ number, body: `Text\n${trackerMarker(base, 'abc', over)}\n` });

describe('the tracking issue of a deployment', () => {
  test('is the oldest of its base that is not over', () => {
    const trackers = [marked(30), marked(12, 'main', true), marked(20), marked(15, 'next')];
    expect(currentTracker(trackers, 'main')?.number).toBe(20);
    expect(liveTrackers(trackers, 'main').map(({ number }) => number)).toEqual([20, 30]);
    expect(currentTracker(trackers, 'next')?.number).toBe(15);
    expect(currentTracker([], 'main')).toBeNull();
  });

  test('is over by its marker, and not because a person has closed it', () => {
    expect(isOverTracker(marked(12, 'main', true))).toBe(true);
    expect(currentTracker([{ ...marked(12), state: 'closed' }], 'main')?.number).toBe(12);
  });

  test('is not a closed one without the marker, or with one that is not on a line of its own', () => {
    const marker = trackerMarker('main', 'abc', false);
    expect(currentTracker([aTracker({ body: 'no marker', state: 'closed' })], 'main')).toBeNull();
    expect(currentTracker([aTracker({ body: `text ${marker}`, state: 'closed' })], 'main')).toBeNull();
  });

  test('is an open one by the app whose body somebody has overwritten', () => {
    expect(currentTracker([aTracker({ body: 'All mine.' })], 'main')?.number).toBe(12);
  });
});

describe('the settings in force', () => {
  const kindOf = (parts: SnapshotParts) => {
    const config = configInForce(aSnapshot(parts));
    return [config?.kind, config?.settings.base];
  };

  test('are the defaults where there is no file, and the file’s where it is valid', () => {
    expect(kindOf({})).toEqual(['valid', undefined]);
    expect(kindOf({ config: 'base: next\n' })).toEqual(['valid', 'next']);
  });

  test('are the last valid ones where the file is not, and the defaults where none ever was', () => {
    const config = 'base: 5\n';
    expect(kindOf({ config, lastValidConfig: 'base: next\n' })).toEqual(['outdated', 'next']);
    expect(kindOf({ config })).toEqual(['broken', undefined]);
    expect(kindOf({ config, lastValidConfig: 'base: 6\n' })).toEqual(['broken', undefined]);
  });

  test('are not known where the file cannot be read', () => {
    expect(configInForce({ ...aSnapshot(), config: unreadable('502') })).toBeNull();
  });

  test('name the problem and its line, and how many more there are', () => {
    const config = configInForce(aSnapshot({ config: 'base: 5\nnonsense: 1\n' }));
    expect(config?.kind === 'broken' && config.problem).toBe(
      'line 1, `base`: expected text; got `5`: put it in quotes (and 1 more)',
    );
  });

  test("say where an owner's default is that is not valid", () => {
    const config = configInForce(aSnapshot({ config: 'base: 5\n', configFrom: 'acme/.github' }));
    expect(config?.kind === 'broken' && config.problem).toBe(
      'in acme/.github, line 1, `base`: expected text; got `5`: put it in quotes',
    );
  });
});

describe('who holds and freezes, and why', () => {
  const held = (
    by: Parameters<typeof labelEvent>[2],
    comments: readonly Comment[],
    role = read('write' as const),
  ) => {
    const events = [labelEvent('put', DEPLOY, person('linus')), labelEvent('put', 'subagent:hold', by)];
    const of = anIssue(8, {
      labels: [DEPLOY, 'subagent:hold'],
      history: read({ labels: events, edits: [], dependencies: [], closed: null }),
    });
    const { view } = judge(
      aSnapshot({
        issues: [of],
        pulls: [aPull(28, of)],
        comments: read(comments),
        roles: { linus: roleAsked(role, NOW), ada: roleAsked(read('write'), NOW) },
      }),
    );
    const reason = view
      .gateReasons(null)('#8')
      .find(({ kind }) => kind === 'hold');
    return reason?.kind === 'hold' ? reason.because : null;
  };
  const hold = (parts: Partial<Comment>) => aComment(8, '/hold -- legal', { answered: 'done', ...parts });

  test('by hand: whoever put the label, without a reason', () => {
    expect(held(person('linus'), [hold({ author: person('ada') })])).toEqual({ by: 'linus', reason: null });
  });

  test('by command: the author of the last accepted one and their words', () => {
    const comments = [
      hold({ author: person('ada'), id: 1 }),
      aComment(8, '/hold -- later', { id: 2, answered: 'done', createdAt: NOW }),
      aComment(9, '/hold -- of another', { id: 3, answered: 'done', createdAt: NOW }),
      aComment(8, '/hold -- refused', { id: 4, answered: 'refused', createdAt: NOW }),
    ];
    expect(held(ME, comments)).toEqual({ by: 'linus', reason: 'later' });
    expect(held(ME, [])).toEqual({ by: null, reason: null });
  });

  test('unknown: what cannot be read, and not the words of an older command', () => {
    expect(held(null, [hold({})])).toEqual({
      by: null,
      reason: 'its last event has no actor',
      unread: true,
    });
  });

  test('a freeze by a person with less than maintain freezes nothing, one by a maintainer does', () => {
    const frozen = (login: string) => {
      const trackers = [
        aTracker({
          labels: read(['subagent:tracking', 'subagent:freeze']),
          labelEvents: read([labelEvent('put', 'subagent:freeze', person(login))]),
        }),
      ];
      const { view } = judge(aSnapshot({ issues: [issue], pulls: [aPull(28, issue)], trackers }));
      return view
        .gateReasons(null)('#8')
        .map(({ kind }) => kind);
    };
    expect([frozen('ada'), frozen('grace')]).toEqual([[], ['frozen']]);
  });

  test('a tracking issue that cannot be read freezes', () => {
    const snapshot = { ...aSnapshot({ issues: [issue], pulls: [aPull(28, issue)] }) };
    const { view } = judge({ ...snapshot, trackers: unreadable('502') });
    expect(view.gateReasons(null)('#8')).toEqual([
      {
        kind: 'frozen',
        because: { by: null, reason: 'cannot read the tracking issue: 502', unread: true },
      },
    ]);
  });
});

describe('places of comments', () => {
  const { view } = judge(
    aSnapshot({
      issues: [issue],
      trackers: [aTracker()],
      pulls: [
        aPull(28, issue),
        aWorkedPull(30, issue, { head: { branch: 'feature/issue-8', sha: 'f', sameRepository: false } }),
      ],
    }),
  );

  test.each([
    ['the tracking issue', 12, false, 'tracking issue', true, 12],
    ['an issue', 8, false, 'issue', true, 8],
    ['an issue that nothing is known of', 99, false, 'issue', false, 99],
    ['its pull request', 28, true, 'pull request', true, 8],
    ['a fork’s pull request from a branch of the same name', 30, true, 'elsewhere', false, 30],
    ['another pull request', 31, true, 'elsewhere', false, 31],
  ] as const)('%s', (_, number, onPull, place, known, means) => {
    expect(view.places.placeOf({ number, onPull })).toEqual({ place, known });
    expect(view.places.issueOf(number)).toBe(means);
  });
});

test('a snapshot is whole only if every part of it was read', () => {
  const whole = aSnapshot({ issues: [issue], pulls: [aPull(28, issue)], trackers: [aTracker()] });
  expect(isWhole(whole)).toBe(true);
  for (const part of ['config', 'base', 'issues', 'pulls', 'branches', 'trackers', 'comments'] as const) {
    expect(isWhole({ ...whole, [part]: unreadable('502') })).toBe(false);
  }
  for (const part of ['labels', 'blockedBy', 'history'] as const) {
    expect(isWhole({ ...whole, issues: read([{ ...issue, [part]: unreadable('x') }]) })).toBe(false);
  }
  for (const part of ['detail', 'ownChecks'] as const) {
    expect(isWhole({ ...whole, pulls: read([{ ...aPull(28, issue), [part]: unreadable('x') }]) })).toBe(
      false,
    );
  }
});

test('equal snapshots give equal views of the order, whatever order their lists have', () => {
  const issues = [anIssue(3), anIssue(1, { labels: [DEPLOY, 'priority:p0'] }), anIssue(2)];
  const order = (list: typeof issues) =>
    judge(aSnapshot({ issues: list })).view.members.map(({ number }) => number);
  expect(order(issues)).toEqual([1, 2, 3]);
  expect(order(issues.toReversed())).toEqual([1, 2, 3]);
});

test('a command by a person whose role was asked before it is asked again', () => {
  const comments = read([aComment(8, '/status', { createdAt: START })]);
  const roles = { linus: roleAsked(read('write'), START - 1) };
  const { view } = judge(aSnapshot({ issues: [issue], pulls: [aPull(28, issue)], comments, roles }));
  expect(view.book.of(person('linus'), START).kind).toBe('unreadable');
  expect(view.book.missing()).toEqual(['linus']);
});
