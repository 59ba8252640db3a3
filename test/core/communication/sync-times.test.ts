import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';

import { lastSyncAt, nextSyncAt } from '../../../src/core/communication/sync-times.js';
import { scheduledTitle } from '../../../src/core/communication/sync-words.js';
import { parseSettings } from '../../../src/core/settings/parse.js';
import { formatTime, parseTime } from '../../../src/core/text/time.js';

const HOUR = 3_600_000;
const ZONES = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata', 'UTC'];

/** Every sync after `from`, up to `to`, by asking for the next again and again. */
function syncsBetween(times: readonly string[], timezone: string, from: string, to: string): string[] {
  const settings = { times: [...times], timezone };
  const found: string[] = [];
  let next = nextSyncAt(settings, parseTime(from));
  while (next !== null && next <= parseTime(to)) {
    found.push(formatTime(next));
    next = nextSyncAt(settings, next);
  }
  return found;
}

describe('syncs on the days on which the clock is changed', () => {
  test.each([
    {
      what: 'a time that does not exist in Berlin is an hour later that day',
      zone: 'Europe/Berlin',
      time: '02:30',
      from: '2026-03-28T00:00:00Z',
      syncs: ['2026-03-28T01:30:00Z', '2026-03-29T01:30:00Z', '2026-03-30T00:30:00Z'],
    },
    {
      what: 'a time that comes twice in Berlin is at the first of the two',
      zone: 'Europe/Berlin',
      time: '02:30',
      from: '2026-10-24T00:00:00Z',
      syncs: ['2026-10-24T00:30:00Z', '2026-10-25T00:30:00Z', '2026-10-26T01:30:00Z'],
    },
    {
      what: 'a time that does not exist in New York is an hour later that day',
      zone: 'America/New_York',
      time: '02:30',
      from: '2026-03-07T05:00:00Z',
      syncs: ['2026-03-07T07:30:00Z', '2026-03-08T07:30:00Z', '2026-03-09T06:30:00Z'],
    },
    {
      what: 'a time that comes twice in New York is at the first of the two',
      zone: 'America/New_York',
      time: '01:30',
      from: '2026-10-31T04:00:00Z',
      syncs: ['2026-10-31T05:30:00Z', '2026-11-01T05:30:00Z', '2026-11-02T06:30:00Z'],
    },
    {
      what: 'a time that does not exist on Lord Howe is half an hour later, as its clock jumps by that',
      zone: 'Australia/Lord_Howe',
      time: '02:15',
      from: '2026-10-02T13:00:00Z',
      syncs: ['2026-10-02T15:45:00Z', '2026-10-03T15:45:00Z', '2026-10-04T15:15:00Z'],
    },
    {
      what: 'a time that comes twice on Lord Howe is at the first of the two',
      zone: 'Australia/Lord_Howe',
      time: '01:45',
      from: '2026-04-03T13:00:00Z',
      syncs: ['2026-04-03T14:45:00Z', '2026-04-04T14:45:00Z', '2026-04-05T15:15:00Z'],
    },
    {
      what: 'a morning in Berlin moves by an hour in UTC, and stays a morning',
      zone: 'Europe/Berlin',
      time: '09:00',
      from: '2026-03-28T00:00:00Z',
      syncs: ['2026-03-28T08:00:00Z', '2026-03-29T07:00:00Z', '2026-03-30T07:00:00Z'],
    },
    {
      what: 'Kolkata, half an hour off, never changes its clock',
      zone: 'Asia/Kolkata',
      time: '09:00',
      from: '2026-03-28T00:00:00Z',
      syncs: ['2026-03-28T03:30:00Z', '2026-03-29T03:30:00Z', '2026-03-30T03:30:00Z'],
    },
    {
      what: 'nor does UTC',
      zone: 'UTC',
      time: '02:30',
      from: '2026-03-28T00:00:00Z',
      syncs: ['2026-03-28T02:30:00Z', '2026-03-29T02:30:00Z', '2026-03-30T02:30:00Z'],
    },
    {
      what: 'a day that Samoa left out has its sync on the day after, at the same moment as that one',
      zone: 'Pacific/Apia',
      time: '09:00',
      from: '2011-12-29T00:00:00Z',
      syncs: ['2011-12-29T19:00:00Z', '2011-12-30T19:00:00Z', '2011-12-31T19:00:00Z'],
    },
  ])('$what', ({ zone, time, from, syncs }) => {
    expect(syncsBetween([time], zone, from, syncs.at(-1) ?? '')).toEqual(syncs);
  });

  test('two times that the jump makes one moment are one sync', () => {
    expect(
      syncsBetween(['02:30', '03:30'], 'Europe/Berlin', '2026-03-28T23:00:00Z', '2026-03-29T22:00:00Z'),
    ).toEqual(['2026-03-29T01:30:00Z']);
  });
});

describe('which sync is due', () => {
  const settings = { times: ['17:00', '09:00'], timezone: 'Europe/Berlin' };

  test.each([
    ['2026-01-05T07:59:59Z', '2026-01-04T16:00:00Z', '2026-01-05T08:00:00Z'],
    ['2026-01-05T08:00:00Z', '2026-01-05T08:00:00Z', '2026-01-05T16:00:00Z'],
    ['2026-01-05T15:59:59Z', '2026-01-05T08:00:00Z', '2026-01-05T16:00:00Z'],
    ['2026-01-05T23:30:00Z', '2026-01-05T16:00:00Z', '2026-01-06T08:00:00Z'],
  ])('at %s it is that of %s, and the next is at %s', (now, last, next) => {
    expect(formatTime(lastSyncAt(settings, parseTime(now)) ?? 0)).toBe(last);
    expect(formatTime(nextSyncAt(settings, parseTime(now)) ?? 0)).toBe(next);
  });

  test('none, where there are no times', () => {
    const off = { times: [], timezone: 'Europe/Berlin' };
    expect([lastSyncAt(off, 0), nextSyncAt(off, 0)]).toEqual([null, null]);
  });

  test('over any looks and any outages each sync is due at most once, and the newest is never lost', () => {
    const looks = fc.array(fc.integer({ min: 60_000, max: 80 * HOUR }), { maxLength: 16 });
    const time = fc
      .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
      .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`);
    const times = fc.uniqueArray(time, { minLength: 1, maxLength: 4 });
    const start = fc.integer({
      min: parseTime('2026-01-01T00:00:00Z'),
      max: parseTime('2026-12-01T00:00:00Z'),
    });
    fc.assert(
      fc.property(times, fc.constantFrom(...ZONES), start, looks, (each, timezone, begin, gaps) => {
        const sync = { times: each, timezone };
        const posted: number[] = [];
        let now = begin;
        for (const gap of gaps) {
          const before = now;
          now += gap;
          const due = lastSyncAt(sync, now);
          if (due === null || due > now) throw new Error('a sync that is not due');
          if (due > before && posted.includes(due)) throw new Error('posted twice');
          if (!posted.includes(due)) posted.push(due);
          // What was next before the look is the newest that is due now, or an older one that it stands for.
          const next = nextSyncAt(sync, before) ?? Infinity;
          if (next <= now && due < next) throw new Error('a sync was lost');
          if (next > now && due > before) throw new Error('a sync that nobody said would come');
        }
        if (posted.some((one, index) => index > 0 && one <= (posted[index - 1] ?? 0))) {
          throw new Error('out of order');
        }
      }),
      { numRuns: 40 },
    );
  });

  test('from spring to autumn every day has each of its times once', () => {
    for (const zone of ['Europe/Berlin', 'Australia/Lord_Howe']) {
      const syncs = syncsBetween(['02:15'], zone, '2026-03-01T12:00:00Z', '2026-11-01T12:00:00Z');
      expect([zone, syncs.length, new Set(syncs).size]).toEqual([zone, 245, 245]);
    }
  });
});

describe('the zones that the settings take', () => {
  const NAMES = [
    'Europe/Berlin',
    'europe/berlin',
    'US/Pacific',
    'Etc/GMT+12',
    'EST5EDT',
    'GMT0',
    'Zulu',
    'ROC',
  ];
  const OLD = ['PST', 'CST', 'IST', 'JST', 'BST', 'EAT', 'ACT'];

  test.each([...NAMES, ...OLD])('%s is refused, or has its syncs', (zone) => {
    const parsed = parseSettings(`sync: { times: ["09:00"], timezone: ${zone} }\n`);
    expect(parsed.ok).toBe(!OLD.includes(zone));
    if (!parsed.ok) return;
    const now = parseTime('2026-07-01T01:10:00Z');
    const next = nextSyncAt(parsed.settings.sync, now) ?? 0;
    expect(next - (lastSyncAt(parsed.settings.sync, now) ?? 0)).toBe(24 * HOUR);
    expect(scheduledTitle(parsed.settings.sync, next)).toContain('09:00');
  });
});
