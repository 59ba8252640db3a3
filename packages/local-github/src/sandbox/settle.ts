import { type Activity, StillBusyError } from '../activity.js';
import { type Clock, timestamp } from '../clock.js';

export interface Mover {
  /** Moves the clock forward, timer by timer, each time until what it started is done. RangeError for the past. */
  advance(target: number): Promise<void>;
  /** Waits until nothing is under way or due; how often the workers ran since the last time. */
  settle(): Promise<{ readonly now: string; readonly ran: number }>;
}

/** Timers due within this time (sandbox clock) count as work under way. */
const SOON = 2000;
/** How long the sandbox may be at work, in real milliseconds. */
const PATIENCE = 30_000;
const POLL = 2;

/**
 * Moves one sandbox through time. Settling moves the clock over timers that only keep a distance between two runs, and
 * over nothing else. One such request at a time: a second one waits.
 */
export function createMover({
  clock,
  activity,
  patience = PATIENCE,
}: {
  clock: Clock;
  activity: Activity;
  /** In real milliseconds. */
  patience?: number;
}): Mover {
  let last: Promise<unknown> = Promise.resolve();
  let ranBefore = 0;

  function oneAtATime<Result>(run: () => Promise<Result>): Promise<Result> {
    const next = last.then(run, run);
    last = next.catch(() => undefined);
    return next;
  }

  function waitingFor(): readonly string[] {
    const due = clock.nextDue('work');
    const soon = due !== undefined && due <= clock.now() + SOON;
    return [...activity.busy(), ...(soon ? [`a timer due at ${timestamp(due)}`] : [])];
  }

  async function settle(): Promise<void> {
    const deadline = performance.now() + patience;
    for (;;) {
      await new Promise((resolve) => setTimeout(resolve, POLL));
      const waiting = waitingFor();
      const spacing = clock.nextDue('spacing');
      if (waiting.length === 0 && spacing === undefined) return;
      const left = deadline - performance.now();
      if (left <= 0) throw new StillBusyError(waiting.length > 0 ? waiting : ['runs that follow each other']);
      if (waiting.length === 0 && spacing !== undefined) {
        await clock.advanceTo(Math.max(spacing, clock.now()), () => activity.idle(left));
      }
    }
  }

  return {
    advance: (target) => oneAtATime(() => clock.advanceTo(target, () => activity.idle(patience))),
    settle: () =>
      oneAtATime(async () => {
        await settle();
        const ran = activity.runs() - ranBefore;
        ranBefore += ran;
        return { now: timestamp(clock.now()), ran };
      }),
  };
}
