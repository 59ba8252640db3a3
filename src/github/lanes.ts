import type { Clock } from '../app/ports.js';
import type { Time } from '../core/model/index.js';

/** `notify`: writes that tell people, such as comments and new issues and pull requests. */
export type Lane = 'read' | 'write' | 'notify';

/** Milliseconds between the starts of two writes, and of two writes that tell people. */
export interface Spacing {
  readonly write: number;
  readonly notify: number;
}

/**
 * What GitHub asks of its clients: no two writes at once and a second between them; what tells people is limited to
 * about 80 a minute and 500 an hour besides.
 * https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api
 */
export const POLITE: Spacing = { write: 1000, notify: 3000 };

/** GitHub allows 100 requests at once over everything that an app does; this is one installation's part. */
const MOST_READS = 10;

export interface Lanes {
  /** Runs the task when its lane has room, and gives its result. Tasks of a lane start in the order they came in. */
  run<Result>(lane: Lane, task: () => Promise<Result>): Promise<Result>;
}

/**
 * Lanes for one installation: reads go ten at a time, past the writes; writes of both kinds go one at a time with a
 * distance between them. A task that fails does not stop those behind it.
 */
export function createLanes(clock: Clock, spacing: Spacing): Lanes {
  let reads = 0;
  const readers: (() => void)[] = [];
  let turn: Promise<unknown> = Promise.resolve();
  let earliestWrite: Time = 0;
  let earliestNotice: Time = 0;

  async function read<Result>(task: () => Promise<Result>): Promise<Result> {
    if (reads < MOST_READS) reads += 1;
    else await new Promise<void>((resolve) => readers.push(resolve));
    try {
      return await task();
    } finally {
      const next = readers.shift();
      if (next) next();
      else reads -= 1;
    }
  }

  async function start(lane: 'write' | 'notify'): Promise<void> {
    const due = lane === 'notify' ? Math.max(earliestWrite, earliestNotice) : earliestWrite;
    if (due > clock.now()) {
      await new Promise<void>((resolve) => void clock.at(due, resolve, 'spacing'));
    }
    earliestWrite = clock.now() + spacing.write;
    if (lane === 'notify') earliestNotice = clock.now() + spacing.notify;
  }

  function write<Result>(lane: 'write' | 'notify', task: () => Promise<Result>): Promise<Result> {
    const result = turn.then(() => start(lane)).then(task);
    turn = result.catch(() => undefined);
    return result;
  }

  return { run: (lane, task) => (lane === 'read' ? read(task) : write(lane, task)) };
}
