import type { Clock } from '../../src/app/ports.js';

export interface FakeClock extends Clock {
  /** Moves the clock by `ms`, running each timer at its time, and lets what it started go on before the next. */
  advance(ms: number): Promise<void>;
  /** Times of the waiting timers, earliest first. */
  timers(kind?: 'work' | 'spacing'): readonly number[];
}

/** A clock that a test moves by hand. It starts at 2026-01-05T10:00:00Z. */
export function createFakeClock(): FakeClock {
  let now = 1_767_607_200_000;
  let timers: { readonly time: number; readonly kind: 'work' | 'spacing'; readonly task: () => void }[] = [];
  return {
    now: () => now,
    at(time, task, kind = 'work') {
      const timer = { time, kind, task };
      timers = [...timers, timer].sort((a, b) => a.time - b.time);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    async advance(ms) {
      const target = now + ms;
      await settle();
      for (let first = timers[0]; first !== undefined && first.time <= target; first = timers[0]) {
        timers = timers.slice(1);
        now = Math.max(now, first.time);
        first.task();
        await settle();
      }
      now = target;
    },
    timers: (kind) =>
      timers.filter((timer) => kind === undefined || timer.kind === kind).map(({ time }) => time),
  };
}

/** Lets every promise that can go on do so. */
export async function settle(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}
