import { describe, expect, test } from '@jest/globals';
import { keyOf, setUpQueue } from './support.js';

const begins = (runs: readonly { readonly began: number }[]) => runs.map(({ began }) => began);

describe('coalescing', () => {
  test('the first hint makes a run after 250 ms', async () => {
    const { clock, queue, runs } = setUpQueue();
    await queue.enqueue(keyOf('market'), 'issues.labeled');
    await clock.advance(249);
    expect(runs).toEqual([]);
    await clock.advance(1);
    expect(runs).toHaveLength(1);
  });

  test('a thousand hints while a repository waits make one run, which later hints do not put off', async () => {
    const { clock, queue, runs } = setUpQueue();
    for (let hint = 0; hint < 1_000; hint += 1) {
      await queue.enqueue(keyOf('market'), 'replay');
      if (hint === 500) await clock.advance(200);
    }
    await clock.advance(60_000);
    expect(begins(runs)).toEqual([250]);
  });

  test('any number of hints during a run make one more run after it', async () => {
    const { clock, queue, going, runs } = setUpQueue();
    await queue.enqueue(keyOf('market'), 'first');
    await clock.advance(250);
    for (let hint = 0; hint < 5; hint += 1) await queue.enqueue(keyOf('market'), 'during');
    await clock.advance(1_000);
    await going()[0]!.end();
    await clock.advance(60_000);
    expect(runs).toHaveLength(2);
    await going()[0]!.end();
    await clock.advance(60_000);
    expect(runs).toHaveLength(2);
  });

  test('a repository never runs twice at once, however long a run takes', async () => {
    const { clock, queue, going } = setUpQueue();
    await queue.enqueue(keyOf('market'), 'first');
    await clock.advance(250);
    await queue.enqueue(keyOf('market'), 'second');
    await clock.advance(3_600_000);
    expect(going()).toHaveLength(1);
  });

  test('the same repository spelt in other case, or installed anew, is the same repository with the newest key', async () => {
    const { clock, queue, keys } = setUpQueue();
    await queue.enqueue({ installation: 1, repository: 'Acme/Market' }, 'test');
    await queue.enqueue({ installation: 2, repository: 'acme/market' }, 'test');
    await clock.advance(250);
    expect(keys).toEqual([{ installation: 2, repository: 'acme/market' }]);
  });
});

describe('distance', () => {
  test('at least 10 s pass from the end of a run to the next', async () => {
    const { clock, queue, runs, runOnce } = setUpQueue();
    await runOnce('market');
    await queue.enqueue(keyOf('market'), 'test');
    await clock.advance(9_999);
    expect(runs).toHaveLength(1);
    await clock.advance(1);
    expect(begins(runs)).toEqual([250, 10_250]);
  });

  test('at least 60 s pass while the rate limit is low, and 10 s again afterwards', async () => {
    const { clock, queue, going, runs, runOnce } = setUpQueue();
    await runOnce('market', { lowRateLimit: true });
    await queue.enqueue(keyOf('market'), 'test');
    await clock.advance(60_000);
    expect(begins(runs)).toEqual([250, 60_250]);
    await going()[0]!.end();
    await queue.enqueue(keyOf('market'), 'test');
    await clock.advance(10_000);
    expect(begins(runs)).toEqual([250, 60_250, 70_250]);
  });

  test('a hint held back only by the distance waits on a spacing timer, any other wait is work', async () => {
    const { clock, going, queue } = setUpQueue();
    await queue.enqueue(keyOf('market'), 'test');
    expect(clock.timers('work')).toEqual([clock.now() + 250]);
    await clock.advance(250);
    await going()[0]!.end({ again: 15_000 });
    expect(clock.timers('work')).toEqual([clock.now() + 15_000]);
    expect(clock.timers('spacing')).toEqual([]);
    await queue.enqueue(keyOf('market'), 'test');
    expect(clock.timers('spacing')).toEqual([clock.now() + 10_000]);
    expect(clock.timers('work')).toEqual([]);
  });

  test('another repository does not wait for that distance', async () => {
    const { clock, queue, runs, runOnce } = setUpQueue();
    await runOnce('market');
    await queue.enqueue(keyOf('stall'), 'test');
    await clock.advance(250);
    expect(begins(runs)).toEqual([250, 500]);
  });
});

describe('places', () => {
  test('at most four repositories run at once; the others follow in the order in which they came', async () => {
    const { clock, queue, going } = setUpQueue();
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) await queue.enqueue(keyOf(name), 'test');
    await clock.advance(250);
    expect(going().map(({ repository }) => repository)).toEqual(['acme/a', 'acme/b', 'acme/c', 'acme/d']);
    await going()[1]!.end();
    expect(going().map(({ repository }) => repository)).toEqual(['acme/a', 'acme/c', 'acme/d', 'acme/e']);
  });

  test('hints for a repository that waits for a place join the run that it waits for', async () => {
    const { clock, queue, going, runs } = setUpQueue({ concurrency: 1 });
    await queue.enqueue(keyOf('a'), 'test');
    await queue.enqueue(keyOf('b'), 'test');
    await clock.advance(250);
    await queue.enqueue(keyOf('b'), 'test');
    await going()[0]!.end();
    await going()[0]!.end();
    await clock.advance(60_000);
    expect(runs.map(({ repository }) => repository)).toEqual(['acme/a', 'acme/b']);
  });
});

describe('trailing runs', () => {
  test('a run can ask for another one later', async () => {
    const { clock, runs, runOnce } = setUpQueue();
    await runOnce('market', { again: 15_000 });
    await clock.advance(60_000);
    expect(begins(runs)).toEqual([250, 15_250]);
  });

  test('a run at or after the time of the trailing run takes its place', async () => {
    const { clock, queue, going, runs, runOnce } = setUpQueue();
    await runOnce('market', { again: 5_000 });
    await queue.enqueue(keyOf('market'), 'test');
    await clock.advance(10_000);
    await going()[0]!.end();
    await clock.advance(60_000);
    expect(begins(runs)).toEqual([250, 10_250]);
  });

  test('a run before the time of the trailing run does not, since it may have read too early', async () => {
    const { clock, queue, going, runs, runOnce } = setUpQueue();
    await runOnce('market', { again: 30_000 });
    await queue.enqueue(keyOf('market'), 'test');
    await clock.advance(10_000);
    await going()[0]!.end();
    await clock.advance(60_000);
    expect(begins(runs)).toEqual([250, 10_250, 30_250]);
  });

  test('of several trailing runs one is made, at the latest time', async () => {
    const { clock, queue, going, runs, runOnce } = setUpQueue();
    await runOnce('market', { again: 15_000 });
    await queue.enqueue(keyOf('market'), 'test', 20_000);
    await clock.advance(10_000);
    await going()[0]!.end({ again: 15_000 });
    await clock.advance(60_000);
    expect(begins(runs)).toEqual([250, 10_250, 25_250]);
  });

  test('what a run sees coming much later does not put off the trailing run of one after it', async () => {
    const { clock, queue, going, runs, start, runOnce } = setUpQueue();
    await runOnce('market', { lookAt: start + 3_600_000 });
    await queue.enqueue(keyOf('market'), 'test');
    await clock.advance(10_000);
    await going()[0]!.end({ again: 15_000, lookAt: start + 3_600_000 });
    await clock.advance(15_000);
    await going()[0]!.end({ lookAt: start + 7_200_000 });
    await clock.advance(7_200_000);
    expect(begins(runs)).toEqual([250, 10_250, 25_250, 7_200_000]);
  });

  test('a hint can ask for a trailing run besides its own', async () => {
    const { clock, queue, going, runs } = setUpQueue();
    await queue.enqueue(keyOf('market'), 'issues.labeled', 15_000);
    await clock.advance(250);
    await going()[0]!.end();
    await clock.advance(60_000);
    expect(begins(runs)).toEqual([250, 15_000]);
  });
});

describe('what it tells', () => {
  test('running repositories and those that wait for a place are busy; those that wait for a time are not', async () => {
    const { clock, queue, going } = setUpQueue({ concurrency: 1 });
    await queue.enqueue(keyOf('b'), 'test');
    await queue.enqueue(keyOf('a'), 'test');
    expect(queue.busy()).toEqual([]);
    expect(queue.nextDue()).toBe(clock.now() + 250);
    await clock.advance(250);
    expect(queue.busy()).toEqual(['acme/a', 'acme/b']);
    expect(queue.nextDue()).toBeUndefined();
    await going()[0]!.end({ again: 15_000 });
    expect(queue.busy()).toEqual(['acme/a']);
    expect(queue.nextDue()).toBe(clock.now() + 15_000);
    expect(queue.runs()).toBe(2);
  });
});

describe('draining', () => {
  test('an idle queue drains at once and leaves no timer', async () => {
    const { clock, queue, runs } = setUpQueue();
    await queue.enqueue(keyOf('market'), 'test');
    expect(await queue.drain(5_000)).toEqual([]);
    await clock.advance(60_000);
    expect(runs).toEqual([]);
    expect(clock.timers()).toEqual([]);
  });

  test('the running ones are waited for; what waits for a place and what is hinted at does not start', async () => {
    const { clock, queue, going, runs } = setUpQueue({ concurrency: 1 });
    await queue.enqueue(keyOf('a'), 'test');
    await queue.enqueue(keyOf('b'), 'test');
    await clock.advance(250);
    const drained = queue.drain(5_000);
    expect(queue.draining()).toBe(true);
    await queue.enqueue(keyOf('a'), 'late');
    await queue.enqueue(keyOf('c'), 'late');
    await going()[0]!.end({ again: 1_000 });
    expect(await drained).toEqual([]);
    await clock.advance(60_000);
    expect(runs).toHaveLength(1);
    expect(clock.timers()).toEqual([]);
  });

  test('after the limit it tells which runs did not end', async () => {
    const { clock, queue } = setUpQueue();
    await queue.enqueue(keyOf('market'), 'test');
    await clock.advance(250);
    const drained = queue.drain(5_000);
    await clock.advance(5_000);
    expect(await drained).toEqual(['acme/market']);
  });
});
