import { describe, expect, test } from '@jest/globals';
import { AppError } from '../../src/app/errors.js';
import { backOff } from '../../src/queue/back-off.js';
import { QUEUE_DEFAULTS } from '../../src/queue/options.js';
import { keyOf, setUpQueue } from './support.js';

const away = new AppError('transient', 'GitHub is away', { status: 502 });
const MINUTE = 60_000;

async function setUpRunning(random?: () => number) {
  const parts = setUpQueue({}, random);
  await parts.queue.enqueue(keyOf('market'), 'issues.labeled 1234');
  await parts.clock.advance(250);
  return parts;
}

describe('a transient failure', () => {
  test('is tried again by itself, with waits that double up to ten minutes', async () => {
    const { clock, going, runs } = await setUpRunning();
    for (let failure = 0; failure < 10; failure += 1) {
      await going()[0]!.fail(away);
      await clock.advance(10 * MINUTE);
    }
    const waits = runs.slice(1).map(({ began }, index) => began - (runs[index]!.ended ?? 0));
    expect(waits.map((wait) => wait / 1_000)).toEqual([10, 10, 20, 40, 80, 160, 320, 600, 600, 600]);
  });

  test('begins again with the shortest wait after a run that went well', async () => {
    const { clock, going, runs, since } = await setUpRunning();
    for (let failure = 0; failure < 5; failure += 1) {
      await going()[0]!.fail(away);
      await clock.advance(2 * MINUTE);
    }
    await going()[0]!.end({ again: MINUTE });
    await clock.advance(MINUTE);
    const failed = since();
    await going()[0]!.fail(away);
    await clock.advance(10 * MINUTE);
    expect(runs.at(-1)!.began).toBe(failed + 10_000);
  });

  test('waits as long as the server says, also beyond the longest wait', async () => {
    const { clock, going, runs } = await setUpRunning();
    await going()[0]!.fail(new AppError('transient', 'limit', { retryAfter: 60 * MINUTE }));
    await clock.advance(60 * MINUTE - 1);
    expect(runs).toHaveLength(1);
    await clock.advance(1);
    expect(runs).toHaveLength(2);
  });

  test('is not tried earlier because of hints, and they join the next try', async () => {
    const { clock, going, queue, runs } = await setUpRunning();
    await going()[0]!.fail(new AppError('transient', 'limit', { retryAfter: 5 * MINUTE }));
    for (let hint = 0; hint < 20; hint += 1) {
      await queue.enqueue(keyOf('market'), 'flood');
      await clock.advance(10_000);
    }
    expect(runs).toHaveLength(1);
    await clock.advance(2 * MINUTE);
    await going()[0]!.end();
    await clock.advance(60 * MINUTE);
    expect(runs).toHaveLength(2);
  });

  test('waits on a work timer, which settling does not move the clock over', async () => {
    const { clock, going } = await setUpRunning();
    await going()[0]!.fail(new AppError('transient', 'limit', { retryAfter: 5 * MINUTE }));
    expect(clock.timers('work')).toEqual([clock.now() + 5 * MINUTE]);
    expect(clock.timers('spacing')).toEqual([]);
  });

  test('is logged with what it was about', async () => {
    const { going, log } = await setUpRunning();
    await going()[0]!.fail(away);
    expect(log.lines).toMatchObject([
      { level: 'warn', details: { repository: 'acme/market', cause: 'issues.labeled 1234', status: 502 } },
    ]);
  });

  test('does not hold up other repositories', async () => {
    const { clock, going, queue } = await setUpRunning();
    await going()[0]!.fail(away);
    await queue.enqueue(keyOf('stall'), 'test');
    await clock.advance(250);
    expect(going().map(({ repository }) => repository)).toEqual(['acme/stall']);
  });
});

describe('a terminal failure', () => {
  test('is logged and not tried again; the next hint runs as usual', async () => {
    const { clock, going, log, queue, runs, since } = await setUpRunning();
    await going()[0]!.fail(new AppError('terminal', 'Resource not accessible by integration'));
    await clock.advance(60 * MINUTE);
    expect(runs).toHaveLength(1);
    expect(log.lines.map(({ level }) => level)).toEqual(['error']);
    await queue.enqueue(keyOf('market'), 'test');
    await clock.advance(250);
    expect(runs[1]!.began).toBe(since());
  });

  test('loses no hint that came during the run', async () => {
    const { clock, going, queue, runs } = await setUpRunning();
    await queue.enqueue(keyOf('market'), 'during');
    await going()[0]!.fail(new AppError('terminal', 'no'));
    await clock.advance(10_000);
    expect(runs).toHaveLength(2);
  });
});

describe('a bug', () => {
  test('is logged with its error and not tried again by itself', async () => {
    const { clock, going, log, runs } = await setUpRunning();
    const error = new TypeError('x is not a function');
    await going()[0]!.fail(error);
    await clock.advance(60 * MINUTE);
    expect(runs).toHaveLength(1);
    expect(log.lines).toMatchObject([
      { level: 'error', details: { cause: 'issues.labeled 1234', error: { kind: 'bug', cause: error } } },
    ]);
  });

  test('makes each next hint wait longer while it stays', async () => {
    const { clock, going, queue, runs } = await setUpRunning();
    for (let failure = 0; failure < 4; failure += 1) {
      await going()[0]!.fail(new TypeError('x is not a function'));
      await queue.enqueue(keyOf('market'), 'test');
      await clock.advance(10 * MINUTE);
    }
    const waits = runs.slice(1).map(({ began }, index) => began - (runs[index]!.ended ?? 0));
    expect(waits).toEqual([10_000, 10_000, 20_000, 40_000]);
  });

  test('that is thrown before any waiting does not stop the queue', async () => {
    const { createMemoryQueue } = await import('../../src/queue/memory-queue.js');
    const { clock, log } = setUpQueue();
    const queue = createMemoryQueue({
      clock,
      log,
      random: () => 0,
      work: () => {
        throw new TypeError('at once');
      },
    });
    await queue.enqueue(keyOf('market'), 'test');
    await clock.advance(250);
    expect(queue.busy()).toEqual([]);
    expect(log.lines.map(({ message }) => message)).toEqual(['A run failed for an unknown reason']);
  });
});

describe('the back-off', () => {
  test('is between half and the whole of its wait', () => {
    expect(backOff(1, 0, QUEUE_DEFAULTS)).toBe(2_500);
    expect(backOff(1, 0.999_999, QUEUE_DEFAULTS)).toBe(5_000);
    expect(backOff(3, 0, QUEUE_DEFAULTS)).toBe(10_000);
  });

  test('stays within its longest wait after any number of failures', () => {
    expect(backOff(5_000, 0.999_999, QUEUE_DEFAULTS)).toBe(600_000);
  });
});
