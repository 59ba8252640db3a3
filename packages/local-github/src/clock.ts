import { setTimeout as realTimeout, clearTimeout as clearRealTimeout } from 'node:timers';

/** Why a timer exists. `spacing` timers only keep a distance between two runs: settling moves the clock over them. */
export type TimerKind = 'work' | 'spacing';

export interface Clock {
  /** Milliseconds since the epoch on the sandbox's clock: real time plus an offset. */
  now(): number;
  /** Runs `task` once when the clock reaches `at` (ms since the epoch). Returns a function that cancels it. */
  at(at: number, task: () => void, kind?: TimerKind): () => void;
  /** The time of the earliest timer, or undefined. */
  nextDue(kind?: TimerKind): number | undefined;
  /**
   * Moves the clock forward to `target` (ms), stopping at each timer that falls due, in order, and calling
   * `idle` after each so that what it started is done before the next. Throws RangeError for a time in the past.
   */
  advanceTo(target: number, idle: () => Promise<void>): Promise<void>;
  /** Cancels every timer. */
  stop(): void;
}

interface Timer {
  readonly at: number;
  readonly order: number;
  readonly kind: TimerKind;
  readonly task: () => void;
}

/** A setTimeout longer than this overflows; a later timer is armed again when it rings. */
const LONGEST_TIMEOUT = 2 ** 31 - 1;

/** Makes a clock that shows `start` (ms since the epoch) now and runs at the speed of real time. */
export function createClock(start: number, real: () => number = Date.now): Clock {
  let offset = start - real();
  let timers: Timer[] = [];
  let order = 0;
  let armed: NodeJS.Timeout | undefined;
  let advancing = false;

  const now = () => real() + offset;

  function arm(): void {
    clearRealTimeout(armed);
    armed = undefined;
    const first = timers[0];
    if (first === undefined || advancing) return;
    armed = realTimeout(ring, Math.min(Math.max(0, first.at - now()), LONGEST_TIMEOUT));
  }

  function ring(): void {
    while (timers[0] !== undefined && timers[0].at <= now()) timers.shift()?.task();
    arm();
  }

  function at(due: number, task: () => void, kind: TimerKind = 'work'): () => void {
    const timer: Timer = { at: due, order: order++, kind, task };
    const index = timers.findIndex((other) => other.at > due);
    if (index === -1) timers.push(timer);
    else timers.splice(index, 0, timer);
    arm();
    return () => {
      timers = timers.filter((other) => other !== timer);
      arm();
    };
  }

  async function advanceTo(target: number, idle: () => Promise<void>): Promise<void> {
    if (target < now()) throw new RangeError('the clock does not go back in time');
    advancing = true;
    clearRealTimeout(armed);
    try {
      await idle();
      for (let first = timers[0]; first !== undefined && first.at <= target; first = timers[0]) {
        timers.shift();
        offset += Math.max(0, first.at - now());
        first.task();
        await idle();
      }
      offset += Math.max(0, target - now());
    } finally {
      advancing = false;
      arm();
    }
  }

  return {
    now,
    at,
    nextDue: (kind) => timers.find((timer) => kind === undefined || timer.kind === kind)?.at,
    advanceTo,
    stop: () => {
      timers = [];
      clearRealTimeout(armed);
    },
  };
}

/** GitHub's timestamps have whole seconds: `2026-01-05T10:00:00Z`. */
export function timestamp(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}
