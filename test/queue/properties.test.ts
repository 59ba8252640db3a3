import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { AppError } from '../../src/app/errors.js';
import { keyOf, setUpQueue } from './support.js';

const NAMES = ['a', 'b', 'c', 'd'] as const;

const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('hint' as const), name: fc.constantFrom(...NAMES) }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 20_000 }) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('end' as const),
      which: fc.nat(10),
      again: fc.option(fc.integer({ min: 0, max: 30_000 }), { nil: undefined }),
      low: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('fail' as const),
      which: fc.nat(10),
      kind: fc.constantFrom('transient' as const, 'terminal' as const, 'bug' as const),
    }),
  },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** Plays the steps, then lets everything that is owed run and end well. */
async function play(steps: readonly Step[]) {
  const parts = setUpQueue({ concurrency: 2 }, () => 0.5);
  const { clock, queue, going, runs } = parts;
  const hints: { readonly repository: string; readonly runsBefore: number }[] = [];
  const seen = { most: 0, twice: false, failures: 0, trailing: 0 };

  function look(): void {
    const names = going().map(({ repository }) => repository);
    seen.most = Math.max(seen.most, names.length);
    seen.twice ||= new Set(names).size < names.length;
  }
  async function take(next: Step): Promise<void> {
    if (next.do === 'hint') {
      hints.push({ repository: keyOf(next.name).repository, runsBefore: runs.length });
      await queue.enqueue(keyOf(next.name), 'hint');
      return;
    }
    if (next.do === 'wait') return clock.advance(next.ms);
    const run = going()[next.which % Math.max(1, going().length)];
    if (run === undefined) return;
    if (next.do === 'fail') {
      seen.failures += 1;
      return run.fail(new AppError(next.kind, next.kind));
    }
    if (next.again !== undefined) seen.trailing += 1;
    return run.end({ lowRateLimit: next.low, ...(next.again !== undefined && { again: next.again }) });
  }

  for (const next of steps) {
    await take(next);
    look();
  }
  for (let round = 0; going().length > 0 || queue.nextDue() !== undefined; round += 1) {
    if (round > 500) throw new Error('the queue does not come to rest');
    for (const run of going()) await run.end();
    await clock.advance(60_000);
    look();
  }
  return { ...parts, hints, seen };
}

const steps = fc.array(step, { maxLength: 40 });

test('no repository ever runs twice at once, and never more repositories than there are places', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (taken) => {
      const { seen } = await play(taken);
      expect(seen.twice).toBe(false);
      expect(seen.most).toBeLessThanOrEqual(2);
    }),
  );
});

test('every hint is followed by a run that begins after it', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (taken) => {
      const { hints, runs } = await play(taken);
      for (const { repository, runsBefore } of hints) {
        expect(runs.slice(runsBefore).map((run) => run.repository)).toContain(repository);
      }
    }),
  );
});

test('there are at most as many runs as hints, failures and trailing runs asked for', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (taken) => {
      const { hints, queue, runs, seen } = await play(taken);
      expect(runs.length).toBeLessThanOrEqual(hints.length + seen.failures + seen.trailing);
      expect(queue.runs()).toBe(runs.length);
    }),
  );
});

test('the distance between two runs of a repository is kept whatever happened in the first', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (taken) => {
      const { runs } = await play(taken);
      for (const name of NAMES) {
        const own = runs.filter(({ repository }) => repository === keyOf(name).repository);
        const gaps = own.slice(1).map(({ began }, index) => began - (own[index]!.ended ?? Infinity));
        expect(gaps.filter((gap) => gap < 10_000)).toEqual([]);
      }
    }),
  );
});

test('a drain at any moment starts no further run and leaves no timer', async () => {
  await fc.assert(
    fc.asyncProperty(steps, fc.nat(40), async (taken, cut) => {
      const { clock, queue, going, runs } = await play(taken.slice(0, cut));
      for (const name of NAMES) await queue.enqueue(keyOf(name), 'last');
      await clock.advance(cut * 20);
      const before = runs.length;
      const drained = queue.drain(1_000);
      for (const run of going()) await run.end({ again: 10 });
      expect(await drained).toEqual([]);
      await clock.advance(3_600_000);
      expect(runs).toHaveLength(before);
      expect(clock.timers()).toEqual([]);
    }),
  );
});
