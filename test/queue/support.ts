import type { Click, RepositoryKey } from '../../src/app/ports.js';
import { createMemoryQueue } from '../../src/queue/memory-queue.js';
import type { QueueOptions } from '../../src/queue/options.js';
import type { RunResult } from '../../src/queue/queue.js';
import { createFakeClock, settle } from '../support/fake-clock.js';
import { createLogBook } from '../support/log-book.js';

/** A run that a test can end as it likes. Times are milliseconds since the start of the test. */
interface Run {
  readonly repository: string;
  readonly began: number;
  ended: number | undefined;
  end(result?: RunResult): Promise<void>;
  fail(error: unknown): Promise<void>;
}

export function keyOf(name: string, installation = 1): RepositoryKey {
  return { installation, repository: `acme/${name}` };
}

/** A queue on a clock moved by hand, whose runs last until the test ends them. */
export function setUpQueue(options: Partial<QueueOptions> = {}, random: () => number = () => 1) {
  const clock = createFakeClock();
  const log = createLogBook();
  const start = clock.now();
  const since = () => clock.now() - start;
  const runs: Run[] = [];
  const keys: RepositoryKey[] = [];
  const clicks: (readonly Click[])[] = [];

  function work(key: RepositoryKey, clicked: readonly Click[]): Promise<RunResult> {
    keys.push(key);
    clicks.push(clicked);
    return new Promise((resolve, reject) => {
      const run: Run = {
        repository: key.repository,
        began: since(),
        ended: undefined,
        async end(result = {}) {
          run.ended = since();
          resolve(result);
          await settle();
        },
        async fail(error) {
          run.ended = since();
          reject(error);
          await settle();
        },
      };
      runs.push(run);
    });
  }

  const queue = createMemoryQueue({ clock, log, work, random, options });
  const going = () => runs.filter(({ ended }) => ended === undefined);
  /** Hints, waits for the run and ends it. */
  async function runOnce(name: string, result: RunResult = {}): Promise<void> {
    await queue.enqueue(keyOf(name), 'test');
    await clock.advance(250);
    await going()[0]!.end(result);
  }
  return { clock, log, queue, start, runs, keys, clicks, going, since, runOnce };
}
